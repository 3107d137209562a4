"""CSV files (RFC 4180) that spreadsheet programs open without risk: no cell is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

Cell = str | int | None
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet program takes for the beginning of a formula (OWASP, "CSV injection"); the wide ones in Japan."""
LIST_SEPARATOR = " | "
"""Stands between the values of one cell. It is in no word and in no sentence of the catalogue."""


def write_csv(column_names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table with a line of column names as CSV in UTF-8, with CRLF at the end of each line."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column_names)
    writer.writerows([neutralise_formula(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def neutralise_formula(cell: Cell) -> Cell:
    """Return a cell with an apostrophe before a text that a spreadsheet program would take for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def join_values(values: Iterable[str]) -> str:
    """Return several values as one cell."""
    return LIST_SEPARATOR.join(values)


def write_truth_value(value: bool) -> str:
    """Return `true` or `false`, as JSON writes it."""
    return "true" if value else "false"
