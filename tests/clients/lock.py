"""Drops from package-lock.json what names a host: the pages where packages ask for money."""

import json
from pathlib import Path

LOCKS = [Path(__file__).parents[1] / folder / "package-lock.json" for folder in ("clients", "pictures", "site")]


def drop_hosts() -> None:
    """Rewrite the locks without the `funding` of packages. Versions and hashes stay as npm has written them."""
    for path in LOCKS:
        lock = json.loads(path.read_text())
        for package in lock["packages"].values():
            package.pop("funding", None)
        path.write_text(json.dumps(lock, indent=2) + "\n")


if __name__ == "__main__":
    drop_hosts()
