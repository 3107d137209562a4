"""Drops from package-lock.json what names a host: the pages where packages ask for money."""

import json
from pathlib import Path

LOCK = Path(__file__).parent / "package-lock.json"


def drop_hosts() -> None:
    """Rewrite the lock without the `funding` of packages. Versions and hashes stay as npm has written them."""
    lock = json.loads(LOCK.read_text())
    for package in lock["packages"].values():
        package.pop("funding", None)
    LOCK.write_text(json.dumps(lock, indent=2) + "\n")


if __name__ == "__main__":
    drop_hosts()
