"""Requests without end that schemathesis makes up, to a server on each database: `make fuzz`.

Every check is on: statuses, media types, headers and schemas as documented, wrong requests refused, right ones taken,
and chains of requests in which one uses what another has answered. `python -m tests.contract.fuzz sqlite 20` makes at
most 20 requests of each kind for each operation, on SQLite only.
"""

import contextlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.postgres import Postgres
from tests.server_process import run_server

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
MAX_EXAMPLES = "150"
SEED = "20261128"
MAX_RESPONSE_S = "60"
"""Seconds for one answer: on a busy machine a moving picture takes more than the 10 that schemathesis waits."""
DATABASES = ("sqlite", "postgresql")


@contextlib.contextmanager
def database_url(name: str) -> Iterator[str]:
    """Yield the address of an empty database; empty for SQLite, which is in the data folder."""
    if name == "sqlite":
        yield ""
        return
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)  # PostgreSQL does not run as root, but as a user of its own
    server = Postgres(folder)
    server.start()
    try:
        yield server.database_url(server.create_database())
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def fuzz(name: str, max_examples: str) -> int:
    """Send the requests to a server on one database. Return the status of schemathesis: 0 where nothing is wrong."""
    folder = Path(tempfile.mkdtemp())
    try:
        with database_url(name) as url, run_server(folder, seed="if-empty", database_url=url) as server:
            command = [
                *(str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(CONFIGURATION)),
                *("run", f"http://127.0.0.1:{server.port}/openapi.json", "--checks", "all", "--mode", "all"),
                *("--phases", "examples,coverage,fuzzing,stateful", "--max-examples", max_examples, "--seed", SEED),
                *("--continue-on-failure", "--no-color", "--suppress-health-check", "all"),
                *("--request-timeout", MAX_RESPONSE_S, "--max-response-time", MAX_RESPONSE_S),
            ]
            return subprocess.run(command, check=False).returncode
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if not argument.isdigit()]
    limit = next((argument for argument in sys.argv[1:] if argument.isdigit()), MAX_EXAMPLES)
    sys.exit(max(fuzz(name, limit) for name in arguments or DATABASES))
