"""Sizes of paper."""

from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

Paper = TypeAliasType(
    "Paper",
    Annotated[
        Literal["a4", "letter"], Field(description="Size of the paper: A4 (210 x 297 mm), US Letter (8.5 x 11 inches).")
    ],
)
CSS_SIZES: Final[dict[Paper, str]] = {"a4": "A4", "letter": "letter"}
"""The names of the sizes in style sheets."""
