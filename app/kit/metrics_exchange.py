"""The metrics of all processes that serve on one address: each asks the others, over sockets in a folder of theirs."""

import asyncio
import contextlib
import logging
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI

from app.kit.metrics import format_metrics

log = logging.getLogger("thoracic.metrics")
ANSWER_TIMEOUT_S: Final = 1.0
"""Seconds in which another process must answer; without it, its metrics are left out this time."""
SOCKET_ENDING: Final = ".metrics"


class MetricsExchange:
    """Gives the metrics of this process to the others, and gets theirs.

    Each series has the label `process`, the number of its process: to add counters up is left to who reads them,
    because those of a process that died are gone.
    """

    def __init__(self, folder: Path, format_own: Callable[[], bytes]) -> None:
        """`folder` is that of all processes of the address; `format_own` returns the metrics of this one as text."""
        self.folder, self.format_own = folder, format_own
        self.path = folder / f"{os.getpid()}{SOCKET_ENDING}"

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Answer the other processes until the block ends."""
        server = await asyncio.start_unix_server(self._answer, self.path)
        try:
            yield
        finally:
            server.close()
            self.path.unlink(missing_ok=True)

    async def _answer(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):  # the other process has ended
            writer.write(self.format_own())
            writer.close()
            await writer.wait_closed()

    async def collect(self) -> bytes:
        """Return the metrics of all processes as one text."""
        others = [path for path in self.folder.glob(f"*{SOCKET_ENDING}") if path != self.path]
        texts = await asyncio.gather(*map(_ask, others))
        by_process = {self.path.stem: self.format_own()}
        by_process |= {path.stem: text for path, text in zip(others, texts, strict=True) if text}
        return _join_metrics(by_process)


async def _ask(path: Path) -> bytes:
    """Return what the process at a socket answers; nothing where it has ended, or takes too long."""
    try:
        async with asyncio.timeout(ANSWER_TIMEOUT_S):
            reader, writer = await asyncio.open_unix_connection(path)
            with contextlib.closing(writer):
                return await reader.read()
    except ConnectionRefusedError:  # it was killed
        path.unlink(missing_ok=True)
    except OSError as error:  # a `TimeoutError` is one
        log.warning("a serving process does not tell its metrics", extra={"error": type(error).__name__})
    return b""


def _join_metrics(text_by_process: Mapping[str, bytes]) -> bytes:
    """Return the metrics of several processes with each family once, as Prometheus wants it."""
    from prometheus_client import CollectorRegistry, Metric, generate_latest  # only who scrapes pays for it
    from prometheus_client.parser import text_string_to_metric_families

    families: dict[str, Metric] = {}
    for process, text in text_by_process.items():
        for family in text_string_to_metric_families(text.decode()):
            joined = families.setdefault(family.name, Metric(family.name, family.documentation, family.type))
            for sample in family.samples:
                joined.add_sample(sample.name, {"process": process, **sample.labels}, sample.value)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Families(list(families.values())))
    return generate_latest(registry)


class _Families:
    """Hands families of metrics over, as prometheus_client wants it."""

    def __init__(self, families: list[Any]) -> None:
        self.families = families

    def collect(self) -> Iterator[Any]:
        """Yield every family."""
        yield from self.families


def exchange_metrics(app: FastAPI, folder: Path) -> None:
    """Have an application answer with the metrics of all processes, whose sockets are in this folder."""
    app.state.metrics_exchange = exchange = MetricsExchange(folder, lambda: format_metrics(app.state.metric_sources))
    run_application = app.router.lifespan_context

    @contextlib.asynccontextmanager
    async def lifespan(started: FastAPI) -> AsyncIterator[Mapping[str, Any]]:
        async with run_application(started) as state, exchange.listening():
            yield state or {}

    app.router.lifespan_context = lifespan


@contextlib.contextmanager
def exchange_folder() -> Iterator[Path]:
    """Yield a folder for the sockets of processes that are forked in the block. The one that made it removes it."""
    folder, maker = Path(tempfile.mkdtemp(prefix="thoracic-")), os.getpid()
    try:
        yield folder
    finally:
        if os.getpid() == maker:
            shutil.rmtree(folder, ignore_errors=True)
