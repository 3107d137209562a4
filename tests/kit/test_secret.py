"""The secret behind session ids: made once, whoever starts at the same moment, and closed to others."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from app.kit.settings import Settings

AT_ONCE = 16


def test_all_that_start_at_once_share_one_secret(tmp_path: Path) -> None:
    for round_number in range(20):
        settings = Settings(data_dir=tmp_path / str(round_number), secret="")
        barrier = Barrier(AT_ONCE)

        def ask(settings: Settings = settings, barrier: Barrier = barrier) -> bytes:
            barrier.wait()
            return settings.secret_key()

        with ThreadPoolExecutor(AT_ONCE) as pool:
            secrets_seen = {future.result() for future in [pool.submit(ask) for _ in range(AT_ONCE)]}
        assert len(secrets_seen) == 1
        assert len(secrets_seen.pop()) == 64


def test_the_secret_outlives_a_restart_and_is_for_its_owner_only(tmp_path: Path) -> None:
    first = Settings(data_dir=tmp_path, secret="").secret_key()
    assert Settings(data_dir=tmp_path, secret="").secret_key() == first
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_a_secret_that_is_given_is_used_and_never_stored(tmp_path: Path) -> None:
    assert Settings(data_dir=tmp_path, secret="a secret that is given").secret_key() == b"a secret that is given"
    assert list(tmp_path.iterdir()) == []


def test_a_secret_file_that_holds_too_little_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    for content in (b"\n", b"short\n"):
        path.write_bytes(content)
        with pytest.raises(ValueError, match="fewer than 16 bytes"):
            Settings(data_dir=tmp_path, secret="").secret_key()
        assert path.read_bytes() == content
    path.write_bytes(b"\xff" * 16)
    assert Settings(data_dir=tmp_path, secret="").secret_key() == b"\xff" * 16
