"""CORS: scripts of every origin may call the service. No credentials are taken, so no origin is treated specially."""

from collections.abc import Sequence

from starlette.responses import Response

PREFLIGHT_HEADER = b"access-control-request-method"
"""What makes an OPTIONS request a preflight."""
ALLOWED_HEADERS = (
    # What the service itself reads.
    *("Accept", "Accept-Language", "Authorization", "Content-Language", "Content-Type", "Idempotency-Key"),
    *("If-Match", "If-Modified-Since", "If-None-Match", "If-Unmodified-Since", "Prefer", "Range", "If-Range"),
    *("X-API-Key", "X-Request-ID"),
    # What HTTP libraries and single-page frameworks add.
    *("Cache-Control", "Pragma", "X-Correlation-ID", "X-CSRF-Token", "X-Requested-With", "X-XSRF-Token"),
    # What tracing tools add: W3C Trace Context and Baggage, B3, Sentry, Datadog, New Relic, Elastic, Jaeger, Azure,
    # AWS, Google Cloud.
    *("traceparent", "tracestate", "baggage"),
    *("b3", "X-B3-TraceId", "X-B3-SpanId", "X-B3-ParentSpanId", "X-B3-Sampled", "X-B3-Flags"),
    "sentry-trace",
    *("x-datadog-trace-id", "x-datadog-parent-id", "x-datadog-origin", "x-datadog-sampling-priority"),
    *("x-datadog-sampled", "x-datadog-tags"),
    *("newrelic", "elastic-apm-traceparent", "uber-trace-id", "Request-Id", "Request-Context"),
    *("X-Amzn-Trace-Id", "X-Cloud-Trace-Context"),
)
"""By name for browsers that do not know `*` (Safari before 15), and because `*` never means `Authorization`."""
PREFLIGHT_MAX_AGE_S = 86400
METHODS_OF_UNKNOWN_PATHS = ("GET", "HEAD", "OPTIONS", "POST")


def preflight_response(allowed_methods: Sequence[str]) -> Response:
    """Return the answer to OPTIONS at a path that takes these methods. It is the same for every origin.

    An unknown path takes no method, yet its preflight succeeds: only then can the script read the 404.
    """
    headers = {
        "Access-Control-Allow-Methods": ", ".join(allowed_methods or METHODS_OF_UNKNOWN_PATHS),
        "Access-Control-Allow-Headers": ", ".join((*ALLOWED_HEADERS, "*")),
        "Access-Control-Max-Age": str(PREFLIGHT_MAX_AGE_S),
    }
    if allowed_methods:
        headers["Allow"] = ", ".join(allowed_methods)
    return Response(status_code=204, headers=headers)
