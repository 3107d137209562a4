"""Problems of keys and limits."""

from typing import Final

from app.kit.errors import Problem, TemporaryProblem
from app.partners.gcra import KEY_POLICY, Quota
from app.partners.scopes import KeyScope
from app.partners.texts import PartnerTexts
from app.texts.loader import load_texts

CHALLENGE: Final = 'Bearer realm="thoracic"'
"""What every refusal of a request without a right key says in `WWW-Authenticate` (RFC 6750)."""
KEYS_RETRY_AFTER_S: Final = 2


class KeyRequired(Problem):
    """The operation needs a key, and the request has none."""

    status, title = 401, "Key required"


class InvalidKey(Problem):
    """The key of the request is wrong, revoked or expired."""

    status, title = 401, "Invalid key"


class MissingScope(Problem):
    """The key does not allow this operation; `scope` names what it lacks."""

    status, title = 403, "Missing scope"


class KeyInAddress(Problem):
    """A key stands in the address, where logs keep it."""

    status, title = 400, "Key in the address"


class KeysUnavailable(TemporaryProblem):
    """No key was read from the database yet."""

    title = "Keys unavailable"


class RateLimitExceeded(TemporaryProblem):
    """The client asked more than its rate allows."""

    status, title = 429, "Too many requests"


SHARED_PROBLEMS: Final = (KeyInAddress, InvalidKey, RateLimitExceeded)
"""What every operation below `/v1/` may answer, also those that need no key."""


def key_required() -> KeyRequired:
    """Return the problem of a request without a key."""
    return KeyRequired(load_texts(PartnerTexts).problems.key_required, headers={"WWW-Authenticate": CHALLENGE})


def invalid_key(detail: str) -> InvalidKey:
    """Return the problem of a request with a wrong key; it has no other effect, not even as one without a key."""
    return InvalidKey(detail, headers={"WWW-Authenticate": f'{CHALLENGE}, error="invalid_token"'})


def missing_scope(scope: KeyScope) -> MissingScope:
    """Return the problem of a request whose key lacks a scope."""
    detail = load_texts(PartnerTexts).problems.scope_missing.fill(scope=scope)
    challenge = f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"'
    return MissingScope(detail, headers={"WWW-Authenticate": challenge}, scope=scope)


def key_in_address() -> KeyInAddress:
    """Return the problem of an address that holds a key, which is not repeated."""
    return KeyInAddress(load_texts(PartnerTexts).problems.key_in_address)


def keys_unavailable() -> KeysUnavailable:
    """Return the problem of a key that cannot be checked."""
    return KeysUnavailable(load_texts(PartnerTexts).problems.keys_unavailable, retry_after_s=KEYS_RETRY_AFTER_S)


def rate_limit_exceeded(quota: Quota, wait_s: int) -> RateLimitExceeded:
    """Return the problem of a request that a quota does not admit. Its fields are those of the draft on RateLimit."""
    texts = load_texts(PartnerTexts).problems
    text = texts.key_rate_exceeded if quota.policy == KEY_POLICY else texts.address_rate_exceeded
    members = {"violated-policies": [quota.policy]}
    return RateLimitExceeded(text.fill(rate=quota.units), retry_after_s=wait_s, **members)
