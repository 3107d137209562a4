"""The two base models of everything that is sent, received or read from files."""

from pydantic import BaseModel, ConfigDict


class FrozenModel(BaseModel):
    """Base of values that never change and take no unknown fields. Values of a near type are converted."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class StrictModel(FrozenModel):
    """Base of values whose fields must have the declared type exactly: `"1"` and `true` are no numbers.

    A subclass that sets `model_config` keeps what it inherits: Pydantic merges the two.
    """

    model_config = ConfigDict(strict=True)
