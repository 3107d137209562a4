"""Every self-test has its texts, its sources, and bands that are right at every boundary."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from app.kit.closed_lists import list_words
from app.kit.settings import PROJECT_ROOT
from app.screening.self_test_scoring import find_band
from app.screening.self_test_vocabulary import SelfTestId
from app.screening.self_tests import SELF_TEST_SPECS, SPEC_BY_ID, list_tests

EDGES: dict[SelfTestId, dict[float, str]] = {
    "lumbar_locked_rotation": {50: "good", 49.9: "fair", 40: "fair", 39.9: "limited", 30: "limited", 29.9: "marked"},
    "seated_rotation": {45: "good", 44.9: "fair", 35: "fair", 34.9: "limited", 25: "limited", 24.9: "marked"},
    "wall_angel": {3: "good", 2: "fair", 1: "limited", 0: "marked"},
    "occiput_to_wall": {0: "good", 2: "good", 2.1: "fair", 5: "fair", 5.1: "limited", 8: "limited", 8.1: "marked"},
    "c7_to_wall": {7.4: "good", 7.5: "limited", 9.5: "limited", 9.6: "marked"},
    "tragus_to_wall": {12.9: "good", 13: "fair", 14.9: "fair", 15: "limited", 30: "limited", 30.1: "marked"},
    "combined_elevation": {0.2: "good", 0.199: "fair", 0.13: "fair", 0.129: "limited"},
    "kyphosis_inclinometer": {39.9: "good", 40: "fair", 49.9: "fair", 50: "limited", 60: "limited", 60.1: "marked"},
    "craniovertebral_angle": {50: "good", 49.9: "fair", 45: "fair", 44.9: "limited"},
    "chest_expansion": {5: "good", 4.9: "fair", 2.5: "fair", 2.4: "marked"},
    "trunk_extensor_hold": {60: "good", 59.9: "fair", 30: "fair", 29.9: "limited"},
}


@pytest.mark.parametrize("test", EDGES)
def test_bands_at_every_boundary(test: SelfTestId) -> None:
    for value, label in EDGES[test].items():
        assert find_band(SPEC_BY_ID[test], value).label == label, value


def test_all_eleven_tests_are_there_and_every_limit_is_tried() -> None:
    assert set(EDGES) == set(SPEC_BY_ID) == set(list_words(SelfTestId))
    assert len(SELF_TEST_SPECS) == 11
    for spec in SELF_TEST_SPECS:
        limits = {band.max for band in spec.bands if band.max is not None}
        assert limits <= set(EDGES[spec.id])


def test_every_test_has_its_texts() -> None:
    assert [test.id for test in list_tests()] == [spec.id for spec in SELF_TEST_SPECS]
    assert all(test.steps for test in list_tests())


@pytest.mark.parametrize("test", SPEC_BY_ID)
@given(st.data())
def test_better_never_scores_lower(test: SelfTestId, data: st.DataObject) -> None:
    spec = SPEC_BY_ID[test]
    top = 1.0 if spec.per_arm_span else spec.max_value
    low, high = sorted(data.draw(st.lists(st.floats(0, top, allow_nan=False), min_size=2, max_size=2)))
    scores = [find_band(spec, value).score for value in (low, high)]
    assert scores == sorted(scores, reverse=spec.better == "lower")


def test_every_source_is_a_reference_of_the_catalogue() -> None:
    known = {reference["slug"] for reference in yaml.safe_load((PROJECT_ROOT / "seed" / "references.yaml").read_text())}
    for spec in SELF_TEST_SPECS:
        assert set(spec.sources) <= known
        assert spec.minimal_detectable_change_source in known | {"editorial"}
        assert spec.minimal_detectable_change > 0
