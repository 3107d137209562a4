"""nginx with TLS before a running service, configured by the example that is documented."""

import contextlib
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
import trustme

from app.kit.settings import PROJECT_ROOT

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
NEEDS_NGINX = pytest.mark.skipif(
    NGINX is None, reason="no nginx on this machine: on Debian, apt-get install nginx-light"
)
EXAMPLE = PROJECT_ROOT / "deploy" / "nginx.conf"
START_TIMEOUT_S = 20
MAIN_CONFIGURATION = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/example.conf;
}}
"""


class Proxy(NamedTuple):
    """A running nginx: the address of the prefix with a slash at its end, the authority that signs for it, its logs."""

    url: str
    context: ssl.SSLContext
    folder: Path

    def open_client(self) -> httpx.Client:
        """Return a client that trusts the authority; its base is the prefix."""
        return httpx.Client(base_url=self.url, verify=self.context, timeout=60)


def find_free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextlib.contextmanager
def run_nginx(folder: Path, port: int, service_port: int, changes: Mapping[str, str] | None = None) -> Iterator[Proxy]:
    """Run nginx at `port` for the block, with the example as documented but for ports, certificate and `changes`."""
    assert NGINX is not None
    folder.mkdir()
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost")
    certificate.private_key_and_cert_chain_pem.write_to_path(folder / "server.pem")
    replacements = {
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{service_port};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;",
        "server_name example.org;": "server_name localhost;",
        "/etc/ssl/certs/example.org.pem": f"{folder}/server.pem",
        "/etc/ssl/private/example.org.key": f"{folder}/server.pem",
        "/var/log/nginx/thoracic-access.log": f"{folder}/thoracic-access.log",
        "/var/log/nginx/thoracic-error.log": f"{folder}/thoracic-error.log",
        "rate=20r/s": "rate=10000r/s",
        **(changes or {}),
    }
    text = EXAMPLE.read_text()
    for documented, tested in replacements.items():
        assert text.count(documented) == 1, documented
        text = text.replace(documented, tested)
    (folder / "example.conf").write_text(text)
    (folder / "nginx.conf").write_text(MAIN_CONFIGURATION.format(folder=folder))
    process = subprocess.Popen([NGINX, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"])
    try:
        _wait_for(process, port, folder / "error.log")
        context = ssl.create_default_context()
        authority.configure_trust(context)
        yield Proxy(f"https://localhost:{port}/pub/", context, folder)
    finally:
        process.terminate()
        process.wait(START_TIMEOUT_S)


def _wait_for(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        else:
            return
