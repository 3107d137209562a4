"""Texts for partners, in the shape of `seed/texts/en/partners.yaml`."""

from typing import Annotated

from app.kit.models import FrozenModel
from app.texts.loader import TextFile
from app.texts.templates import Fields, Template, Text


class AccessProblemTexts(FrozenModel):
    """What is wrong with a key, and what would be right."""

    key_required: Text
    key_malformed: Text
    key_unknown: Text
    key_revoked: Text
    key_expired: Text
    key_in_address: Text
    keys_unavailable: Text
    scope_missing: Annotated[Template, Fields("scope")]
    address_rate_exceeded: Annotated[Template, Fields("rate")]
    key_rate_exceeded: Annotated[Template, Fields("rate")]


class PartnerTexts(TextFile):
    """The texts of keys and limits."""

    file_name = "partners.yaml"
    problems: AccessProblemTexts
