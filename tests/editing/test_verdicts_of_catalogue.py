"""What conditions make of the exercises of the catalogue: verdicts that a physiotherapist asks for, by example."""

from functools import cache

import pytest

from app.editing.derive import derive_exercises
from app.editing.seed_files import read_seed
from app.kit.settings import PROJECT_ROOT
from app.rules.vocabulary import ConditionWithRules
from app.schemas.exercise import Exercise

AVOID: dict[ConditionWithRules, str] = {
    "osteoporosis": "thread-the-needle bretzel-stretch standing-roll-down foam-roller-snow-angel cat-cow",
    "pregnancy_second_third_trimester": "kneeling-thoracic-opener childs-pose-side-reach sphinx-pose dead-hang",
    "shoulder_impingement": "side-lying-windmill band-pass-through half-kneeling-wall-rotation extended-puppy-pose",
    "shoulder_instability": "extended-puppy-pose bench-prayer-stretch band-pass-through bretzel-stretch"
    " side-plank side-plank-reach-through quadruped-thoracic-rotation kettlebell-pull-through",
    "wrist_pain": "thread-the-needle scapular-push-up downward-dog kettlebell-pull-through",
    "elbow_tendinopathy": "eccentric-chin-up chin-up kettlebell-pull-through inverted-row",
    "vertigo": "dead-hang foot-assisted-hang scapular-pull-up downward-dog",
    "cervical_radiculopathy": "standing-roll-down levator-scapulae-stretch",
    "lumbar_extension_intolerance": "cobra-pose superman-hold prone-scorpion cat-cow",
    "lumbar_flexion_intolerance": "childs-pose kneeling-thoracic-opener cat-cow thread-the-needle seated-cat-cow"
    " chair-twist supine-spinal-twist prone-scorpion",
    "knee_pain": "childs-pose bretzel-stretch kneeling-thoracic-opener",
    "rib_injury": "chin-up bretzel-stretch kettlebell-pull-through massage-ball-release dumbbell-one-arm-row",
    "fall_risk": "lunge-with-rotation bent-over-reach standing-roll-down dead-hang",
    "hypermobility": "dead-hang foot-assisted-hang chin-up scapular-pull-up side-lying-windmill doorway-pec-stretch",
    "anticoagulants": "foam-roller-upper-back-roll foam-roller-lat-roll lunge-with-rotation",
    "abdominal_hernia_or_diastasis": "forearm-plank chin-up foam-roller-thoracic-extension side-plank",
    "orthostatic_hypotension": "downward-dog standing-roll-down dead-hang",
    "hip_replacement": "supine-spinal-twist kneeling-thoracic-opener prone-scorpion bretzel-stretch",
    "shoulder_replacement": "band-pass-through extended-puppy-pose forearm-plank standing-chest-opener",
    "postpartum": "forearm-plank foam-roller-thoracic-extension chin-up",
    "wheelchair_user": "band-row standing-trunk-rotation cat-cow dead-hang knee-rolls dead-bug-heel-tap"
    " standing-dowel-rotation",
    "limited_trunk_control": "seated-open-book dowel-rotation seated-thoracic-rotation lunge-with-rotation",
}
CAUTION: dict[ConditionWithRules, str] = {
    "osteoporosis": "chair-twist supine-spinal-twist standing-thoracic-extension",
    "pregnancy_second_third_trimester": "childs-pose knee-rolls floor-angel inverted-row",
    "shoulder_impingement": "wall-slide open-book standing-chest-opener desk-lat-stretch seated-band-archer-row",
    "shoulder_instability": "open-book seated-open-book standing-wall-rotation desk-lat-stretch downward-dog",
    "wrist_pain": "wall-push-up-plus wall-thoracic-extension desk-lat-stretch band-row",
    "elbow_tendinopathy": "band-row banded-pull-apart dead-hang",
    "cervical_radiculopathy": "open-book seated-open-book side-lying-windmill standing-wall-rotation"
    " lunge-with-rotation bretzel-stretch half-kneeling-wall-rotation standing-trunk-rotation thread-the-needle"
    " downward-dog seated-cat-cow",
    "vertigo": "open-book mountain-pose band-row standing-wall-rotation band-resisted-rotation side-lying-windmill",
    "lumbar_extension_intolerance": "dumbbell-pullover bent-over-reach extended-puppy-pose",
    "rib_injury": "open-book side-lying-windmill prone-t-raise",
    "fall_risk": "standing-thoracic-extension standing-trunk-rotation quadruped-thoracic-rotation bird-dog"
    " standing-overhead-reach",
    "hypermobility": "seated-thoracic-rotation band-resisted-rotation open-book",
    "hypertension": "downward-dog chin-up forearm-plank band-row banded-pull-apart prone-extension",
    "glaucoma_or_retinal": "band-row cat-cow quadruped-thoracic-rotation bird-dog scapular-push-up",
    "knee_pain": "open-book diaphragmatic-breathing",
    "anticoagulants": "massage-ball-release standing-trunk-rotation standing-dowel-rotation",
    "abdominal_hernia_or_diastasis": "band-row bird-dog cobra-pose",
    "orthostatic_hypotension": "diaphragmatic-breathing cat-cow desk-lat-stretch",
    "hip_replacement": "knee-rolls open-book desk-lat-stretch",
    "shoulder_replacement": "wall-slide open-book wall-push-up-plus",
    "migraine": "downward-dog superman-hold childs-pose",
    "pregnancy_first_trimester": "massage-ball-release chin-up crocodile-breathing",
    "wheelchair_user": "seated-thoracic-rotation supine-overhead-lengthening prone-w-raise open-book",
    "limited_trunk_control": "seated-overhead-reach seated-side-bend seated-band-pulldown",
    "reflux_hiatal_hernia": "childs-pose wall-thoracic-extension crocodile-breathing",
}
OPEN: dict[ConditionWithRules, str] = {
    "wrist_pain": "wall-slide seated-thoracic-rotation forearm-plank",
    "fall_risk": "seated-thoracic-rotation wall-slide wall-push-up-plus",
    "cervical_radiculopathy": "scapular-squeeze band-row wall-push-up-plus",
    "pregnancy_second_third_trimester": "seated-overhead-reach wall-slide band-row",
    "shoulder_instability": "band-row band-external-rotation seated-band-external-rotation",
    "shoulder_impingement": "seated-thoracic-rotation band-row scapular-squeeze",
    "wheelchair_user": "seated-band-archer-row seated-band-pulldown chair-twist seated-side-bend hand-to-thigh-press",
    "limited_trunk_control": "seated-band-pull-apart seated-band-external-rotation chair-twist hand-to-thigh-press",
}
ROWS = [
    (condition, slug, verdict)
    for verdict, table in (("avoid", AVOID), ("caution", CAUTION), (None, OPEN))
    for condition, slugs in table.items()
    for slug in slugs.split()
]


@cache
def derived_exercises() -> dict[str, Exercise]:
    files, _ = read_seed(PROJECT_ROOT / "seed")
    return derive_exercises(files.exercises, {})


def test_verdicts() -> None:
    wrong = []
    for condition, slug, expected in ROWS:
        rows = {row.condition: row for row in derived_exercises()[slug].contraindications}
        found = rows[condition].verdict if condition in rows else None
        if found != expected:
            wrong.append(f"{condition}, {slug}: {found}, not {expected}")
    assert wrong == []


@pytest.mark.parametrize("degree", ["mild", "full"])
def test_every_strain_that_an_exercise_names_has_its_degree(degree: str) -> None:
    used = {one.strain for exercise in derived_exercises().values() for one in exercise.strains if one.degree == degree}
    assert len(used) > 15


def test_a_condition_has_one_row_at_most_and_its_strains_are_those_of_the_exercise() -> None:
    for exercise in derived_exercises().values():
        conditions = [row.condition for row in exercise.contraindications]
        assert len(set(conditions)) == len(conditions)
        names = {one.strain for one in exercise.strains}
        assert all(set(row.strains) <= names and row.advice for row in exercise.contraindications)


def test_every_exercise_but_the_gentlest_asks_something() -> None:
    gentle = {slug for slug, exercise in derived_exercises().items() if not exercise.strains}
    assert gentle == {"lateral-costal-breathing"}


def test_on_hands_and_knees_the_head_is_as_low_in_every_exercise() -> None:
    degrees = {
        slug: {one.strain for one in exercise.strains}
        for slug, exercise in derived_exercises().items()
        if exercise.position == "quadruped"
    }
    assert len(degrees) > 5
    assert [slug for slug, strains in degrees.items() if "inversion" not in strains] == []


@pytest.mark.parametrize(
    ("goal", "kit", "level", "position", "least"),
    [
        ("stability", {"chair"}, 1, None, 2),
        ("decompression", {"chair"}, 2, None, 2),
        ("strength", {"resistance_band"}, 1, None, 3),
        ("strength", {"resistance_band", "chair"}, 2, "seated", 5),
        ("strength", {"chair"}, 1, "seated", 1),
        ("posture", set(), 1, "standing", 2),
        ("rotation", {"chair"}, 1, "seated", 2),
    ],
)
def test_beginners_and_people_in_a_seat_have_something_for_each_goal(
    goal: str, kit: set[str], level: int, position: str | None, least: int
) -> None:
    found = [
        slug
        for slug, one in derived_exercises().items()
        if goal in one.goal_weights
        and one.level <= level
        and position in (None, one.position)
        and all((kit | {"mat", "wall"}) & set(group.any_of) for group in one.equipment)
    ]
    assert len(found) >= least, found
