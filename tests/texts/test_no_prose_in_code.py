"""Sentences for people are in YAML under `seed/texts/`, not in Python code.

The code may hold docstrings, log lines, exceptions, texts of the OpenAPI document, and what `ALLOWED` names.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest

from app.kit.settings import PROJECT_ROOT
from tests.texts.prose import Sentence, find_sentences, looks_like_prose

ALLOWED = {
    "app/__init__.py": "the words of a warning of Pydantic, by which it is ignored",
    "app/__main__.py": "the command line speaks to operators",
    "app/session_command.py": "the command line speaks to operators",
    "app/sessions/storage/secret_check.py": "a warning in the log speaks to operators",
    "app/seed_command.py": "the command line speaks to operators",
    "app/figures/uploads/": "details of HTTP problems speak to developers who upload pictures",
    "app/catalogue/figure_responses.py": "details of HTTP problems speak to developers of clients",
    "app/catalogue/figure_routes.py": "details of HTTP problems speak to developers of clients",
    "app/catalogue/own_figure_responses.py": "details of HTTP problems speak to developers of clients",
    "app/webhooks/signing.py": "the words from which a secret is derived",
    "app/editing/": "faults of seed files and the report speak to the people who write them",
    "app/figures/drawing/": "findings about poses speak to the people who draw them",
    "app/texts/loader.py": "faults of text files speak to the people who write them",
    "app/rules/dose.py": "faults of seed files speak to the people who write them",
    "app/main.py": "the name of the maintainers",
    "app/service.py": "descriptions of metrics speak to operators",
    "app/api_document.py": "title, description and tags of the OpenAPI document",
    "app/editor/": "details of HTTP problems and descriptions of the OpenAPI document speak to developers",
    "app/exports/handouts/pdf_file.py": "the words of a warning of the compiler, by which it is known",
    "app/figures/motion_frames.py": "SVG",
    "app/partners/": "the command line speaks to operators, the OpenAPI document to developers",
    "app/kit/": "details of HTTP problems and faults of YAML files speak to developers",
    "app/screening/self_test_scoring.py": "details of HTTP problems speak to developers of clients",
    "app/catalogue/requested_slugs.py": "details of HTTP problems speak to developers of clients",
    "app/catalogue/redirects.py": "details of HTTP problems speak to developers of clients",
    "app/exports/export_query.py": "details of HTTP problems speak to developers of clients",
    "app/offline/figure_archive.py": "details of HTTP problems speak to developers of clients",
    "app/offline/feed.py": "details of HTTP problems speak to developers of clients",
    "app/offline/omissions.py": "descriptions of the OpenAPI document",
    "app/catalogue/partial_routes.py": "summaries and descriptions of the OpenAPI document",
    "app/schemas/partial.py": "descriptions of the OpenAPI document",
    "app/rules/notices.py": "the name of a licence is not translated",
    "app/figures/assets.py": "the name of the project is not translated",
    "app/reminders/icalendar_parts.py": "the name of the program in a calendar is not translated",
    "app/catalogue/tables.py": "SQL",
    "app/catalogue/search/": "words that the search knows; they belong to its algorithm for English",
}
"""Paths that may hold sentences, and why."""


def list_sentences() -> list[Sentence]:
    paths = sorted((PROJECT_ROOT / "app").rglob("*.py"))
    return [sentence for path in paths for sentence in find_sentences(path, PROJECT_ROOT)]


SENTENCES = list_sentences()


def covers(prefixes: Iterable[str], sentence: Sentence) -> bool:
    return any(sentence.path.startswith(prefix) for prefix in prefixes)


def test_no_sentence_for_people_is_in_the_code() -> None:
    unexpected = [sentence for sentence in SENTENCES if not covers(ALLOWED, sentence)]
    assert not unexpected, "\n".join(f"{path}:{line}: {text!r}" for path, line, text in unexpected)


@pytest.mark.parametrize("prefix", ALLOWED)
def test_every_entry_of_the_list_is_still_needed(prefix: str) -> None:
    assert any(covers([prefix], sentence) for sentence in SENTENCES)


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ('say("Please stop and rest.")', 1),
        ('say(f"Only {seconds} s are left.")', 1),
        ('TEXTS = {"a": "Lean back a little."}', 1),
        ('say("Switch sides.")', 1),
        ('say(f"Get ready: {name}.")', 1),
        ('"""Return the words of a sentence."""', 0),
        ('raise ValueError("this is not a number")', 0),
        ('log.info("the seed was loaded again")', 0),
        ('Field(description="What is left out counts as no.")', 0),
        ('Result(summary="Please stop and rest.")', 1),
        ('X = {"description": "What is left out counts as no."}', 0),
        ('status, title = 404, "No such session here"', 0),
        ('X = "no-store, max-age=60"', 0),
        ('X = "a b"', 0),
    ],
)
def test_sentences_are_recognised(tmp_path: Path, code: str, count: int) -> None:
    (tmp_path / "module.py").write_text(code, encoding="utf-8")
    assert len(list(find_sentences(tmp_path / "module.py", tmp_path))) == count


@pytest.mark.parametrize("text", ["Turn to the left.", "{} s of work", "No more than {}."])
def test_a_run_of_words_looks_like_prose(text: str) -> None:
    assert looks_like_prose(text)
