"""Several definitions as one Bundle, which a FHIR server takes in with one request."""

from collections.abc import Iterable
from datetime import datetime

from app.exports.fhir.elements import Resource
from app.kit.timestamps import format_timestamp


def describe_bundle(resources: Iterable[Resource], updated_at: datetime) -> Resource:
    """Return a transaction that puts each resource under its own id: sent twice, it changes nothing."""
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "timestamp": format_timestamp(updated_at),
        "entry": [
            {
                "fullUrl": resource["url"],
                "resource": resource,
                "request": {"method": "PUT", "url": f"{resource['resourceType']}/{resource['id']}"},
            }
            for resource in resources
        ],
    }
