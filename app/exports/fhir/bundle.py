"""Several definitions as one Bundle, which a FHIR server takes in with one request."""

from collections.abc import Iterable

from app.exports.fhir.elements import Resource


def describe_bundle(resources: Iterable[Resource]) -> Resource:
    """Return a transaction that puts each resource under its own id: sent twice, it changes nothing."""
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [
            {
                "fullUrl": resource["url"],
                "resource": resource,
                "request": {"method": "PUT", "url": f"{resource['resourceType']}/{resource['id']}"},
            }
            for resource in resources
        ],
    }
