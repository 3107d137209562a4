"""Where each muscle lies on the surface of the body: outlines of its visible part, on the right side.

A corner is (station, angle in degrees) of a surface of `surface_parts`. Stations: on trunk and neck spine nodes (1
sacrum, 4 first lumbar, 7 middle of the chest, 10 first thoracic vertebra, 12 skull); on the pelvis cm above the hips;
on limbs and the yoke the share of the bone's length. Angles: trunk, pelvis, neck 0 front, 90 right side, 180 back;
yoke 0 front, 90 above, 180 back; limbs 0 front, 90 outer side, 180 back, -90 inner side; forearm 0 the flexors.

The muscles are listed from the deepest to the most superficial: a later one covers an earlier one. Muscles that lie
under others everywhere have no region; they are shown on the map of the body only.
"""

from typing import NamedTuple

Corner = tuple[float, float]


class Region(NamedTuple):
    """A part of a muscle: the surface it lies on, and its corners in order.

    `moves_with_scapula` says that the corners away from the spine follow the shoulder blade.
    """

    surface: str
    corners: tuple[Corner, ...]
    moves_with_scapula: bool = False


TRUNK_SURFACES = ("trunk", "pelvis", "neck")
"""Surfaces that have both sides of the body; angles of the left side are negative there."""

MUSCLE_REGIONS: dict[str, tuple[Region, ...]] = {
    # Sacrum and iliac crest upwards, two columns beside the spine.
    "erector_spinae": (
        Region(
            "trunk",
            ((8.4, 177), (8.4, 168), (6.5, 161), (4.6, 154), (2.6, 151), (1.5, 157), (1.15, 167), (1.15, 177)),
        ),
    ),
    # Back of the neck, from the upper chest vertebrae to the skull.
    "neck_extensors": (
        Region("neck", ((12.0, 118), (12.0, 177), (10.8, 177), (10.7, 150), (10.9, 122))),
    ),
    # Infraspinatus and teres minor, below the spine of the shoulder blade, to the back of the upper arm's head.
    "rotator_cuff": (
        Region(
            "trunk",
            ((8.75, 156), (8.85, 134), (8.75, 112), (8.25, 112), (7.7, 128), (7.2, 142), (7.6, 153)),
            True,
        ),
    ),
    # Lower end of the shoulder blade to the front of the upper arm, the lower edge of the armpit.
    "teres_major": (
        Region("trunk", ((6.85, 148), (7.4, 137), (8.0, 118), (8.2, 106), (7.7, 105), (7.1, 122), (6.7, 138)), True),
    ),
    # Lower six chest vertebrae, fascia of the loin and iliac crest to the upper arm.
    "latissimus_dorsi": (
        Region(
            "trunk",
            (
                *((6.6, 177), (6.8, 158), (6.9, 138), (7.5, 116), (8.0, 101), (7.2, 99), (6.0, 108), (4.6, 116)),
                *((3.2, 124), (2.1, 132), (2.3, 146), (3.2, 160), (4.2, 170), (5.0, 177)),
            ),
        ),
    ),
    # Chest vertebrae 4 to 12 to the inner end of the spine of the shoulder blade.
    "lower_trapezius": (
        Region(
            "trunk", ((8.2, 178), (8.5, 164), (8.72, 148), (8.3, 150), (6.9, 164), (5.4, 173), (4.3, 177.5)), True
        ),
    ),
    # Vertebrae C7 to T3 to the acromion and the spine of the shoulder blade.
    "middle_trapezius": (
        Region(
            "trunk",
            ((9.8, 178), (9.75, 158), (9.5, 130), (9.2, 112), (8.95, 112), (8.9, 136), (8.62, 160), (8.35, 178)),
            True,
        ),
    ),
    # Skull and neck to the outer third of the collarbone.
    "upper_trapezius": (
        Region("neck", ((11.1, 177), (11.1, 152), (10.7, 128), (10.1, 112), (9.9, 140), (9.9, 177))),
        Region("yoke", ((0.12, 72), (0.5, 74), (0.86, 78), (0.9, 112), (0.55, 142), (0.12, 158))),
    ),
    # Side of the ribs, between the broad muscles of back and chest.
    "serratus_anterior": (
        Region(
            "trunk", ((7.9, 82), (7.3, 72), (6.6, 64), (5.9, 66), (5.4, 80), (5.3, 97), (6.1, 105), (7.1, 98), (7.8, 94))
        ),
    ),
    # Lower ribs to the rim of the straight muscle, the groin and the front of the iliac crest.
    "obliques": (
        Region(
            "trunk",
            (
                *((6.1, 36), (6.3, 56), (5.6, 72), (5.0, 94), (4.2, 112), (3.0, 119), (1.9, 121)),
                *((1.35, 108), (1.3, 75), (1.3, 44), (2.2, 30), (4.2, 31)),
            ),
        ),
    ),
    # Pubis to the cartilages of ribs 5 to 7, beside the midline.
    "rectus_abdominis": (
        Region("trunk", ((6.5, 3), (6.4, 24), (5.0, 26), (3.0, 26), (1.7, 22), (1.15, 16), (1.15, 3))),
    ),
    # Collarbone, breastbone and upper ribs to the upper arm.
    "pectoralis_major": (
        Region(
            "trunk",
            (
                *((9.2, 6), (9.5, 20), (9.45, 38), (9.0, 54), (8.3, 68), (7.7, 70), (7.0, 60), (6.6, 42)),
                *((6.5, 22), (6.8, 6)),
            ),
        ),
    ),
    # Three parts, from collarbone, acromion and spine of the shoulder blade to the middle of the upper arm's outer side.
    "posterior_deltoid": (
        Region("shoulder", ((-0.7, 128), (-0.6, 172), (-0.1, 196), (0.15, 180), (0.36, 140), (0.43, 118), (0.1, 126))),
    ),
    "anterior_deltoid": (
        Region("shoulder", ((-0.7, 52), (-0.6, 8), (-0.1, -16), (0.15, 0), (0.36, 40), (0.43, 62), (0.1, 54))),
    ),
    "lateral_deltoid": (
        Region("shoulder", ((-0.7, 60), (-0.75, 90), (-0.7, 120), (0.1, 120), (0.44, 98), (0.44, 82), (0.1, 60))),
    ),
    # Back of the upper arm to the elbow.
    "triceps_brachii": (
        Region(
            "upper_arm",
            ((0.24, 140), (0.22, 180), (0.26, 222), (0.55, 238), (0.75, 218), (0.93, 190), (0.93, 170), (0.72, 128)),
        ),
    ),
    # Front of the upper arm.
    "biceps_brachii": (
        Region("upper_arm", ((0.3, -34), (0.26, 0), (0.3, 34), (0.6, 48), (0.88, 22), (0.95, 0), (0.88, -26), (0.6, -48))),
    ),
    # Inner knob of the elbow to the palm side of the wrist.
    "forearm_flexors": (
        Region("forearm", ((0.05, -38), (0.04, 30), (0.3, 58), (0.6, 44), (0.84, 20), (0.84, -24), (0.6, -50), (0.3, -62))),
    ),
    # Outer side of the iliac crest to the hip's outer knob; the front part, which the largest muscle leaves free.
    "gluteus_medius": (
        Region("pelvis", ((9.4, 82), (9.8, 106), (8.6, 134), (4.5, 126), (0.0, 104), (-0.5, 84), (4.5, 76))),
    ),
    # Sacrum and back of the iliac crest to the thigh's outer side.
    "gluteus_maximus": (
        Region(
            "pelvis",
            ((8.6, 174), (8.0, 150), (5.0, 132), (0.5, 112), (-4.5, 112), (-7.5, 132), (-8.6, 156), (-7.0, 174), (1, 177)),
        ),
        Region("thigh", ((0.0, 112), (0.14, 112), (0.2, 132), (0.17, 170), (0.13, 214), (0.0, 226))),
    ),
    # Front of the hip: iliopsoas between the vessels and the tensor, sartorius.
    "hip_flexors": (
        Region("pelvis", ((7.5, 62), (4.5, 70), (-2.0, 58), (-6.0, 40), (-4.0, 26), (2.0, 40))),
        Region("thigh", ((0.0, -30), (0.0, 56), (0.14, 52), (0.25, 22), (0.27, 0), (0.15, -26))),
    ),
    # Inner side of the thigh.
    "hip_adductors": (
        Region("thigh", ((0.0, -52), (0.1, -50), (0.3, -62), (0.55, -84), (0.66, -98), (0.5, -118), (0.2, -128), (0.0, -128))),
    ),
    # Back of the thigh, from the seat to both sides of the knee.
    "hamstrings": (
        Region(
            "thigh",
            ((0.2, 142), (0.2, 200), (0.45, 226), (0.75, 224), (0.95, 218), (0.85, 180), (0.95, 142), (0.7, 132), (0.42, 130)),
        ),
    ),
    # Front and outer side of the thigh, to the kneecap.
    "quadriceps": (
        Region(
            "thigh",
            ((0.28, 0), (0.2, 40), (0.22, 84), (0.5, 98), (0.76, 74), (0.9, 34), (0.9, -30), (0.78, -62), (0.55, -56), (0.35, -24)),
        ),
    ),
    # Back of the shin, to the tendon of the heel.
    "calf_muscles": (
        Region(
            "shank",
            ((0.06, 150), (0.04, 180), (0.06, 210), (0.25, 250), (0.5, 246), (0.72, 204), (0.78, 180), (0.72, 156), (0.5, 114), (0.25, 110)),
        ),
    ),
}
