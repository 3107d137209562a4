"""Reads the paths of a stored moving drawing: each with its outline in every sample of the motion."""

import re
from typing import NamedTuple

MOVING_GROUP_START = re.compile(r'<g class="[^"]+" data-samples="[^"]+">')
RUN = re.compile(r'<g data-run="(\d+) (\d+)">(.*?)</g>')
PATH = re.compile(r'<path ([^>]*?) ?d="([^"]+)"(?:/>|>(.*?)</path>)')
SAMPLES = re.compile(r'<animate attributeName="d" values="([^"]+)"/>')


class MovingPath(NamedTuple):
    """A path: its attributes without outline, and its outlines; a single one where it does not change."""

    attributes: str
    outlines: tuple[str, ...]


class Run(NamedTuple):
    """The paths from back to front, whose order holds from the first to the last sample."""

    first: int
    last: int
    paths: tuple[MovingPath, ...]


def split_moving_drawing(document: str) -> tuple[str, str]:
    """Return what stands before the moving group of a stored moving drawing, and all that follows.

    Raises `ValueError` for a still drawing.
    """
    head, moving = MOVING_GROUP_START.split(document, maxsplit=1)
    return head, moving


def parse_runs(document: str) -> list[Run]:
    """Return the runs of a stored moving drawing, in the order of the motion."""
    return parse_run_groups(split_moving_drawing(document)[1])


def parse_run_groups(text: str) -> list[Run]:
    """Return the runs of a text with their groups alone, as overlays are stored."""
    return [Run(int(found[1]), int(found[2]), parse_paths(found[3])) for found in RUN.finditer(text)]


def parse_paths(text: str) -> tuple[MovingPath, ...]:
    """Return the path elements of a text, from back to front."""
    return tuple(_parse_path(*found.groups()) for found in PATH.finditer(text))


def _parse_path(attributes: str, outline: str, content: str | None) -> MovingPath:
    samples = SAMPLES.search(content or "")
    return MovingPath(attributes, tuple((samples[1] if samples else outline).split(";")))
