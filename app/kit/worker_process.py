"""What runs in a worker process around the work itself. It imports little: every worker holds what it imports."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from app.kit.logging import traceback_locations

Result = TypeVar("Result")


class WorkFailed(Exception):
    """An unexpected exception in a worker: its type and where it was raised, without its text or any value."""

    def __init__(self, error: str, locations: Sequence[str]) -> None:
        super().__init__(error, locations)  # with all of them: so it can be sent to another process
        self.error, self.locations = error, list(locations)


def set_up_process(prepare: Callable[[], None], niceness: int) -> None:
    """Run in a new worker before its first work. It ends with its parent, and not by a signal meant for the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.nice(niceness)
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    prepare()


def _exit_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def call(function: Callable[..., Result], arguments: Sequence[object]) -> Result:
    """Return what a function returns. Raises `WorkFailed` for any exception of it.

    Not every exception can be sent to another process, and its text may tell of somebody's health.
    """
    try:
        return function(*arguments)
    except Exception as error:
        failure = WorkFailed(type(error).__name__, traceback_locations(error))
    raise failure
