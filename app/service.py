"""The application, and the layers around its routes: what is ready to be sent, address, keys, edge, cache, refusals."""

import re
from typing import Final

from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from app.cache.middleware import RepresentationCache
from app.cache.ready_answers import ReadyAnswers
from app.cache.ready_refusals import ReadyRefusals, RefusalSource
from app.catalogue.holder import SnapshotHolder
from app.kit.early_refusal import EarlyRefusal
from app.kit.edge import EdgeMiddleware
from app.kit.metrics import Gauge, MetricSources
from app.kit.public_address import PublicAddressMiddleware
from app.kit.ready_response import ReadyResponse
from app.kit.settings import Settings
from app.partners.dependencies import find_caller
from app.partners.key_check import KeyCheck
from app.partners.middleware import AccessMiddleware
from app.partners.partner_services import PartnerServices
from app.partners.rate_policy import OperationCost
from app.partners.rate_refusals import RateRefusals
from app.sessions.workers.session_builder import BUILD_PATHS

READY_SHARE = 4
"""One part in so many of the memory for answers holds ready answers, the rest what they are chosen from."""
PICTURE_PATHS: Final = re.compile(r"/v1/exercises/[^/.]+/figure/[^/.]+")
EDIT_PATHS: Final = re.compile(r"/v1/(exercises|guidelines|routines|references)/[^/.]+")
OPERATION_COSTS: Final = (
    OperationCost("POST", BUILD_PATHS, 10),
    OperationCost("GET", re.compile(r"/v1/exercises/[^/]+/figure\.png"), 5),
    OperationCost("GET", re.compile(r"/v1/exercises/[^/]+/figure\.(webp|gif)"), 20),
    OperationCost("GET", re.compile(r"/v1/figures\.zip"), 20),
    OperationCost("GET", re.compile(r"/v1/(sessions|routines)/[^/]+/export"), 5),
    *(OperationCost(method, EDIT_PATHS, 20) for method in ("PUT", "PATCH", "DELETE")),
    OperationCost("PUT", PICTURE_PATHS, 40),
    OperationCost("DELETE", PICTURE_PATHS, 20),
    *(OperationCost(method, re.compile(r"/v1/webhooks.*"), 10) for method in ("POST", "PATCH")),
    OperationCost("POST", re.compile(r"/v1/audit/[^/]+/restore"), 20),
)
"""What takes more work than a plain request counts as several of them; from memory all of it is nearly free."""


class Service(FastAPI):
    """The application, with its ready answers in front: a request that has one does not enter FastAPI at all."""

    ready_answers: ReadyAnswers
    ready_refusals: ReadyRefusals
    rate_refusals: RateRefusals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await self.ready_answers(scope, receive, send)

    def find_ready_response(self, scope: Scope) -> ReadyResponse | None:
        """Return the response to a request where it is ready: for a server that writes it without ASGI."""
        return self.ready_answers.find(scope) or self.ready_refusals.find(scope) or self.rate_refusals.find(scope)


def add_layers(app: Service, settings: Settings) -> None:
    """Wrap the application: ready answers outermost, then public address, keys, edge, cache, refusals.

    Starlette runs the last one added first.
    """
    catalogue: SnapshotHolder = app.state.catalogue  # looked up once: a ready answer takes but microseconds
    name_route, limiter = app.state.route_table.template, app.state.session_builder.limiter
    partners: PartnerServices = app.state.partners
    rates = partners.rates
    # Where every request is logged none may go past the edge, which writes the log.
    ready_bytes = 0 if settings.access_log else settings.max_cache_bytes // READY_SHARE
    app.ready_answers = ReadyAnswers(
        super(Service, app).__call__,
        serial=lambda: catalogue.serial,
        max_bytes=ready_bytes,
        name_route=name_route,
        admit=rates.admit_from_memory if rates.is_public_limited else None,
    )
    cache_bytes = settings.max_cache_bytes - ready_bytes
    refusal_source = RefusalSource(limiter, BUILD_PATHS, lambda: catalogue.serial, name_route)
    app.ready_refusals = ReadyRefusals(refusal_source, settings, app.ready_answers.counts)
    app.rate_refusals = RateRefusals(rates, settings, app.ready_answers.counts, name_route)
    app.add_middleware(EarlyRefusal, limiter=limiter, paths=BUILD_PATHS)
    app.add_middleware(
        RepresentationCache,
        serial=lambda: catalogue.serial,
        max_bytes=cache_bytes,
        name_reader=lambda scope: catalogue.name_reader(find_caller(scope)),
    )
    app.add_middleware(
        EdgeMiddleware,
        route_table=app.state.route_table,
        settings=settings,
        statistics=app.state.request_statistics,
        upload_paths=PICTURE_PATHS,
    )
    keys = KeyCheck(app, lambda: partners.keys.ring)
    app.add_middleware(AccessMiddleware, keys=keys, rates=rates, key_use=partners.key_use)
    app.add_middleware(
        PublicAddressMiddleware,
        public_url=settings.public_url,
        trusted_proxies=settings.trusted_proxies,
        route_table=app.state.route_table,
    )


def list_metric_sources(app: Service) -> MetricSources:
    """Return what `/metrics` is read from."""
    state, ready_answers = app.state, app.ready_answers
    limiter = state.session_builder.limiter
    gauges = (
        Gauge("catalogue_serial", "The catalogue serial that is served.", lambda: state.catalogue.serial),
        Gauge("builds_admitted", "Builds that run or wait.", lambda: limiter.admitted),
        Gauge("builds_max_admitted", "Builds that may run or wait; one more is refused.", lambda: limiter.max_admitted),
        Gauge("ready_answers", "Answers that are kept ready in memory.", lambda: len(ready_answers.answers)),
        Gauge("ready_answers_bytes", "Memory of these answers.", lambda: ready_answers.answers.size_bytes),
        Gauge(
            "database_connections_used", "Connections that requests use.", lambda: state.session_store.connections_used
        ),
        Gauge("database_faulty", "1 while the database is at fault.", lambda: state.request_database.health.is_faulty),
        Gauge("replica_faulty", "1 while the replica is away or behind.", state.request_databases.is_replica_faulty),
        Gauge(
            "rate_clients", "Clients whose use of their rate is remembered.", lambda: len(state.partners.rates.limiter)
        ),
        Gauge("webhook_deliveries_waiting", "Messages that are sent again.", lambda: state.webhooks.due.waiting),
        Gauge("webhook_deliveries_failed", "Messages that were given up.", lambda: state.webhooks.due.failed),
        Gauge("stopping", "1 from the signal to stop on.", lambda: state.is_stopping),
    )
    return MetricSources(state.request_statistics, ready_answers.counts, state.session_builder.durations, gauges)
