"""Logs as JSON lines on standard error. Of what a client sends they hold nothing but its request id."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import NamedTuple

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
        extra = {name: value for name, value in record.__dict__.items() if name not in STANDARD_RECORD_ATTRIBUTES}
        line = {
            **extra,
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False, default=str)


def configure_logging(level: str) -> None:
    """Give all loggers, uvicorn's too, one handler that writes JSON lines of at least this level."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLineFormatter())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)


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
