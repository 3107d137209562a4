"""A copy of the catalogue as an app keeps it, and the changes applied to it as the documentation says."""

import json
from collections.abc import Mapping
from typing import Any


def apply_changes(copy: dict[str, Any], feed: Mapping[str, Any]) -> None:
    """Apply one page of the feed to a copy of the bundle."""
    for change in feed["items"]:
        records = {record["slug"]: record for record in copy[f"{change['kind']}s"]}
        if change["action"] == "upsert":
            records[change["slug"]] = change["record"]
        else:
            records.pop(change["slug"], None)
        copy[f"{change['kind']}s"] = [records[slug] for slug in sorted(records)]
    copy["serial"] = feed["next_since"]


def write_json(copy: Mapping[str, Any]) -> bytes:
    """Return a copy as the bytes that the service would send."""
    return json.dumps(copy, ensure_ascii=False, separators=(",", ":")).encode()
