"""The closed lists of webhooks."""

from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from app.kit.closed_lists import list_words

DeliveryFault = TypeAliasType(
    "DeliveryFault",
    Annotated[
        Literal["status", "timeout", "connection", "certificate", "invalid_answer", "unknown_host", "address_refused"],
        Field(description="Why an attempt to deliver failed."),
    ],
)
DELIVERY_FAULTS: Final[tuple[DeliveryFault, ...]] = list_words(DeliveryFault)
DisabledReason = TypeAliasType(
    "DisabledReason",
    Annotated[
        Literal["partner", "gone", "failing", "no_key"],
        Field(description="Why a webhook is sent nothing."),
    ],
)
DISABLED_REASONS: Final[tuple[DisabledReason, ...]] = list_words(DisabledReason)
