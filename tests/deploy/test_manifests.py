"""`compose.yaml` and the manifests for Kubernetes: valid by their schemas, and true to the service and its settings."""

import importlib.resources
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import pytest
import yaml
from yamllint import linter
from yamllint.config import YamlLintConfig

from app.kit.server import END_RESERVE_S
from app.kit.settings import ENVIRONMENT_PREFIX, PROJECT_ROOT, Settings

COMPOSE = PROJECT_ROOT / "compose.yaml"
KUBERNETES = sorted((PROJECT_ROOT / "deploy" / "kubernetes").glob("*.yaml"))
KUBERNETES_VERSIONS = ("1.29", "1.37")
LINTED = [COMPOSE, *KUBERNETES, PROJECT_ROOT / "deploy" / "yamllint.yaml"]
VARIABLE = re.compile(r"\$\{(\w+)(?::[-?][^}]*)?\}")
SECRETS = {"POSTGRES_PASSWORD": "a1b2c3", "THORACIC_SECRET": "sixteen bytes or more", "THORACIC_PUBLIC_URL": ""}


def read_manifests() -> dict[str, dict[str, Any]]:
    """Return every object of the manifests by its kind."""
    documents = [document for path in KUBERNETES for document in yaml.safe_load_all(path.read_text())]
    return {document["kind"]: document for document in documents}


def read_compose() -> dict[str, Any]:
    """Return the file as Compose reads it, with the secrets that a person chooses."""
    text = VARIABLE.sub(lambda match: SECRETS[match[1]], COMPOSE.read_text())
    compose: dict[str, Any] = yaml.safe_load(text)
    return compose


def read_settings(environment: dict[str, str]) -> Settings:
    """Return the settings of an environment, of which every name must be one."""
    values = {name.removeprefix(ENVIRONMENT_PREFIX).lower(): value for name, value in environment.items()}
    assert set(values) <= set(Settings.model_fields)
    return Settings.model_validate(values)


def pod_specs() -> Iterator[tuple[str, dict[str, Any]]]:
    manifests = read_manifests()
    for kind in ("Deployment", "Job"):
        yield kind, manifests[kind]["spec"]["template"]["spec"]


@pytest.mark.parametrize("path", LINTED, ids=lambda path: path.name)
def test_the_files_are_clean_yaml(path: Path) -> None:
    configuration = YamlLintConfig((PROJECT_ROOT / "deploy" / "yamllint.yaml").read_text())
    assert [str(problem) for problem in linter.run(path.read_text(), configuration, str(path))] == []


@pytest.mark.parametrize("version", KUBERNETES_VERSIONS)
def test_the_manifests_are_valid(version: str) -> None:
    for manifest in read_manifests().values():
        kubernetes_validate.validate(manifest, version, strict=True)


def test_the_compose_file_is_valid() -> None:
    schemas = importlib.resources.files("check_jsonschema") / "builtin_schemas" / "vendor"
    jsonschema.validate(read_compose(), json.loads((schemas / "compose-spec.json").read_text()))


def test_every_setting_of_the_manifests_is_one() -> None:
    manifests = read_manifests()
    settings = read_settings(manifests["ConfigMap"]["data"] | manifests["Secret"]["stringData"])
    assert settings.read_replica.startswith("postgresql+psycopg://")
    for service in ("migrate", "service"):
        assert read_settings(read_compose()["services"][service]["environment"]).seed == "never"


def test_what_runs_has_no_rights() -> None:
    for kind, pod in pod_specs():
        (container,) = pod["containers"]
        assert (pod["securityContext"]["runAsNonRoot"], pod["securityContext"]["runAsUser"]) == (True, 10001), kind
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert {"/tmp", "/data"} <= {mount["mountPath"] for mount in container["volumeMounts"]}
        assert {"cpu", "memory"} <= set(container["resources"]["requests"])
        assert pod["enableServiceLinks"] is False, "Kubernetes would set THORACIC_PORT"
    assert "--uid 10001" in (PROJECT_ROOT / "Dockerfile").read_text()
    for service in ("migrate", "service"):
        assert read_compose()["services"][service]["read_only"] is True


def test_the_probes_ask_what_is_there_and_need_no_database() -> None:
    (container,) = dict(pod_specs())["Deployment"]["containers"]
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        assert container[probe]["httpGet"] == {"path": "/healthz", "port": "http"}
    assert "/healthz" in json.loads((PROJECT_ROOT / "openapi" / "openapi.json").read_text())["paths"]
    startup, waiting_s = container["startupProbe"], Settings().database_wait_s
    assert startup["periodSeconds"] * startup["failureThreshold"] > waiting_s + 30


def test_a_stop_has_the_time_that_it_needs() -> None:
    manifests = read_manifests()
    settings = read_settings(manifests["ConfigMap"]["data"])
    needed_s = settings.drain_s + settings.shutdown_timeout_s + END_RESERVE_S
    assert settings.drain_s >= 5
    assert dict(pod_specs())["Deployment"]["terminationGracePeriodSeconds"] > needed_s
    service = read_compose()["services"]["service"]
    needed_s = read_settings(service["environment"]).shutdown_timeout_s + END_RESERVE_S
    assert int(service["stop_grace_period"].removesuffix("s")) > needed_s


def test_the_parts_find_each_other() -> None:
    manifests = read_manifests()
    labels = manifests["Deployment"]["spec"]["template"]["metadata"]["labels"]
    assert manifests["Deployment"]["spec"]["selector"]["matchLabels"] == labels
    assert manifests["Service"]["spec"]["selector"] == labels
    assert manifests["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels
    assert manifests["Job"]["spec"]["template"]["metadata"]["labels"] != labels, "the Service must not reach the Job"
    names = {manifests[kind]["metadata"]["name"] for kind in ("ConfigMap", "Secret")}
    for _, pod in pod_specs():
        sources = pod["containers"][0]["envFrom"]
        assert {source[kind]["name"] for source in sources for kind in source} == names
