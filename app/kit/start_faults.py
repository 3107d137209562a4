"""Faults of the start and the set-up: one line that says what is wrong and what to do, and an exit code.

The exit codes are those of `sysexits.h`, as docs/deployment.md lists them.
"""

import os
import re
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from app.kit.settings import ENVIRONMENT_PREFIX, Settings

SECRET_SETTINGS = frozenset({"secret", "database_url", "read_url"})
"""Settings whose value is never repeated: they hold keys and passwords."""
SERVICE_LINK = re.compile(r"THORACIC_(SERVICE_(HOST|PORT.*)|PORT(_\d+_(TCP|UDP).*)?)")
"""Variables that Kubernetes sets in every pod for a Service that is called `thoracic`."""
SERVICE_LINK_VALUE = re.compile(r"(tcp|udp)://.*")
MAX_SHOWN_LENGTH = 60
INVALID_FILES_STATUS = 1
"""The exit code of files of the program, or of seed files, that have faults; each is told with its line."""


class StartFault(Exception):
    """Why a command cannot begin or go on. Its text is one line: what is wrong, and what to do."""

    def __init__(self, text: str, exit_code: int = os.EX_CONFIG) -> None:
        super().__init__(" ".join(text.split()))
        self.exit_code = exit_code


def read_settings() -> Settings:
    """Return the settings of the environment. Raises `StartFault` for a value or a name that is wrong."""
    unknown = sorted(name for name in os.environ if _is_unknown(name))
    if unknown:
        raise StartFault("; ".join(map(_describe_unknown_name, unknown)))
    try:
        return Settings()
    except ValidationError as error:
        raise StartFault("; ".join(_describe_wrong_values(error.errors()))) from None


def _is_unknown(name: str) -> bool:
    is_ours = name.upper().startswith(ENVIRONMENT_PREFIX)
    return is_ours and _field_name(name) not in Settings.model_fields and not SERVICE_LINK.fullmatch(name)


def _field_name(name: str) -> str:
    return name.lower().removeprefix(ENVIRONMENT_PREFIX.lower())


def _describe_unknown_name(name: str) -> str:
    from app.kit.value_hints import suggest_words  # rapidfuzz is needed for a fault only

    meant = [f"{ENVIRONMENT_PREFIX}{word.upper()}" for word in suggest_words(_field_name(name), Settings.model_fields)]
    hint = f"did you mean {' or '.join(meant)}?" if meant else "README.md lists all settings"
    return f"{name} is no setting: {hint}"


def _describe_wrong_values(errors: Iterable[Any]) -> Iterable[str]:
    for error in errors:
        field = str(error["loc"][0])
        name, value = f"{ENVIRONMENT_PREFIX}{field.upper()}", str(error["input"])
        if SERVICE_LINK_VALUE.fullmatch(value):
            yield (
                f"{name}={value} was set by Kubernetes for a Service of this name: set enableServiceLinks: false "
                f"in the pod, or set {name} there"
            )
            continue
        shown = name if field in SECRET_SETTINGS else f"{name}={value[:MAX_SHOWN_LENGTH]}"
        yield f"{shown}: {error['msg'].removeprefix('Value error, ')}"
