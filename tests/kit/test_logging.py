"""Log lines: one JSON object each, never a value of an exception."""

import json
import logging
import sys

from app.kit.logging import JsonLineFormatter


def record(message: str, **extra: object) -> logging.LogRecord:
    log_record = logging.LogRecord("thoracic.test", logging.INFO, __file__, 1, message, (), None)
    log_record.__dict__.update(extra)
    return log_record


def test_a_line_holds_what_was_given() -> None:
    line = json.loads(JsonLineFormatter().format(record("hello", serial=7, path="/v1")))
    assert line.pop("at").endswith("+00:00")
    assert line == {"level": "info", "logger": "thoracic.test", "message": "hello", "serial": 7, "path": "/v1"}


def test_a_line_is_one_line() -> None:
    assert "\n" not in JsonLineFormatter().format(record("two\nlines", more="and\nmore", odd=object()))


def test_an_exception_is_named_not_quoted() -> None:
    log_record = record("it failed")
    try:
        raise ValueError("somebody's blood pressure")
    except ValueError:
        log_record.exc_info = sys.exc_info()
    text = JsonLineFormatter().format(log_record)
    assert json.loads(text)["error"] == "ValueError"
    assert "blood" not in text


def test_no_extra_field_replaces_what_every_line_has() -> None:
    line = json.loads(JsonLineFormatter().format(record("hello", at=["file.py:1"], level="none", logger="mine")))
    assert line["at"].endswith("+00:00")
    assert (line["level"], line["logger"], line["message"]) == ("info", "thoracic.test", "hello")
