"""Assembles the service: database, snapshot, edge, cache, routes. The only module that imports every package."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from fastapi import Depends, FastAPI

from app.api_document import SUMMARY, TAGS, TITLE, ApiDocumentTexts, describe_api
from app.catalogue import figure_routes, motion_routes, partial_routes
from app.catalogue import routes as catalogue_routes
from app.catalogue.alternatives import AlternativeTexts
from app.catalogue.dependencies import list_slugs
from app.catalogue.holder import SnapshotHolder
from app.catalogue.own_figure_responses import OwnPictureReader
from app.catalogue.snapshot import Snapshot
from app.editor import audit_routes, picture_routes, record_routes
from app.editor.catalogue_editor import CatalogueEditor
from app.exports import catalogue_routes as catalogue_export_routes
from app.exports import fhir_routes
from app.exports import routes as export_routes
from app.exports.fhir.texts import FhirTexts
from app.exports.fit.texts import FitTexts
from app.exports.handouts.printer import HandoutPrinter
from app.exports.handouts.texts import HandoutTexts
from app.exports.texts import ExportTexts
from app.figures.texts import FigureTexts
from app.kit import docs_routes, metrics_routes, openapi, service_routes
from app.kit.database_faults import database_faults
from app.kit.databases import RequestDatabases, open_databases
from app.kit.dependencies import reject_unknown_query
from app.kit.links import ROOT
from app.kit.readiness import ProbedReplica, Readiness
from app.kit.request_statistics import RequestStatistics
from app.kit.route_table import RouteTable
from app.kit.service_routes import ServiceIndex
from app.kit.settings import PROJECT_ROOT, Settings
from app.kit.telemetry import telemetry_config
from app.kit.work_limiter import WorkLimiter
from app.offline import routes as offline_routes
from app.offline.archive_store import ArchiveStore
from app.offline.history_reader import HistoryReader
from app.offline.prepared_content import ContentPreparation
from app.pages import embed_routes, site_routes
from app.pages import routes as page_routes
from app.pages.error_pages import EXCEPTION_HANDLERS
from app.pages.gallery_texts import GalleryTexts
from app.pages.home_texts import HomeTexts
from app.pages.texts import PageTexts
from app.partners import routes as partner_routes
from app.partners.errors import SHARED_PROBLEMS
from app.partners.partner_services import PartnerServices
from app.partners.texts import PartnerTexts
from app.reminders import routes as reminder_routes
from app.reminders.texts import ReminderTexts
from app.rules.condition_rules import load_condition_rules
from app.rules.conditions import ConditionTexts
from app.rules.dose import DoseLineTexts
from app.rules.meant_words import MeantWordTexts
from app.rules.notices import CONTENT_LICENSE, NoticeTexts
from app.rules.terms import ContractTerms, VocabularyTexts
from app.screening import routes as screening_routes
from app.screening.questions import ScreeningTexts
from app.screening.self_tests import SelfTestTexts
from app.service import OPERATION_COSTS, Service, add_layers, list_metric_sources
from app.sessions import routes as session_routes
from app.sessions.prescription.texts import PrescriptionTexts
from app.sessions.printout import PrintoutTexts
from app.sessions.problem.cue_texts import CueTexts
from app.sessions.storage.session_storage import SessionReplica
from app.sessions.storage.store import SessionStore
from app.sessions.texts import SESSION_TEXTS
from app.sessions.timeline.event_texts import EventTexts
from app.sessions.workers.session_builder import SessionBuilder
from app.texts.loader import TextFile, load_texts
from app.webhooks import routes as webhook_routes
from app.webhooks.texts import WebhookTexts
from app.webhooks.webhook_services import WebhookServices
from app.workstation import routes as workstation_routes
from app.workstation.texts import WorkstationTexts

VERSION = "0.1.0"
MAX_WAITING_UPLOADS = 8
"""Pictures of partners that wait to be prepared, one at a time; one more is answered 503."""
INDEX_LINKS = {
    "catalogue": "/v1/catalogue",
    "changes": "/v1/changes",
    "exercises": "/v1/exercises",
    "gallery": "/gallery",
    "guidelines": "/v1/guidelines",
    "references": "/v1/references",
    "routines": "/v1/routines",
    "vocabulary": "/v1/vocabulary",
    "sessions": "/v1/sessions",
    "screening": "/v1/screening",
    "self_tests": "/v1/self-tests",
    "workstation_fit": "/v1/workstation/fit",
    "workstation_assessment": "/v1/workstation/assessment",
    "reminders": "/v1/reminders",
}
ANSWER_EXAMPLES_PATH = PROJECT_ROOT / "openapi" / "examples.json"
"""Answers of this service that the OpenAPI document shows; `python -m app openapi` writes them."""
OPENAPI_PATH = ANSWER_EXAMPLES_PATH.with_name("openapi.json")
"""The OpenAPI document, as `python -m app openapi` writes it and `python -m app serve` serves it."""
ROUTERS = (
    page_routes.router,  # first: `/v1/routines/{slug}` would match its paths as well
    catalogue_routes.router,
    figure_routes.router,
    motion_routes.router,
    partial_routes.router,
    offline_routes.router,
    catalogue_export_routes.router,
    fhir_routes.router,
    export_routes.router,
    session_routes.router,
    reminder_routes.router,
    workstation_routes.router,
    screening_routes.router,
    partner_routes.router,
    webhook_routes.router,
    record_routes.router,
    picture_routes.router,
    audit_routes.router,
    service_routes.router,
)
"""In the order of the OpenAPI document."""


TEXT_FILES: tuple[type[TextFile], ...] = (
    ApiDocumentTexts,
    AlternativeTexts,
    ConditionTexts,
    ContractTerms,
    DoseLineTexts,
    ExportTexts,
    FhirTexts,
    FitTexts,
    FigureTexts,
    GalleryTexts,
    HandoutTexts,
    HomeTexts,
    NoticeTexts,
    PageTexts,
    PartnerTexts,
    ReminderTexts,
    ScreeningTexts,
    SelfTestTexts,
    PrescriptionTexts,
    PrintoutTexts,
    EventTexts,
    CueTexts,
    *SESSION_TEXTS,
    MeantWordTexts,
    VocabularyTexts,
    WebhookTexts,
    WorkstationTexts,
)
"""The shape of every file of texts; `python -m app seed --check` checks them all."""


def create_app(settings: Settings | None = None, openapi_path: Path | None = None) -> Service:
    """Return the application. Nothing is opened before its lifespan begins.

    `openapi_path` is the file of its OpenAPI document. Without it, the document is generated when somebody asks.
    """
    settings = settings or Settings()
    app = Service(
        title=TITLE,
        version=VERSION,
        summary=SUMMARY,
        description=describe_api(),
        contact={"name": "The maintainers of the Thoracic Mobility API"},
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_tags=TAGS,
        servers=[{"url": ROOT}],  # a served document names the public address
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        telemetry=telemetry_config(lambda path: app.state.route_table.template(path)),  # noqa: PLW0108 - made later
        separate_input_output_schemas=False,  # no schema is both: requests are closed, answers are open
        generate_unique_id_function=lambda route: route.name,
        exception_handlers=EXCEPTION_HANDLERS,
    )
    _add_state(app, settings)
    for router in ROUTERS:
        app.include_router(router, dependencies=[Depends(reject_unknown_query)])
    # These take any query: mails and tools add their own to a page's address.
    for router in (docs_routes.router, site_routes.router, embed_routes.router):
        app.include_router(router)
    if settings.metrics:
        app.include_router(metrics_routes.router)
    openapi.install_openapi(app, ANSWER_EXAMPLES_PATH, openapi_path, SHARED_PROBLEMS)
    add_layers(app, settings)
    app.state.metric_sources = list_metric_sources(app)
    return app


def _add_state(app: Service, settings: Settings) -> None:
    app.state.settings, app.state.catalogue, app.state.route_table = settings, SnapshotHolder(), RouteTable(app)
    app.state.session_builder = SessionBuilder(settings.build_workers, settings.max_waiting_builds)
    app.state.request_databases = databases = RequestDatabases.from_settings(settings)
    app.state.request_database, app.state.session_replica = databases.primary, None
    app.state.partners = PartnerServices(settings, databases.primary, OPERATION_COSTS)
    app.state.webhooks = WebhookServices(settings, databases.primary)
    app.state.picture_limiter = WorkLimiter(settings.max_running_pictures, settings.max_waiting_pictures)
    # A motion takes about a second, so a full queue takes a while.
    app.state.motion_limiter = WorkLimiter(settings.max_running_pictures, settings.max_waiting_motions, 20)
    app.state.upload_limiter = WorkLimiter(1, MAX_WAITING_UPLOADS, 5)
    app.state.handout_printer = HandoutPrinter(WorkLimiter(settings.max_running_pictures, settings.max_waiting_motions))
    app.state.service_index, app.state.is_stopping = _build_index(), False
    app.state.request_statistics = RequestStatistics()
    app.state.list_slugs = list_slugs
    app.state.meant_words = load_texts(MeantWordTexts).meant_words
    app.state.content_preparation = ContentPreparation()
    app.state.archive_store = ArchiveStore(settings.data_dir / "archives", app.state.motion_limiter)
    app.state.show_home_page = site_routes.show_home_page
    app.state.path_prefix_by_parameter = {"fields": partial_routes.PARTIAL_PREFIX}
    app.state.path_suffix_by_parameter = {"format": "/export"}


def _build_index() -> ServiceIndex:
    return ServiceIndex(
        name=TITLE,
        version=VERSION,
        description=SUMMARY,
        documentation="/docs",
        openapi="/openapi.json",
        license="Apache-2.0",
        content_license=CONTENT_LICENSE.id,
        links=INDEX_LINKS,
    )


@contextlib.asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the database, load the catalogue and follow its changes until the service stops."""
    # An invalid text must stop the start, not the first request that needs it.
    for text_file in TEXT_FILES:
        load_texts(text_file)
    load_condition_rules()
    settings: Settings = app.state.settings
    secret, days = settings.secret_key(), settings.session_days
    catalogue: SnapshotHolder = app.state.catalogue
    databases: RequestDatabases = app.state.request_databases
    async with contextlib.AsyncExitStack() as stack:  # of the ends each is called, also where another one fails
        opened = stack.enter_context(open_databases(settings, databases))
        app.state.session_store = store = SessionStore(opened.primary.database, secret, days)
        app.state.history_reader = HistoryReader.of(opened, databases)
        app.state.own_picture_reader = OwnPictureReader(opened.primary.database, databases.primary)
        app.state.catalogue_editor = CatalogueEditor.of(
            opened.primary.database, databases.primary, lambda: catalogue.serial, settings.max_own_exercises
        )
        probed_replica = None
        if opened.replica and databases.replica:
            replica_store = SessionStore(opened.replica.database, secret, days)
            app.state.session_replica = SessionReplica(replica_store, databases.replica)
            probed_replica = ProbedReplica(databases.replica, lambda: replica_store.load(""))
        app.state.readiness = Readiness(lambda: catalogue.serial, databases.primary, store.probe_write, probed_replica)
        stack.callback(app.state.session_builder.stop)
        stack.push_async_callback(app.state.archive_store.close)
        await stack.enter_async_context(app.state.partners.running(opened, secret))
        await stack.enter_async_context(app.state.webhooks.running(opened, secret))

        async def follow(snapshot: Snapshot) -> None:
            app.state.webhooks.wake()
            await app.state.session_builder.warm(snapshot)

        with database_faults(settings.database):
            await stack.enter_async_context(catalogue.following(*opened, follow))
        yield
