"""Several processes that serve on the same sockets: forked, replaced when one dies, and stopped together."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Final

log = logging.getLogger("thoracic.server")
FIRST_START_S: Final = 5.0
"""A process that fails this soon after the start fails for a reason that all of them have: the service ends."""
RESTART_PAUSE_S: Final = 1.0
"""Seconds from one start of a process to the next in its place."""
STOP_SIGNALS: Final = frozenset({signal.SIGTERM, signal.SIGINT})
AWAITED_SIGNALS: Final = STOP_SIGNALS | {signal.SIGCHLD}


class ServingProcesses:
    """The process that starts the others and waits for them. It must have no threads and no open database."""

    def __init__(self, count: int, serve: Callable[[], int]) -> None:
        """`serve` runs in each of `count` processes until a signal, and returns its exit status."""
        self.count, self.serve = count, serve
        self._started_at: dict[int, float] = {}
        """By the number of each process that runs."""
        self._due_at: list[float] = []
        """When processes are started."""
        self._is_stopping, self._status = False, os.EX_OK
        self._begun_at = time.monotonic()
        # The processes see by the end of this pipe that this one is gone, though it was killed.
        self._life_pipe = os.pipe()

    def run(self) -> int:
        """Serve until a signal. Return the exit status: that of the first process that failed, else 0.

        This returns in each of the processes, too, with the status of that one.
        """
        self._due_at = [self._begun_at] * self.count
        # Signals wait until they are asked for: none comes between a look at the processes and the wait for the next.
        previous_mask = signal.pthread_sigmask(signal.SIG_BLOCK, AWAITED_SIGNALS)
        try:
            while self._started_at or not self._is_stopping:
                if self._start_due():
                    signal.pthread_sigmask(signal.SIG_SETMASK, previous_mask)
                    return self.serve()
                received = signal.sigtimedwait(AWAITED_SIGNALS, RESTART_PAUSE_S)
                if received is not None and received.si_signo in STOP_SIGNALS:
                    self._stop(received.si_signo)
                self._collect_ended()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, previous_mask)
        return self._status

    def _start_due(self) -> bool:
        """Start the processes whose time has come. Return whether this is one of them."""
        now = time.monotonic()
        due = [] if self._is_stopping else [at for at in self._due_at if at <= now]
        self._due_at = [at for at in self._due_at if at > now]
        for _ in due:
            process_id = os.fork()
            if process_id == 0:
                os.setpgid(0, 0)  # Ctrl+C reaches the first process alone, which passes it on once
                os.close(self._life_pipe[1])
                threading.Thread(target=self._stop_with_parent, daemon=True).start()
                return True
            self._started_at[process_id] = now
        return False

    def _stop_with_parent(self) -> None:
        os.read(self._life_pipe[0], 1)  # returns when no process can write any more
        os.kill(os.getpid(), signal.SIGTERM)

    def _stop(self, signal_number: int) -> None:
        self._is_stopping = True
        for process_id in self._started_at:
            os.kill(process_id, signal_number)

    def _collect_ended(self) -> None:
        while self._started_at:
            process_id, wait_status = os.waitpid(-1, os.WNOHANG)
            if process_id == 0:
                return
            if process_id in self._started_at:
                self._replace(process_id, os.waitstatus_to_exitcode(wait_status))

    def _replace(self, process_id: int, exit_code: int) -> None:
        """Note the end of a process. Unless the service stops, another takes its place."""
        started_at = self._started_at.pop(process_id)
        if self._is_stopping:
            self._status = self._status or max(exit_code, 0)
            return
        log.error("a serving process ended", extra={"process_id": process_id, "exit_code": exit_code})
        if exit_code > 0 and time.monotonic() - self._begun_at < FIRST_START_S:
            self._status = exit_code
            self._stop(signal.SIGTERM)
            return
        self._due_at.append(started_at + RESTART_PAUSE_S)
