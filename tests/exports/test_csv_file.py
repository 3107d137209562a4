"""Tables, read back by the csv module: every value is whole, and no cell is a formula."""

import csv
import io

import pytest

from app.exports.csv_file import Cell, write_csv


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_a_text_that_could_be_a_formula_gets_an_apostrophe(start: str) -> None:
    formula = f'{start}HYPERLINK("http://evil.example";"x")'
    rows = list(csv.reader(io.StringIO(write_csv(["text"], [[formula]]).decode(), newline="")))
    assert rows == [["text"], ["'" + formula]]


def test_quotes_commas_line_ends_and_numbers_are_kept() -> None:
    row: list[Cell] = ['He said "no", twice', "two\r\nlines", "a - b = c", "naïve – 5°", -5, 0, None]
    content = write_csv([str(number) for number in range(len(row))], [row])
    assert content.endswith(b"\r\n")
    _, read_row = csv.reader(io.StringIO(content.decode(), newline=""))
    assert read_row == ['He said "no", twice', "two\r\nlines", "a - b = c", "naïve – 5°", "-5", "0", ""]
