"""Preconditions of an edit: the ETag of the version that it was made from, or that there is none yet (RFC 9110)."""

import hashlib
import re
from typing import NamedTuple, Self

from starlette.datastructures import Headers

from app.editor.errors import PreconditionFailed, PreconditionRequired
from app.kit.links import link_json_paths
from app.schemas.record import AnyRecord

DIGEST_CHARACTERS = 32
ENTITY_TAG = re.compile(r'(W/)?"([^"]*)"')
ENCODING_SUFFIX = re.compile(r"-(gzip|br|zstd)$")


class Preconditions(NamedTuple):
    """The headers `If-Match` and `If-None-Match` of an edit. `link_base` stands before the links in its ETags."""

    if_match: str | None
    if_none_match: str | None
    link_base: str = ""

    @classmethod
    def of(cls, headers: Headers, link_base: str) -> Self:
        """Return the preconditions of a request."""
        return cls(_join(headers, "if-match"), _join(headers, "if-none-match"), link_base)

    def check(self, record: AnyRecord | None) -> None:
        """Raise `PreconditionFailed` where the stored record is another one; `PreconditionRequired` without headers.

        `record` is the stored one, None where there is none.
        """
        if self.if_match is None and self.if_none_match is None:
            raise PreconditionRequired(
                "Send If-Match with the ETag of the record that you edited, or If-None-Match: * to make a new one."
            )
        if self.if_none_match is not None and record is not None and self._names(self.if_none_match, record):
            raise PreconditionFailed(
                "There is such a record already. Send If-Match with its ETag to replace it.",
                headers={"ETag": compute_etag(record, self.link_base)},
            )
        if self.if_match is not None and not (record is not None and self._names(self.if_match, record)):
            state = "has changed since it was read" if record is not None else "does not exist any more"
            raise PreconditionFailed(
                f"The record {state}: nothing was written. Read it again, and repeat the edit on what it holds now.",
                headers={"ETag": compute_etag(record, self.link_base)} if record is not None else {},
            )

    def _names(self, header: str, record: AnyRecord) -> bool:
        """Whether a header names the version of a record. A weak tag names none: the bytes may differ."""
        if header.strip() == "*":
            return True
        known = {ENCODING_SUFFIX.sub("", tag) for weak, tag in ENTITY_TAG.findall(header) if not weak}
        return compute_etag(record, self.link_base).strip('"') in known


def compute_etag(record: AnyRecord, link_base: str) -> str:
    """Return the ETag that a read of the record has, without the suffix of an encoding."""
    content = record.model_dump_json().encode()
    if link_base:
        content = link_json_paths(content, link_base)
    return f'"{hashlib.sha256(content).hexdigest()[:DIGEST_CHARACTERS]}"'


def _join(headers: Headers, name: str) -> str | None:
    """Return the values of a header that may be sent in several lines."""
    return ", ".join(headers.getlist(name)) or None
