"""All pictures in one archive: what is in it, how large it is, and that the same pictures give the same bytes."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.catalogue.snapshot import Snapshot
from app.kit.settings import Settings
from app.offline.archive_store import ArchiveStore
from app.offline.figure_archive import ArchivedPicture, FigureArchive
from tests.app_client import Client
from tests.kit.raw_asgi import send_raw_request

MAX_COLD_START_BYTES = 450_000
"""Of the whole catalogue and all stills, in two requests."""
FEW = ["cat-cow", "open-book"]


def read_archive(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_phone_needs_two_requests_for_everything_and_nothing_more_on_an_unchanged_day(client: Client) -> None:
    wanted = [(b"accept-encoding", b"br")]
    answers = [send_raw_request(client, "GET", path, b"", wanted) for path in ("/v1/catalogue", "/v1/figures.zip")]
    assert sum(len(answer.content) for answer in answers) <= MAX_COLD_START_BYTES
    pictures = read_archive(client.get("/v1/figures.zip").content)
    for path, answer in zip(("/v1/catalogue", "/v1/figures.zip"), answers, strict=True):  # the next day
        known = [*wanted, (b"if-none-match", answer.headers["etag"].encode())]
        again = send_raw_request(client, "GET", path, b"", known)
        assert (again.status, again.content) == (304, b"")
    serial = answers[0].headers["x-catalogue-serial"]
    assert client.get(f"/v1/changes?since={serial}").json()["items"] == []
    assert list(pictures) == [
        f"{exercise['slug']}.svg" for exercise in client.get("/v1/catalogue").json()["exercises"] if exercise["figure"]
    ]


@pytest.mark.parametrize("query", ["", "?phase=end&theme=dark", "?frame=icon"])
def test_its_pictures_are_those_of_the_single_addresses(client: Client, query: str) -> None:
    answer = client.get(f"/v1/figures.zip{query}")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "public, max-age=60, stale-while-revalidate=600"
    for name, picture in list(read_archive(answer.content).items())[::20]:
        assert picture == client.get(f"/v1/exercises/{name.removesuffix('.svg')}/figure.svg{query}").content
    known = {"If-None-Match": answer.headers["etag"]}
    assert client.get(f"/v1/figures.zip{query}", headers=known).status_code == 304


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Archives of two pictures: a hundred motions take minutes."""
    list_pictures = FigureArchive.list_pictures

    def list_few(archive: FigureArchive, catalogue: Snapshot) -> list[ArchivedPicture]:
        return [picture for picture in list_pictures(archive, catalogue) if picture.slug in FEW]

    monkeypatch.setattr(FigureArchive, "list_pictures", list_few)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("format=svg&phase=animated", "figure.svg?phase=animated"),
        ("format=lottie&theme=dark", "figure.json?theme=dark"),
        ("format=webp", "figure.webp"),
    ],
)
def test_an_archive_of_motions_is_made_once_and_sent_meanwhile(
    settings: Settings, start_client: Callable[[Settings], Client], query: str, address: str
) -> None:
    client = start_client(settings)
    made, kept = (client.get(f"/v1/figures.zip?{query}") for _ in range(2))
    assert made.content == kept.content
    assert made.headers["etag"] == kept.headers["etag"]
    [file] = (settings.data_dir / "archives").iterdir()
    assert file.read_bytes() == kept.content
    ending = address[len("figure") :].partition("?")[0]
    pictures = read_archive(kept.content)
    assert list(pictures) == [f"{slug}{ending}" for slug in FEW]
    for slug in FEW:
        assert pictures[f"{slug}{ending}"] == client.get(f"/v1/exercises/{slug}/{address}").content
    again = client.get(f"/v1/figures.zip?{query}", headers={"If-None-Match": kept.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", kept.headers["etag"])
    head = client.request("HEAD", f"/v1/figures.zip?{query}")
    assert (head.status_code, head.headers["content-length"]) == (200, str(len(kept.content)))


@pytest.mark.usefixtures("few")
def test_what_was_redrawn_takes_the_place_of_the_old_one(
    settings: Settings, start_client: Callable[[Settings], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = start_client(settings)
    before = client.get("/v1/figures.zip?format=lottie")
    monkeypatch.setattr("app.offline.figure_archive.hash_figure", lambda *_: "redrawn")
    after = client.get("/v1/figures.zip?format=lottie")
    assert after.headers["etag"] != before.headers["etag"]
    assert len(list((settings.data_dir / "archives").iterdir())) == 1


@pytest.mark.usefixtures("few")
def test_a_picture_that_cannot_be_made_ends_the_answer_and_leaves_nothing(
    settings: Settings, start_client: Callable[[Settings], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = start_client(settings)

    def fail(*_: object) -> bytes:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr("app.offline.archive_store.render_vectors", fail)
        with pytest.raises(AssertionError):  # of the client: the answer never came to its end
            client.get("/v1/figures.zip?format=lottie")
    assert list((settings.data_dir / "archives").iterdir()) == []
    assert read_archive(client.get("/v1/figures.zip?format=lottie").content).keys() == {f"{slug}.json" for slug in FEW}


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path, client: Client) -> None:
    (tmp_path / "file").touch()
    store = ArchiveStore(tmp_path / "file" / "archives", client.app.state.motion_limiter)
    part = store._make_part("a.zip")
    assert part.is_file()
    part.unlink()
    part.parent.rmdir()


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("format=webp&theme=auto", "theme: A webp picture has fixed colours. Send light or dark, or leave it out."),
        ("format=lottie&phase=end", "phase: A lottie picture is a motion. Send animated, or leave it out."),
        ("phase=animated&frame=icon", "frame: An archive of motions has one frame."),
        ("format=png", "format: "),
    ],
)
def test_a_choice_without_pictures_is_told_what_there_is(client: Client, query: str, detail: str) -> None:
    answer = client.get(f"/v1/figures.zip?{query}")
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(detail)
    assert answer.json()["errors"][0]["allowed"]
