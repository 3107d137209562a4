"""Sends what is due, as long as the service runs: woken by changes, and by the time of the next attempt."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Final

from app.kit.logging import traceback_locations
from app.kit.request_database import RequestDatabase
from app.webhooks.delivery_store import NOTHING_DUE, Claim, DeliveryStore
from app.webhooks.sender import DeliveryOutcome

log = logging.getLogger("thoracic.webhooks")
MAX_RUNNING: Final = 16
"""Messages that one process sends at a time, each to another webhook."""
MIN_PAUSE_S: Final = 0.05
FAULT_PAUSE_S: Final = 5.0
"""Seconds until the database is asked again after a fault."""
MAX_STOP_S: Final = 2.0
"""Seconds that messages which are being sent have left when the service stops; they are sent again later."""


class Dispatcher:
    """Claims due deliveries and sends each in a task of its own: a slow receiver holds nobody up.

    Nothing is asked of the database between a change and the next one, unless a message waits to be sent again.
    """

    def __init__(
        self, store: DeliveryStore, database: RequestDatabase, send: Callable[[Claim], Awaitable[DeliveryOutcome]]
    ) -> None:
        self.store, self.database, self.send = store, database, send
        self.holder = secrets.token_hex(8)
        self.due = NOTHING_DUE
        self._woken = asyncio.Event()
        self._running = set[asyncio.Task[None]]()

    def wake(self) -> None:
        """Look for due deliveries: something has changed."""
        self._woken.set()

    async def run(self) -> None:
        """Send what is due, until cancelled."""
        while True:
            self._woken.clear()
            pause_s = await self.start_due()
            try:
                async with asyncio.timeout(pause_s):
                    await self._woken.wait()
            except TimeoutError:
                continue

    async def start_due(self) -> float | None:
        """Begin to send what is due. Return the seconds until something else is; None: only a change makes it so."""
        try:
            self.due = await self.database.read(self.store.find_due)
        except Exception as error:  # of any kind: a dispatcher that ends would deliver nothing any more
            log.warning("deliveries cannot be read", extra=_describe(error))
            return FAULT_PAUSE_S
        free = MAX_RUNNING - len(self._running)
        started = [await self._start(webhook) for webhook in self.due.webhooks[:free]]
        if None in started:
            return FAULT_PAUSE_S
        # Where none is free the end of one wakes. What another process claims meanwhile is looked at once more.
        return MIN_PAUSE_S if started and not any(started) else self._pause()

    async def _start(self, webhook: str) -> bool | None:
        """Begin to send to a webhook. Return whether there was something to send; None after a fault."""
        try:
            claim = await self.database.write(self.store.claim, webhook, self.holder)
        except Exception as error:  # of any kind: the other webhooks have nothing to do with it
            log.warning("a delivery cannot be claimed", extra=_describe(error) | {"webhook": webhook})
            return None
        if claim is None:
            return False
        task = asyncio.create_task(self._deliver(claim))
        self._running.add(task)
        task.add_done_callback(self._note_end)
        return True

    def _pause(self) -> float | None:
        return None if self.due.next_due_s is None else max(self.due.next_due_s, MIN_PAUSE_S)

    def _note_end(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self.wake()

    async def _deliver(self, claim: Claim) -> None:
        try:
            await self.deliver(claim)
        except Exception as error:  # of any kind: the lease ends, and the message is sent again with the same id
            log.warning("a delivery cannot be noted", extra=_describe(error) | {"webhook": claim.webhook})

    async def deliver(self, claim: Claim) -> DeliveryOutcome:
        """Send a message and store what came of it. Raises `DatabaseUnavailable`."""
        outcome = await self.send(claim)
        await self.database.write(self.store.complete, claim, outcome)
        if outcome.fault is not None:
            details = {"webhook": claim.webhook, "fault": outcome.fault, "status": outcome.status}
            log.warning("a message of a webhook did not arrive", extra=details)
        return outcome

    async def stop(self) -> None:
        """End what is being sent, within `MAX_STOP_S`, so that another process may send it at once."""
        if self._running:
            await asyncio.wait(self._running, timeout=MAX_STOP_S)
        unfinished = list(self._running)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        if unfinished:
            try:
                await self.database.write(self.store.release, self.holder)
            except Exception as error:  # of any kind: the leases end by themselves
                log.warning("leases of deliveries cannot be ended", extra=_describe(error))


def _describe(error: Exception) -> dict[str, object]:
    return {"error": type(error).__name__, "locations": traceback_locations(error)}
