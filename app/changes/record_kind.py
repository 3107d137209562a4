"""The kinds of records in the catalogue, and every name that is derived from a kind."""

from enum import StrEnum


class RecordKind(StrEnum):
    """A kind of record. The value is its word in change rows and tombstones, and the name of its table."""

    EXERCISE = "exercise"
    GUIDELINE = "guideline"
    ROUTINE = "routine"
    REFERENCE = "reference"

    @property
    def plural(self) -> str:
        """The word for several records: of paths, seed folders and attributes of a snapshot."""
        return f"{self.value}s"

    @property
    def path(self) -> str:
        """The path of the list, such as `/v1/exercises`."""
        return f"/v1/{self.plural}"
