"""The database as requests use it: in threads of its own, for a limited time, with every fault as one problem."""

from collections.abc import Callable
from typing import Final, Protocol, TypeVar

from app.kit.bounded_threads import BoundedThreads
from app.kit.database_health import FAULT_TEXTS, DatabaseHealth, FaultWord, classify_fault
from app.kit.errors import TemporaryProblem

Result = TypeVar("Result")
RETRY_AFTER_S: Final = 2


class ReportResult(Protocol):
    """Notes with which fault, None for none, and with which error a use of the database ended."""

    def __call__(self, fault: FaultWord | None, error: BaseException | None = None) -> None:
        """Note it."""


class DatabaseUnavailable(TemporaryProblem):
    """What needs the database cannot be done now; `fault` says why in a word."""

    title = "Database unavailable"


class RequestDatabase:
    """Runs functions that read or write the database, and notes in `health` how that ended.

    Reads and writes have threads of their own: writes that wait, such as for a lock or for a standby that is away, take
    no place of a read.
    """

    def __init__(self, max_running: int, timeout_s: float, health: DatabaseHealth) -> None:
        """`max_running`: reads, and as many writes, at a time; `timeout_s`: in which each gets its answer."""
        self.timeout_s, self.health = timeout_s, health
        self._reading, self._writing = (BoundedThreads(max_running, timeout_s) for _ in range(2))

    async def read(self, function: Callable[..., Result], *arguments: object) -> Result:
        """Return what a function that reads returns. Raises `DatabaseUnavailable` where the database is at fault."""
        return await self._run(self._reading, self.health.report_read, function, arguments)

    async def write(self, function: Callable[..., Result], *arguments: object) -> Result:
        """Return what a function that writes returns. Raises `DatabaseUnavailable` where the database is at fault."""
        return await self._run(self._writing, self.health.report_write, function, arguments)

    async def _run(
        self,
        threads: BoundedThreads,
        report: ReportResult,
        function: Callable[..., Result],
        arguments: tuple[object, ...],
    ) -> Result:
        try:
            result = await threads.run(function, *arguments)
        except Exception as error:
            fault = classify_fault(error)
            if fault is None:
                raise
            report(fault, error)
            raise unavailable(fault) from None
        report(None)
        return result


def unavailable(fault: FaultWord) -> DatabaseUnavailable:
    """Return the problem of a request that needs the database."""
    return DatabaseUnavailable(FAULT_TEXTS[fault], retry_after_s=RETRY_AFTER_S, fault=fault)
