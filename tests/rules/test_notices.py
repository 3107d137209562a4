"""The notices contain what they must, and nothing can change them at run time."""

import pytest
from pydantic import ValidationError

from app.rules.notices import CONTENT_LICENSE, Disclaimer, License, load_disclaimer, load_stop_rules
from app.schemas.exercise import Exercise


@pytest.mark.parametrize(
    "part",
    [
        "general education",
        "not medical advice",
        "not a diagnosis",
        "no clinician has reviewed it yet",
        "pregnant, ill, injured",
        "unsure",
        "not an emergency service",
        "emergency number",
    ],
)
def test_the_disclaimer_says(part: str) -> None:
    assert part in load_disclaimer().text


def test_the_disclaimer_names_its_version_and_language() -> None:
    assert (load_disclaimer().version, load_disclaimer().locale) == ("1", "en")


@pytest.mark.parametrize(
    "sign",
    ["sharp", "grows", "numb", "tingles", "into an arm or a leg", "dizzy", "chest pain", "breathlessness", "bladder"],
)
def test_a_stop_rule_names(sign: str) -> None:
    assert any(sign in rule for rule in load_stop_rules())


def test_stop_rules_are_few_and_short() -> None:
    assert 5 <= len(load_stop_rules()) <= 7
    assert len(set(load_stop_rules())) == len(load_stop_rules())
    assert [rule for rule in load_stop_rules() if len(rule) > 160 or not rule.endswith(".")] == []


def test_chest_pain_and_breathlessness_call_the_emergency_number() -> None:
    (urgent,) = [rule for rule in load_stop_rules() if "chest pain" in rule]
    assert "breathlessness" in urgent
    assert "emergency number" in urgent


def test_the_licence_is_named_as_its_registry_names_it() -> None:
    assert CONTENT_LICENSE.model_dump() == {
        "id": "CC-BY-4.0",
        "name": "Creative Commons Attribution 4.0 International",
        "url": "https://creativecommons.org/licenses/by/4.0/",
        "attribution": "Thoracic Mobility API",
    }


@pytest.mark.parametrize("notice", [load_disclaimer(), CONTENT_LICENSE], ids=["disclaimer", "licence"])
def test_a_notice_is_frozen(notice: Disclaimer | License) -> None:
    name = next(iter(type(notice).model_fields))
    with pytest.raises(ValidationError, match="frozen"):
        setattr(notice, name, "other")


def test_the_catalogue_speaks_of_the_same_notices() -> None:
    assert Exercise.model_fields["disclaimer"].annotation is Disclaimer
    assert Exercise.model_fields["license"].annotation is License
