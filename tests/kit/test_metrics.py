"""What operators see: metrics, traces and logs that count everything and tell nothing of what was sent."""

import logging
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client.parser import text_string_to_metric_families

from app.kit import telemetry
from app.kit.logging import JsonLineFormatter
from app.kit.request_statistics import Durations
from app.kit.settings import PROJECT_ROOT, Settings
from app.main import create_app
from tests.app_client import Client

PERSONAL = ("osteoporosis", "40-64", "sciatica", "hip pain", "hip%20pain", "hip+pain", "chest_pain")


def send_personal_requests(client: Client) -> None:
    """Send words about health in every place where a client can put them, right and wrong."""
    request = {"duration_s": 300, "goals": [{"goal": "rotation"}], "conditions": ["osteoporosis"], "age_band": "40-64"}
    assert client.post("/v1/sessions", json=request).status_code == 201
    assert client.post("/v1/sessions", json={**request, "sciatica": 1}).status_code == 422
    assert client.post("/v1/screening", json={"answers": {"chest_pain": "hip pain"}}).status_code == 422
    for _ in range(3):
        assert client.get("/v1/exercises?q=hip+pain").status_code == 200
    assert client.get("/v1/exercises?sciatica=1").status_code == 422
    assert client.get("/v1/exercises/sciatica").status_code == 404
    assert client.get("/hip pain").status_code == 404
    assert client.get("/v1/sessions/sciatica").status_code == 404


def read_metrics(client: Client) -> dict[tuple[str, ...], float]:
    """Return the samples by name and the values of their labels."""
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert answer.headers["cache-control"] == "no-store"
    families = text_string_to_metric_families(answer.text)
    return {
        (sample.name, *(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in families
        for sample in family.samples
    }


def test_metrics_and_logs_count_by_route_and_hold_nothing_that_was_sent(
    settings: Settings, start_client: Callable[[Settings], Client], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = start_client(settings.model_copy(update={"slow_ms": 1}))
    send_personal_requests(client)
    etag = client.get("/v1/exercises/open-book").headers["etag"]
    for _ in range(3):
        client.get("/v1/exercises/open-book")
    for _ in range(3):
        assert client.get("/v1/exercises/open-book", headers={"If-None-Match": etag}).status_code == 304
    whole, head = client.get("/v1/exercises/open-book"), client.request("HEAD", "/v1/exercises/open-book")
    assert (head.content, head.headers["content-length"]) == (b"", whole.headers["content-length"])
    samples = read_metrics(client)
    counter, route = "thoracic_http_requests_total", "/v1/exercises/{slug}"
    assert samples[counter, "application", "POST", "/v1/sessions", "201"] == 1
    assert samples[counter, "application", "POST", "/v1/sessions", "422"] == 1
    assert samples[counter, "application", "GET", "/v1/exercises", "422"] == 1
    assert samples[counter, "application", "GET", route, "404"] == 1
    assert samples[counter, "application", "GET", "(unknown)", "404"] == 1
    from_memory = {key[2:]: count for key, count in samples.items() if key[:2] == (counter, "memory") and route in key}
    assert from_memory == {("GET", route, "200"): 4, ("GET", route, "304"): 2, ("HEAD", route, "200"): 1}
    assert samples["thoracic_http_request_duration_seconds_count", "POST", "/v1/sessions"] == 2
    assert samples["thoracic_build_duration_seconds_count",] == 1
    assert samples["thoracic_catalogue_serial",] == client.get("/readyz").json()["serial"]
    assert samples["process_resident_memory_bytes",] > 1e7
    assert samples["thoracic_builds_admitted",] == samples["thoracic_database_faulty",] == 0
    assert samples["thoracic_ready_answers_bytes",] > 1000
    shown = set(re.findall(r"(?:thoracic|process)_\w+", (PROJECT_ROOT / "deploy/grafana-dashboard.json").read_text()))
    assert shown - {name for name, *_ in samples} == set()
    ours = [record for record in caplog.records if record.name.startswith("thoracic")]
    logged = "".join(map(JsonLineFormatter().format, ours))
    assert '"path": "/v1/sessions"' in logged
    for text in (client.get("/metrics").text, logged):
        assert [word for word in PERSONAL if word in text] == []


def test_metrics_may_be_off(tmp_path: Path) -> None:
    app = create_app(Settings(data_dir=tmp_path, metrics=False))
    assert app.state.route_table.methods("/metrics") == []
    assert app.state.route_table.methods("/v1/exercises") != []


def test_traces_hold_the_template_and_nothing_that_was_sent(
    settings: Settings, start_client: Callable[[Settings], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    exporter = InMemorySpanExporter()
    create = telemetry.create_tracer_provider

    def create_with_exporter(name_route: Callable[[str], str]) -> object:
        provider = create(name_route)
        provider.add_span_processor(SimpleSpanProcessor(exporter))
        return provider

    monkeypatch.setattr(telemetry, "create_tracer_provider", create_with_exporter)
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("OTEL_TRACES_EXPORTER", "none")
    monkeypatch.setenv("OTEL_METRICS_EXPORTER", "none")
    send_personal_requests(start_client(settings))
    spans = exporter.get_finished_spans()
    text = "".join(span.to_json() for span in spans)
    assert "/v1/exercises/{slug}" in text
    assert "thoracic-mobility-api" in text
    assert [word for word in PERSONAL if word in text] == []


def test_without_its_variables_nothing_is_traced(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in telemetry.ENDPOINT_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    assert not any(telemetry.telemetry_config(str).values())


def test_a_duration_counts_in_the_first_bucket_that_holds_it() -> None:
    durations = Durations()
    for seconds in (0.0, 0.001, 0.0011, 11.0):
        durations.observe(seconds)
    assert (durations.counts[0], durations.counts[1], durations.counts[-1]) == (2, 1, 1)
    assert durations.total_s == pytest.approx(11.0021)
