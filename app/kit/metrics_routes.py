"""The metrics for Prometheus. They are for operators, so they are not in the OpenAPI document."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.kit import caching
from app.kit.metrics import METRICS_MEDIA_TYPE, MetricSources, format_metrics
from app.kit.metrics_exchange import MetricsExchange

router = APIRouter()


@router.get("/metrics", include_in_schema=False)
async def get_metrics(request: Request) -> Response:
    """Requests, durations, builds, memory: numbers of this process, or of each that serves on the address."""
    sources: MetricSources = request.app.state.metric_sources
    exchange: MetricsExchange | None = getattr(request.app.state, "metrics_exchange", None)
    content = format_metrics(sources) if exchange is None else await exchange.collect()
    return Response(content, media_type=METRICS_MEDIA_TYPE, headers={"Cache-Control": caching.NO_STORE})
