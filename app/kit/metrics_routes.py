"""The metrics for Prometheus. They are for operators, so they are not in the OpenAPI document."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.kit import caching
from app.kit.metrics import MetricSources, format_metrics

router = APIRouter()


@router.get("/metrics", include_in_schema=False)
async def get_metrics(request: Request) -> Response:
    """Requests, durations, builds, memory: numbers of this process."""
    sources: MetricSources = request.app.state.metric_sources
    content, media_type = format_metrics(sources)
    return Response(content, media_type=media_type, headers={"Cache-Control": caching.NO_STORE})
