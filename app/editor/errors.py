"""What can be wrong with an edit."""

from collections.abc import Sequence

from app.editing.record_edits import InvalidEdit
from app.kit.errors import FieldError, InvalidRequest, Problem
from app.kit.yaml_files import FileFault

MAX_LISTED_FAULTS = 100


class PreconditionRequired(Problem):
    """An edit must name the version that it was made from."""

    status, title = 428, "Precondition required"


class PreconditionFailed(Problem):
    """The record is not the version that the edit was made from."""

    status, title = 412, "Changed in the meantime"


class RecordInUse(Problem):
    """Other records need the record."""

    status, title = 409, "Other records need it"


class TooManyOwnExercises(Problem):
    """The partner has as many own exercises as it may have."""

    status, title = 409, "No more own exercises"


class SlugNotUsable(Problem):
    """The slug belonged to a record that was deleted or renamed."""

    status, title = 409, "This slug was used before"


def describe_invalid_edit(error: InvalidEdit) -> Problem:
    """Return the problem of an edit that would leave faults behind, in its record or in others."""
    if not error.faults:
        detail = f"The edit would break other records: {_join(error.elsewhere)}. Change those first."
        return RecordInUse(detail, errors=[_describe(fault, is_elsewhere=True) for fault in error.elsewhere])
    errors = [_describe(fault) for fault in error.faults]
    errors += [_describe(fault, is_elsewhere=True) for fault in error.elsewhere]
    return InvalidRequest(f"The record has faults: {_join(error.faults)}", errors=errors[:MAX_LISTED_FAULTS])


def _describe(fault: FileFault, is_elsewhere: bool = False) -> FieldError:
    if is_elsewhere:
        return {"in": "body", "detail": f"{fault.file}: {fault.message}"}
    return {"in": "body", "pointer": fault.pointer, "detail": fault.message}


def _join(faults: Sequence[FileFault]) -> str:
    first = faults[0]
    others = len(faults) - 1
    return f"{first.file}: {first.message}" + (f" ({others} more in errors)" if others else "")
