"""Runs the application under uvicorn: takes the port before anything else, says where to look, and ends in order."""

import contextlib
import errno
import gc
import logging
import os
import resource
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.config import STARTUP_FAILURE
from uvicorn.lifespan.on import LifespanOn

from app.kit.connection_limits import MAX_WHOLE_BODIES, Limits
from app.kit.connection_table import ConnectionTable
from app.kit.http_protocol import LimitedHttpProtocol
from app.kit.logging import traceback_locations
from app.kit.ready_response import FindReadyResponse
from app.kit.response_headers import list_common_headers
from app.kit.settings import Settings
from app.kit.start_faults import StartFault

log = logging.getLogger("thoracic.server")
ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}
"""Where a person on this machine finds a service that listens on every address."""


OTHER_OPEN_FILES = 200
"""Files that are open beside connections: the database, processes that build and render, the log."""
END_RESERVE_S = 10
"""Seconds after all limits of a stop, after which the process ends whatever a thread of it still does."""


class ApplicationLifespan(LifespanOn):
    """Starts and ends the application, and keeps the error of one that cannot: uvicorn would log its traceback."""

    error: BaseException | None = None

    async def send(self, message: Any) -> None:
        """Take a message of the application: that it has started or ended, or in an `except` block that it cannot."""
        if message["type"] in ("lifespan.startup.failed", "lifespan.shutdown.failed"):
            self.error = sys.exception()
            message = {"type": message["type"]}  # without its text, which is the traceback
        await super().send(message)

    def report_error(self) -> None:
        """Log in a line why the application could not start or end. Raises the error where that is a `StartFault`."""
        if isinstance(self.error, StartFault):
            raise self.error
        if self.error is not None:
            text = " ".join(f"{type(self.error).__name__}: {self.error}".split())
            log.critical("the application failed: %s", text, extra={"locations": traceback_locations(self.error)})


class BoundedServer(uvicorn.Server):
    """uvicorn's server on sockets that were taken before, with a time to drain and a bound for its end.

    A first signal begins the stop: for `drain_s` seconds everything goes on, but `on_stop` has told that it will end.
    Then running requests have `shutdown_timeout_s` seconds. A second signal ends the service at once.
    """

    def __init__(self, config: uvicorn.Config, settings: Settings, on_stop: Callable[[], None]) -> None:
        super().__init__(config)
        self.settings, self.on_stop = settings, on_stop
        self.drain_ends_at = 0.0

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say in the log where the service is found."""
        await super().startup(sockets)
        gc.freeze()  # what was loaded lives as long as the process: the collector need not walk it again and again
        gc.enable()
        if self.started and sockets:
            port = sockets[0].getsockname()[1]
            address = self.settings.public_url or f"http://{_local_host(self.settings.host)}:{port}"
            log.info("ready: open %s/docs", address, extra={"host": self.settings.host, "port": port})

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop; the second time, end at once."""
        if self.should_exit:
            self.force_exit = True
            return
        super().handle_exit(sig, frame)
        self.on_stop()
        drain_s = self.settings.drain_s if sig == signal.SIGTERM else 0  # a person at a terminal does not wait
        self.drain_ends_at = time.monotonic() + drain_s
        limit_s = drain_s + self.settings.shutdown_timeout_s + END_RESERVE_S
        end = threading.Timer(limit_s, _end_process)
        end.daemon = True  # it must not keep a process that has ended in time
        end.start()

    async def on_tick(self, counter: int) -> bool:
        """Return whether the service stops serving now."""
        is_ending = await super().on_tick(counter)
        return is_ending and (self.force_exit or time.monotonic() >= self.drain_ends_at)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop; also at once the application gets its end, without which it would leave its database open."""
        await super().shutdown(sockets)
        if self.force_exit:
            await self.lifespan.shutdown()

    async def _wait_tasks_to_complete(self) -> None:
        """Wait for the running requests. uvicorn cancels this at the limit, and then the requests."""
        try:
            await super()._wait_tasks_to_complete()
        finally:
            for connection in list(self.server_state.connections):
                if isinstance(connection, LimitedHttpProtocol):
                    connection.abandon()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take signals as uvicorn does, but do not raise them again: a stop in good order is no failure."""
        with super().capture_signals():
            yield
            self._captured_signals.clear()


def _end_process() -> None:
    """End the process, though a thread still works: one that waits for a database, or a client, without an end."""
    log.error("the service did not stop in time and is ended")
    logging.shutdown()
    os._exit(os.EX_SOFTWARE)


@contextlib.contextmanager
def bound_sockets(settings: Settings) -> Iterator[list[socket.socket]]:
    """Yield sockets on the address of the settings, which nobody else can take any more. They do not listen yet.

    Raises `StartFault` where the port is taken, is not allowed, or the host is not an address of this machine.
    """
    with contextlib.ExitStack() as stack:
        try:
            sockets = [stack.enter_context(bound) for bound in _bind_sockets(settings.host, settings.port)]
        except OSError as error:
            raise _explain_socket_error(error, settings) from error
        yield sockets


def _bind_sockets(host: str, port: int) -> Iterator[socket.socket]:
    """Yield a socket on every address of a host, all on the same port."""
    for family, kind, protocol, _, address in socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    ):
        bound = socket.socket(family, kind, protocol)
        try:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            bound.bind((address[0], port, *address[2:]))
        except OSError:
            bound.close()
            raise
        port = bound.getsockname()[1]
        yield bound


def limited_protocol(settings: Settings, find_ready_response: FindReadyResponse) -> type[LimitedHttpProtocol]:
    """Return the protocol class with the limits of the settings.

    `find_ready_response` is asked before the application: a ready response is written without a task of asyncio.
    """
    limits = Limits(*(getattr(settings, name) for name in Limits._fields))
    table = ConnectionTable(
        settings.max_connections,
        settings.max_address_connections,
        MAX_WHOLE_BODIES * settings.max_body_bytes,
        settings.trusted_proxies,
    )
    attributes = {
        "limits": limits,
        "table": table,
        "common_headers": list_common_headers(settings.public_url),
        "find_ready_response": staticmethod(find_ready_response),
    }
    return type("ConfiguredHttpProtocol", (LimitedHttpProtocol,), attributes)


def run_server(
    app: ASGIApp,
    settings: Settings,
    sockets: list[socket.socket],
    find_ready_response: FindReadyResponse = lambda _: None,
    on_stop: Callable[[], None] = lambda: None,
) -> int:
    """Serve on these sockets until a signal. Return the exit status: 3 where the application failed to start or end.

    Raises `StartFault` where the application does that at its start. `find_ready_response` is asked before the
    application; `on_stop` is called in a signal handler, when a stop begins.
    """
    config = uvicorn.Config(
        app,
        http=limited_protocol(settings, find_ready_response),
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=settings.shutdown_timeout_s,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # the application reads them itself: it must know which proxy speaks
    )
    config.load()
    config.lifespan_class = ApplicationLifespan
    server = BoundedServer(config, settings, on_stop)
    with contextlib.suppress(SystemExit):  # uvicorn's own, where the application fails before it serves
        server.run(sockets)
    lifespan = server.lifespan
    assert isinstance(lifespan, ApplicationLifespan)
    lifespan.report_error()
    return STARTUP_FAILURE if lifespan.error_occurred else 0


def allow_open_files(settings: Settings) -> None:
    """Raise the limit of open files of this process to what the most connections need, where the system lets it."""
    needed = settings.max_connections + OTHER_OPEN_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    if allowed < needed:
        detail = f"of {needed} for THORACIC_MAX_CONNECTIONS={settings.max_connections} only {allowed} are allowed"
        raise StartFault(f"too few open files: {detail}: lower the setting, or raise `ulimit -n`")


def _local_host(host: str) -> str:
    """Return the host as it stands in an address that a person on this machine can open."""
    return ANY_ADDRESS.get(host) or (f"[{host}]" if ":" in host else host)


def _explain_socket_error(error: OSError, settings: Settings) -> StartFault:
    address = f"{settings.host}:{settings.port}"
    if error.errno == errno.EADDRINUSE:
        advice = "stop the program that listens there, or set THORACIC_PORT (0 takes a free port)"
        return StartFault(f"port {settings.port} is taken: {advice}", os.EX_OSERR)
    if error.errno in (errno.EACCES, errno.EPERM):
        return StartFault(f"{address}: this user may not take that port: set THORACIC_PORT above 1023", os.EX_OSERR)
    return StartFault(
        f"{address}: {error.strerror or error}: set THORACIC_HOST to an address of this machine, or 0.0.0.0 for all",
        os.EX_OSERR,
    )
