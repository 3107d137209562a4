"""The kinds of records: every name that is derived from a kind exists."""

from sqlmodel import SQLModel

from app.changes.record_kind import RecordKind
from tests.app_client import Client


def test_each_kind_has_a_table_a_schema_and_a_path(client: Client) -> None:
    document = client.get("/openapi.json").json()
    for kind in RecordKind:
        assert kind.value in SQLModel.metadata.tables
        assert kind.value.capitalize() in document["components"]["schemas"]
        assert {kind.path, kind.path + "/{slug}"} <= set(document["paths"])
