"""The numbers of exercises in the FIT profile, by the names that `platform.garmin` of a record has.

Only the names that the catalogue uses. The numbers are facts of the published profile; the tests compare each of them
with a decoder that is not ours.
"""

from typing import Final, NamedTuple


class ExerciseCategory(NamedTuple):
    """A category of exercises: its number, and the numbers of its exercises by name."""

    number: int
    exercises: dict[str, int]


class ExerciseNumbers(NamedTuple):
    """An exercise as a watch knows it."""

    category: int
    exercise: int


CATEGORIES: Final[dict[str, ExerciseCategory]] = {
    "chop": ExerciseCategory(4, {"half_kneeling_rotational_chop": 8}),
    "hip_stability": ExerciseCategory(11, {"dead_bug": 1}),
    "hyperextension": ExerciseCategory(13, {"spine_extension": 25, "superman_from_floor": 29}),
    "lateral_raise": ExerciseCategory(14, {"wall_slide": 30}),
    "plank": ExerciseCategory(19, {"plank": 43, "side_plank": 66, "side_plank_with_reach_under": 82}),
    "pull_up": ExerciseCategory(21, {"ez_bar_pullover": 8, "pull_up": 38, "chin_up": 39}),
    "push_up": ExerciseCategory(22, {"wall_push_up": 90}),
    "row": ExerciseCategory(23, {"dumbbell_row": 2, "inverted_row": 35}),
    "shoulder_stability": ExerciseCategory(
        25, {"floor_t_raise": 8, "floor_y_raise": 10, "incline_t_raise": 16, "incline_w_raise": 18}
    ),
    "shrug": ExerciseCategory(26, {"scapular_retraction": 11, "serratus_shrug": 14}),
    "squat": ExerciseCategory(28, {"braced_squat": 24}),
    "warm_up": ExerciseCategory(
        31,
        {
            "bent_over_reach_to_sky": 6,
            "cat_camel": 7,
            "opposite_arm_and_leg_balance": 14,
            "scorpion": 16,
            "thoracic_rotation": 24,
            "stretch_childs_pose": 39,
            "stretch_cobra": 40,
            "stretch_lat": 46,
            "stretch_levator_scapulae": 47,
            "stretch_lunge_with_spinal_twist": 48,
            "stretch_lying_spinal_twist": 54,
            "stretch_neck": 55,
            "stretch_side": 64,
            "stretch_wall_chest_and_shoulder": 70,
            "half_kneeling_arm_rotation": 72,
            "shoulder_sweeps": 76,
            "back_roll_foam_roller": 78,
            "latissimus_dorsi_foam_roll": 80,
            "shoulder_rolls": 82,
            "chest_openers": 83,
        },
    ),
    "move": ExerciseCategory(
        35,
        {
            "back_massage": 3,
            "belly_breathing": 4,
            "ribcage_breathing": 37,
            "roll_down": 38,
            "seated_twist": 44,
            "stand_and_hang": 51,
            "standing_side_stretch": 52,
            "trunk_rotations": 82,
            "seated_trunk_rotations": 83,
        },
    ),
    "pose": ExerciseCategory(
        36,
        {
            "corpse": 12,
            "downward_facing_dog": 21,
            "extended_puppy": 24,
            "mountain": 43,
            "seated_easy_side_bend": 54,
            "sphinx": 61,
            "supine_spinal_twist": 73,
            "thread_the_needle": 75,
            "overhead_prayer_wheelchair": 92,
            "cactus_wheelchair": 93,
            "spine_flexion_and_extension_wheelchair": 107,
            "spine_lateral_flexion_wheelchair": 109,
            "seated_cat_cow": 115,
        },
    ),
    "banded_exercises": ExerciseCategory(
        37,
        {
            "chest_press": 5,
            "face_pull": 13,
            "front_raise": 16,
            "latpull": 26,
            "pull_apart": 32,
            "row": 35,
            "shoulder_external_rotation": 38,
            "side_raise": 41,
            "pull_down_wheelchair": 53,
            "pull_apart_wheelchair": 59,
        },
    ),
}


def find_exercise_numbers(name: str) -> ExerciseNumbers | None:
    """Return the numbers of an exercise such as `warm_up:cat_camel`; None where the profile has none that we know."""
    category_name, _, exercise_name = name.partition(":")
    category = CATEGORIES.get(category_name)
    number = category.exercises.get(exercise_name) if category else None
    return ExerciseNumbers(category.number, number) if category and number is not None else None
