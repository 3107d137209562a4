"""Progress of a command in one line of a terminal."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Final

CLEAR_LINE: Final = "\r\x1b[K"
"""What makes a terminal go back to the start of the line and clear it."""


@contextlib.contextmanager
def progress_line() -> Iterator[Callable[[str], None]]:
    """Yield a function that shows a text in one line, which it rewrites. Without a terminal it shows nothing."""
    is_terminal = sys.stderr.isatty()

    def show(text: str) -> None:
        if is_terminal:
            print(f"{CLEAR_LINE}{text}", end="", file=sys.stderr, flush=True)

    yield show
    show("")
