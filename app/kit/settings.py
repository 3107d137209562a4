"""Settings, read from the environment once and handed down; every one is listed in the README."""

import fcntl
import ipaddress
import os
import re
import secrets
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.kit.links import PATH_PREFIX

PROJECT_ROOT = Path(__file__).resolve().parents[2]
"""The folder that holds `app/`, `migrations/` and `seed/`."""
ENVIRONMENT_PREFIX = "THORACIC_"
"""What the name of every setting begins with in the environment."""
SECRET_BYTES = 32
"""Random bytes of a secret that the service makes itself."""
MIN_SECRET_BYTES = 16
"""Bytes of the shortest secret that is taken: a shorter one can be guessed, and with it the ids of sessions."""
POSTGRESQL_SCHEME = re.compile(r"postgres(ql(\+psycopg)?)?://")
DATABASE_SCHEME = re.compile(r"(sqlite(\+pysqlite)?|postgres|postgresql(\+psycopg)?)://.*")
PUBLIC_URL = re.compile(rf"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:\d+)?({PATH_PREFIX})?")
"""Scheme, host, and where there are such port and path."""
ANY_PROXY = "*"


class Settings(BaseSettings):
    """Every setting with its default. Names in the environment are these in capitals after `THORACIC_`."""

    model_config = SettingsConfigDict(env_prefix=ENVIRONMENT_PREFIX, frozen=True, extra="ignore")

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    data_dir: Path = Field(PROJECT_ROOT / "data", description="Folder of the SQLite database, the lock and the secret.")
    workers: int = Field(
        1, ge=1, le=64, description="Processes that serve on the address; each has its own connections and builders."
    )
    database_url: str = Field("", description="PostgreSQL or SQLite address; empty: SQLite in the data folder.")
    read_url: str = Field(
        "", description="PostgreSQL address of a read replica; empty: everything is read from `database_url`."
    )
    seed_extra: str = Field(
        "",
        description="Folders of partners' own exercises, with the separator of `PATH` between them; `serve` loads them "
        "at every start, unless `THORACIC_SEED` is `never`.",
    )
    seed: Literal["if-empty", "always", "never"] = Field("if-empty", description="When `serve` loads `seed/`.")
    public_url: str = Field(
        "", description="Address under which clients find the service, with its path; empty: taken from the request."
    )
    trusted_proxies: str = Field(
        "127.0.0.1,::1", description="Addresses and networks whose `X-Forwarded` headers are believed; `*`: all."
    )
    secret: str = Field("", description="Key of the session ids; empty: made once and kept in the data folder.")
    session_days: int = Field(90, ge=1, le=3650, description="Days that a built session is kept.")
    max_body_bytes: int = Field(524288, ge=1024, description="Largest request body in bytes.")
    max_cache_bytes: int = Field(6291456, ge=0, description="Most bytes of answers that are kept in memory; 0: none.")
    max_url_bytes: int = Field(8192, ge=256, description="Largest address of a request in bytes.")
    max_head_bytes: int = Field(32768, ge=1024, description="Most bytes of all headers of a request; also of trailers.")
    max_headers: int = Field(100, ge=10, description="Most headers of a request.")
    head_timeout_s: float = Field(10, gt=0, description="Seconds in which the headers of a request must arrive.")
    body_timeout_s: float = Field(
        30,
        gt=0,
        description="Longest pause in seconds in sending a body or reading an answer; four times it: a whole body.",
    )
    max_connections: int = Field(1000, ge=10, le=100_000, description="Most open connections of one process.")
    max_address_connections: int = Field(
        100, ge=1, le=100_000, description="Most open connections of one address that is no trusted proxy."
    )
    shutdown_timeout_s: int = Field(
        20, ge=1, description="Seconds that open requests have left when the service is stopped."
    )
    build_workers: int = Field(
        2,
        ge=0,
        le=64,
        description="Processes that build sessions, one at a time each; 0: a thread of the service builds them.",
    )
    drain_s: float = Field(
        0, ge=0, description="Seconds from SIGTERM on in which `/readyz` is 503 and everything else is still answered."
    )
    max_waiting_builds: int = Field(8, ge=0, le=10_000, description="Builds that wait; one more is answered 503.")
    public_rate: int = Field(
        600,
        ge=0,
        le=1_000_000,
        description="Requests a minute of one address without a key (IPv6: of a /64); 0: no limit. "
        "Unless it is set, there is none for clients on this machine.",
    )
    key_rate: int = Field(
        6000, ge=0, le=1_000_000, description="Requests a minute of a key that has no rate of its own; 0: no limit."
    )
    max_own_exercises: int = Field(
        200, ge=0, le=10_000, description="Exercises of its own that a partner may keep; one more is refused."
    )
    rate_store: Literal["auto", "memory", "database"] = Field(
        "auto",
        description="Where rates are counted: `memory` of each process, `database` for all, or `auto`: the database "
        "where it is PostgreSQL or several processes serve.",
    )
    max_running_pictures: int = Field(
        1,
        ge=1,
        le=64,
        description="Still pictures, as many moving ones and as many hand-outs that are made at a time, in processes.",
    )
    max_waiting_pictures: int = Field(
        100, ge=0, le=10_000, description="Still pictures that wait to be rendered; one more is answered 503."
    )
    max_waiting_motions: int = Field(
        16,
        ge=0,
        le=10_000,
        description="Moving pictures, and as many hand-outs, that wait to be made; one more is answered 503.",
    )
    database_wait_s: float = Field(
        30, ge=0, le=3600, description="Seconds that a start waits for a database server that is away."
    )
    database_timeout_s: float = Field(
        1.5, gt=0, le=60, description="Seconds after which a request does not wait for the database any more."
    )
    max_database_threads: int = Field(
        4, ge=1, le=64, description="Requests that read the database at a time, and as many that write it."
    )
    webhook_loopback: bool = Field(
        False, description="Whether webhooks may lead to this machine, also without TLS: to try them out only."
    )
    metrics: bool = Field(True, description="Whether `/metrics` answers.")
    slow_ms: int = Field(500, ge=0, description="Requests slower than this many milliseconds are logged; 0: none.")
    access_log: bool = Field(False, description="A log line for every request.")
    log_format: Literal["auto", "json", "text"] = Field(
        "auto", description="`json`, `text`, or `auto`: text at a terminal, else JSON."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged.")

    @field_validator("database_url")
    @classmethod
    def check_database_url(cls, value: str) -> str:
        """Return the address. Raises `ValueError` for one of a database that is neither SQLite nor PostgreSQL."""
        if value and not DATABASE_SCHEME.fullmatch(value):
            raise ValueError("Give postgresql://user:password@host/name, or sqlite:////folder/file.db, or nothing")
        return value

    @field_validator("read_url")
    @classmethod
    def check_read_url(cls, value: str, info: ValidationInfo) -> str:
        """Return the address. Raises `ValueError` for one that is not of PostgreSQL, or without a primary."""
        if value and not POSTGRESQL_SCHEME.match(value):
            raise ValueError("Give postgresql://user:password@host/name of a replica, or nothing")
        if value and not POSTGRESQL_SCHEME.match(info.data.get("database_url", "")):
            raise ValueError("It needs the address of the primary, a PostgreSQL server, in THORACIC_DATABASE_URL")
        return value

    @field_validator("secret")
    @classmethod
    def check_secret(cls, value: str) -> str:
        """Return the secret. Raises `ValueError` for one that is too short."""
        if value and len(value.strip().encode()) < MIN_SECRET_BYTES:
            raise ValueError(f"Give at least {MIN_SECRET_BYTES} random bytes, or nothing: a secret is made then")
        return value

    @field_validator("public_url")
    @classmethod
    def check_public_url(cls, value: str) -> str:
        """Return the address without a slash at its end. Raises `ValueError` for what no link can start with."""
        url = value.strip().rstrip("/")
        if url and not PUBLIC_URL.fullmatch(url):
            raise ValueError("Give an address such as https://example.org or https://example.org/exercises")
        return url

    @field_validator("trusted_proxies")
    @classmethod
    def check_trusted_proxies(cls, value: str) -> str:
        """Return the list without spaces. Raises `ValueError` for an entry that is no address, network or `*`."""
        entries = [entry.strip() for entry in value.split(",") if entry.strip()]
        if ANY_PROXY in entries:
            return ANY_PROXY
        for entry in entries:
            ipaddress.ip_network(entry)
        return ",".join(entries)

    @property
    def extra_seed_folders(self) -> list[Path]:
        """The folders of partners' own exercises."""
        return [Path(folder) for folder in self.seed_extra.split(os.pathsep) if folder]

    @property
    def database(self) -> str:
        """The address of the database as SQLAlchemy wants it, with psycopg 3 for PostgreSQL."""
        if not self.database_url:
            return f"sqlite:///{self.data_dir / 'thoracic.db'}"
        return _choose_driver(self.database_url)

    @property
    def read_replica(self) -> str:
        """The address of the read replica in the same form; empty without one."""
        return _choose_driver(self.read_url)

    @property
    def shares_rates(self) -> bool:
        """Whether rates are counted in the database, for all processes together."""
        is_shared = self.workers > 1 or bool(POSTGRESQL_SCHEME.match(self.database_url))
        return self.rate_store == "database" or (self.rate_store == "auto" and is_shared)

    def secret_key(self) -> bytes:
        """Return the secret of the session ids. Without a setting it is made once and kept in the data folder.

        Raises `OSError` where the file cannot be read or made, and `ValueError` where it holds too little.
        """
        if self.secret:
            return self.secret.encode()
        path = self.data_dir / "secret"
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = path.read_bytes() if path.exists() else b""
        secret = (content or _make_secret(path)).strip()
        if len(secret) < MIN_SECRET_BYTES:
            raise ValueError(f"{path} holds fewer than {MIN_SECRET_BYTES} bytes: restore it or remove it")
        return secret


def _choose_driver(address: str) -> str:
    """Return an address with psycopg 3 as the driver of PostgreSQL."""
    return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", address)


def _make_secret(path: Path) -> bytes:
    """Make the secret in a file that is empty or missing, and return it. Of several starts at once, one makes it."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        secret = file.read()
        if not secret:
            secret = secrets.token_hex(SECRET_BYTES).encode()
            file.write(secret)
    return secret
