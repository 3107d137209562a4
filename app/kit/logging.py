"""Logs on standard error: JSON lines, or text for people. Of what a client sends they hold only its request id."""

import asyncio
import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, NamedTuple

STANDARD_RECORD_ATTRIBUTES = frozenset(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {
    "message",
    "asctime",
    "taskName",
    "color_message",
}
"""Attributes of a log record that are not from `extra`; uvicorn sets `color_message` for terminals."""
MAX_TRACEBACK_LOCATIONS = 12


class JsonLineFormatter(logging.Formatter):
    """Formats a record as one line: time, level, logger, message, and what `extra` holds."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line. Of an exception it holds the type only: its text may quote what a person sent."""
        line = {
            **_extra_values(record),
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        return json.dumps(line, ensure_ascii=False, default=str)


class TextLineFormatter(logging.Formatter):
    """Formats a record as one line for people at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with the same content as in JSON, but for the logger and the date."""
        values = "".join(f" {name}={value}" for name, value in _extra_values(record).items())
        level = "" if record.levelno == logging.INFO else f"{record.levelname.lower()}: "
        return f"{datetime.fromtimestamp(record.created, UTC):%H:%M:%S} {level}{record.getMessage()}{values}"


def _extra_values(record: logging.LogRecord) -> dict[str, Any]:
    values = {name: value for name, value in record.__dict__.items() if name not in STANDARD_RECORD_ATTRIBUTES}
    if record.exc_info and record.exc_info[0]:
        values["error"] = record.exc_info[0].__name__
    return values


def configure_logging(level: str, log_format: str = "json") -> None:
    """Give all loggers, uvicorn's too, one handler that writes lines of at least this level.

    `log_format` is `json`, `text`, or `auto`: text at a terminal, else JSON.
    """
    is_text = log_format == "text" or (log_format == "auto" and sys.stderr.isatty())
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(TextLineFormatter() if is_text else JsonLineFormatter())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("uvicorn.error").addFilter(_is_no_cancellation)


def _is_no_cancellation(record: logging.LogRecord) -> bool:
    """False for the requests that a stop cancels: uvicorn calls each of them an exception of the application."""
    return not (record.exc_info and record.exc_info[0] is asyncio.CancelledError)


class RequestLine(NamedTuple):
    """What is logged of one request.

    `path` is the template of the route. The query and the values of a path may hold words about health: left out.
    """

    request_id: str
    method: str
    path: str
    status: int
    ms: int


def log_request(log: logging.Logger, message: str, line: RequestLine) -> None:
    """Write the log line of one request."""
    log.info(message, extra=line._asdict())


def traceback_locations(error: BaseException) -> list[str]:
    """Return file and line of every frame; no message and no values, which may tell of somebody's health."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno}" for frame in frames][-MAX_TRACEBACK_LOCATIONS:]
