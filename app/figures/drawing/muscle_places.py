"""Marks in a document that is being written: after which path the muscles of each part of the body belong.

Stored documents have no marks: `take_out_places` removes them and returns their offsets.
"""

import re

MUSCLE_LAYERS = frozenset(
    ["torso", "pelvis", "neck", *(part + side for part in ("upper", "fore", "thigh", "shank") for side in ("R", "L"))]
)
"""Names of the layers that muscles lie on."""
START_MARK, END_MARK = "\ue000", "\ue001"
"""Characters for private use: no document has them."""
MARK = re.compile(f"{START_MARK}([^|]*)\\|([^{END_MARK}]*){END_MARK}")
Place = tuple[int, str, str]
"""Offset in the document, moment, name of the layer.

The moment is `start` or `end`, or the first and the last sample of a run of the motion.
"""


def mark_place(layer: str, moment: str) -> str:
    """Return the mark for the end of a layer at a moment; empty where no muscle lies on it, or without a moment."""
    return f"{START_MARK}{moment}|{layer}{END_MARK}" if moment and layer in MUSCLE_LAYERS else ""


def take_out_places(document: str) -> tuple[str, list[Place]]:
    """Return a document without its marks, and the places where they were."""
    places: list[Place] = []
    removed = 0
    for found in MARK.finditer(document):
        places.append((found.start() - removed, found[1], found[2]))
        removed += len(found[0])
    return MARK.sub("", document), places
