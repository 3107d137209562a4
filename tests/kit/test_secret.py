"""The secret behind session ids: made once, whoever starts at the same moment, and closed to others."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

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
    assert Settings(data_dir=tmp_path, secret="given").secret_key() == b"given"
    assert list(tmp_path.iterdir()) == []
