"""The page at `/`: a sentence that becomes a session, the request that builds it, and ways on."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from app.kit.links import ROOT, PublicAddress
from app.pages.home_texts import HomeTexts, Place
from app.pages.rendering import PACKAGE, PageHead, render_page
from app.schemas.exercise import Exercise
from app.texts.loader import load_texts

MINUTES = (3, 5, 7, 10, 15, 20, 30)
PLACES: dict[Place, dict[str, Any]] = {
    "desk": {"available_equipment": ["chair", "desk"], "positions": ["seated", "standing"]},
    "standing": {"available_equipment": ["wall"], "positions": ["standing", "wall_standing", "split_stance"]},
    "floor": {"available_equipment": ["mat", "towel"]},
    "gym": {"available_equipment": ["mat", "bench", "resistance_band", "dumbbell", "pullup_bar", "foam_roller"]},
}
"""What each place adds to a request."""
FIRST_CHOICES = {"minutes": "7", "place": "desk", "goal": "rotation", "condition": "wrist_pain"}
"""The sentence as it stands at first."""
SAMPLES = PACKAGE / "templates" / "samples"
LINKED_PATHS = {"gallery": "/gallery", "routines": "/routines", "docs": "/docs", "readme": "/readme"}


class Option(NamedTuple):
    """One choice of a list, and what it adds to the request."""

    value: str
    label: str
    part: Mapping[str, Any]
    is_first: bool


class ChoiceList(NamedTuple):
    """A list in the sentence."""

    name: str
    label: str
    options: list[Option]


class CodeSample(NamedTuple):
    """The request in a programming language."""

    label: str
    template: str
    """With `{body}` where the JSON of the request stands."""
    text: str


def render_home_page(exercises: Iterable[Exercise], address: PublicAddress) -> str:
    """Return the page as HTML. It shows the first exercise that works in a seat on what the sentence asks for."""
    texts = load_texts(HomeTexts)
    choices = list_choices(texts)
    head = PageHead(
        path=ROOT,
        address=address,
        title=texts.title,
        description=texts.summary,
        canonical_path=ROOT,
        figure=next((each.figure for each in exercises if each.figure and _is_at_first_place(each)), None),
        scripts=("page.js", "player.js", "home.js"),
    )
    return render_page(
        "home.html",
        head,
        home=texts,
        sentence=_split_sentence(texts.sentence, {choice.name: choice for choice in choices}),
        samples=_list_samples(texts, address.absolute_link("/v1/sessions"), first_request(choices)),
        linked_paths=LINKED_PATHS,
    )


def _is_at_first_place(exercise: Exercise) -> bool:
    goal, place = FIRST_CHOICES["goal"], PLACES["desk"]
    return exercise.goals[0] == goal and exercise.position == place["positions"][0]


def list_choices(texts: HomeTexts) -> list[ChoiceList]:
    """Return the lists of the sentence. A request is the parts of what is chosen, joined."""
    minutes = [(str(count), texts.minutes.fill(count), {"duration_s": count * 60}) for count in MINUTES]
    places = [(place, texts.places[place], part) for place, part in PLACES.items()]
    goals = [(goal, text, {"goals": [{"goal": goal}]}) for goal, text in texts.goals.items()]
    conditions = [(word, text, {"conditions": [word]}) for word, text in texts.conditions.items()]
    return [
        _make_choice("minutes", texts.minutes_label, minutes),
        _make_choice("place", texts.place_label, places),
        _make_choice("goal", texts.goal_label, goals),
        _make_choice("condition", texts.condition_label, [("none", texts.no_condition, {}), *conditions]),
    ]


def _make_choice(name: str, label: str, options: Sequence[tuple[str, str, Mapping[str, Any]]]) -> ChoiceList:
    return ChoiceList(
        name, label, [Option(value, text, part, FIRST_CHOICES[name] == value) for value, text, part in options]
    )


def first_request(choices: list[ChoiceList]) -> dict[str, Any]:
    """Return the request of the sentence as it stands at first."""
    parts = [option.part for choice in choices for option in choice.options if option.is_first]
    return {name: value for part in parts for name, value in part.items()}


def _split_sentence(sentence: str, choices: dict[str, ChoiceList]) -> list[str | ChoiceList]:
    """Return the sentence in pieces: text, and the lists in their places."""
    pieces = re.split(r"(\{\w+\})", sentence)
    return [choices[piece.strip("{}")] if piece.startswith("{") else piece for piece in pieces if piece]


def _list_samples(texts: HomeTexts, url: str, request: dict[str, Any]) -> list[CodeSample]:
    lines = (f'  "{name}": {json.dumps(value)}' for name, value in request.items())
    body = "{\n" + ",\n".join(lines) + "\n}"
    samples = []
    for language, label in texts.samples.items():
        template = (SAMPLES / f"{language}.txt").read_text(encoding="utf-8").strip().replace("{url}", url)
        samples.append(CodeSample(label, template, template.replace("{body}", body)))
    return samples
