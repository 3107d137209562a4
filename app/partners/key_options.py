"""The options of the command `keys`, without anything that takes time to load."""

import argparse
import re
from typing import Final

from app.partners.scopes import KEY_SCOPES

PARTNER_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_SLUG_LENGTH: Final = 32
MAX_DAYS: Final = 3650
MAX_RATE: Final = 1_000_000
DEFAULT_DAYS: Final = 365
DEFAULT_OVERLAP_HOURS: Final = 24


def add_options(command: argparse.ArgumentParser) -> None:
    """Add what can be done with keys."""
    actions = command.add_subparsers(required=True, metavar="ACTION", dest="action")
    create = actions.add_parser("create", help="make a key, print it once, and keep only its SHA-256")
    create.add_argument("--partner", required=True, type=read_slug, help="slug, such as acme: the partner's namespace")
    create.add_argument("--name", type=_read_name, help="name of the partner; needed the first time")
    create.add_argument("--scope", action="append", default=[], choices=KEY_SCOPES, help="may be repeated")
    create.add_argument("--rate", type=_read_rate, help="requests a minute; 0: no limit (default: as the settings say)")
    _add_days(create)
    actions.add_parser("list", help="list all keys")
    rotate = actions.add_parser("rotate", help="make a key in place of another one, which works on for a while")
    rotate.add_argument("id", help="of the old key, as `list` shows it")
    rotate.add_argument(
        "--overlap-hours",
        type=_read_hours,
        default=DEFAULT_OVERLAP_HOURS,
        help="hours for which the old key works on (default: %(default)s)",
    )
    _add_days(rotate)
    revoke = actions.add_parser("revoke", help="end a key at once, for good")
    revoke.add_argument("id", help="of the key, as `list` shows it")


def _add_days(action: argparse.ArgumentParser) -> None:
    action.add_argument(
        "--days",
        type=_read_days,
        default=DEFAULT_DAYS,
        help="days until the new key expires; 0: never (default: %(default)s)",
    )


def read_slug(text: str) -> str:
    """Return the slug of a partner. Raises `ArgumentTypeError` for what is none."""
    if len(text) > MAX_SLUG_LENGTH or not PARTNER_SLUG.fullmatch(text):
        raise argparse.ArgumentTypeError(
            f"a slug is lower-case letters, digits and single hyphens, at most {MAX_SLUG_LENGTH}, such as acme"
        )
    return text


def _read_name(text: str) -> str:
    name = " ".join(text.split())
    if not name or not name.isprintable():
        raise argparse.ArgumentTypeError("a name is printable and not empty")
    return name


def _read_rate(text: str) -> int:
    return _read_number(text, 0, MAX_RATE)


def _read_days(text: str) -> int:
    return _read_number(text, 0, MAX_DAYS)


def _read_hours(text: str) -> int:
    return _read_number(text, 0, MAX_DAYS * 24)


def _read_number(text: str, minimum: int, maximum: int) -> int:
    if not text.isascii() or not text.isdigit() or not minimum <= int(text) <= maximum:
        raise argparse.ArgumentTypeError(f"this is a whole number from {minimum} to {maximum}")
    return int(text)
