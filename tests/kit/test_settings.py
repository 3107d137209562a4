"""Settings: from the environment, checked, and a secret that survives a restart."""

import stat
from pathlib import Path

import pydantic
import pytest

from app.kit.settings import Settings


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THORACIC_PORT", "8123")
    monkeypatch.setenv("THORACIC_SEED", "always")
    settings = Settings()
    assert (settings.port, settings.seed, settings.host) == (8123, "always", "127.0.0.1")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "70000"),
        ("PORT", "many"),
        ("SEED", "maybe"),
        ("SESSION_DAYS", "0"),
        ("MAX_BODY_BYTES", "1"),
        ("SLOW_MS", "-1"),
        ("PUBLIC_URL", "example.org"),
        ("PUBLIC_URL", "https://example.org/a//b"),
        ("PUBLIC_URL", "https://example.org/?a=b"),
        ("PUBLIC_URL", "https://user@example.org"),
        ("TRUSTED_PROXIES", "proxy.internal"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("SECRET", "a"),
        ("SECRET", " " * 40),
        ("DATABASE_URL", "mysql://u@h/d"),
        ("DATABASE_URL", "thoracic.db"),
        ("READ_URL", "sqlite:////tmp/replica.db"),
        ("READ_URL", "postgresql://replica/d"),  # without a primary
    ],
)
def test_nonsense_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"THORACIC_{name}", value)
    with pytest.raises(pydantic.ValidationError):
        Settings()


def test_addresses_are_brought_into_one_form() -> None:
    settings = Settings(public_url=" https://[::1]:8443/pub/ ", trusted_proxies="10.0.0.0/8, ::1")
    assert (settings.public_url, settings.trusted_proxies) == ("https://[::1]:8443/pub", "10.0.0.0/8,::1")
    assert Settings(trusted_proxies="::1,*").trusted_proxies == "*"


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


@pytest.mark.parametrize(
    ("database_url", "expected"),
    [
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql://u@h:1/d", "postgresql+psycopg://u@h:1/d"),
        ("postgresql+psycopg://h/d", "postgresql+psycopg://h/d"),
        ("sqlite:////tmp/x.db", "sqlite:////tmp/x.db"),
        ("", "sqlite:////data/thoracic.db"),
    ],
)
def test_the_address_of_the_database(database_url: str, expected: str) -> None:
    assert Settings(database_url=database_url, data_dir=Path("/data")).database == expected


def test_the_secret_is_made_once_and_for_our_eyes(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new", secret="")
    first = settings.secret_key()
    assert len(first) >= 32
    assert settings.secret_key() == Settings(data_dir=tmp_path / "new", secret="").secret_key() == first
    assert stat.S_IMODE((tmp_path / "new" / "secret").stat().st_mode) == 0o600
    assert Settings(data_dir=tmp_path / "other", secret="").secret_key() != first
    assert (
        Settings(data_dir=tmp_path / "third", secret="a secret that is given").secret_key() == b"a secret that is given"
    )
    assert not (tmp_path / "third").exists()
