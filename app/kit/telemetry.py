"""Traces and metrics of OpenTelemetry, where its variables name a collector. Nothing that a client sends is in them."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from fastapi.telemetry import TelemetryConfig

from app.kit.start_faults import StartFault

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

ENDPOINT_VARIABLES = tuple(f"OTEL_EXPORTER_OTLP_{signal}ENDPOINT" for signal in ("", "TRACES_", "METRICS_"))
SERVICE_NAME = "thoracic-mobility-api"
"""The name in traces where `OTEL_SERVICE_NAME` gives none."""
REDACTED = "REDACTED"


def telemetry_config(name_route: Callable[[str], str]) -> TelemetryConfig:
    """Return what FastAPI reports. `name_route` returns the template of the route of a path.

    Raises `StartFault` where a collector is named and the packages are missing.
    """
    if not any(map(os.environ.get, ENDPOINT_VARIABLES)):
        return {"tracing": False, "metrics": False, "logs": False, "operation_spans": False}
    # Its logs hold the texts of exceptions, which may quote what a person sent.
    config: TelemetryConfig = {"auto_configure": True, "logs": False, "operation_spans": False}
    try:
        config["tracer_provider"] = create_tracer_provider(name_route)
    except ImportError:
        raise StartFault("OTEL_EXPORTER_OTLP_ENDPOINT needs packages: pip install '.[telemetry]'") from None
    return config


def create_tracer_provider(name_route: Callable[[str], str]) -> "TracerProvider":
    """Return a provider whose spans hold the template of the path, and no query: both may tell of somebody's health."""
    from opentelemetry.context import Context
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import Span, SpanProcessor, TracerProvider

    def redact(span: Span, **_: Context | None) -> None:
        attributes = span.attributes or {}
        if "url.path" in attributes:
            span.set_attribute("url.path", name_route(str(attributes["url.path"])))
        if "url.query" in attributes:
            span.set_attribute("url.query", REDACTED)

    processor = SpanProcessor()
    processor.on_start = redact  # type: ignore[assignment,method-assign]
    named = Resource.create({} if os.environ.get("OTEL_SERVICE_NAME") else {"service.name": SERVICE_NAME})
    provider = TracerProvider(resource=named)
    provider.add_span_processor(processor)
    return provider
