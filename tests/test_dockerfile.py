"""The Dockerfile without an engine: its steps are read and carried out in a temporary folder, then its server runs."""

import contextlib
import fcntl
import json
import os
import pickle
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from app.kit.settings import PROJECT_ROOT

pytestmark = pytest.mark.image

HOME = "/opt/thoracic"
COMPILER = shutil.which("gcc")
STRIPPED = ("THORACIC_", "PYTHON", "VIRTUAL_ENV", "COVERAGE")


class Step(NamedTuple):
    """One instruction of the Dockerfile."""

    word: str
    rest: str


class Image:
    """What the steps made: the folder that stands for `/`, and what was declared."""

    def __init__(self, root: Path) -> None:
        self.root, self.stages = root, [root / "nothing"]
        self.declared: dict[str, str] = {}
        self.environment: dict[str, str] = {}
        self.at = ""

    def place(self, text: str) -> str:
        """`text` with the paths of the image as they are in the stage's folder."""
        return re.sub(r"(?<![\w.])/(opt/thoracic|data)\b", lambda found: f"{self.stages[-1]}/{found[1]}", text)

    def folder(self) -> Path:
        return Path(self.place(self.at)) if self.at else self.stages[-1]

    def variables(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(STRIPPED)}
        own = {name: self.place(value) for name, value in self.environment.items()}
        return kept | own | {"PATH": f"{self.root / 'bin'}:{os.environ['PATH']}"} | more

    def run(self, command: str | list[str], **more: str) -> subprocess.CompletedProcess[str]:
        words = ["sh", "-c", self.place(command)] if isinstance(command, str) else command
        environment = self.variables(**more)
        return subprocess.run(
            words, cwd=self.folder(), env=environment, capture_output=True, text=True, timeout=300, check=False
        )


def read_steps() -> list[Step]:
    text = re.sub(r"^#.*\n", "", (PROJECT_ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [Step(*line.split(maxsplit=1)) for line in lines if line.strip()]


def read_ignore_rules() -> list[str]:
    """The lines of `.dockerignore`, without comments."""
    return [line for line in (PROJECT_ROOT / ".dockerignore").read_text().splitlines() if not line.startswith("#")]


def ignore_excluded(folder: str, names: list[str]) -> list[str]:
    """The children of a folder that the engine is not sent; made for `shutil.copytree`."""
    patterns = [rule for rule in read_ignore_rules()[1:] if not rule.startswith("!")]
    paths = {name: (Path(folder) / name).relative_to(PROJECT_ROOT) for name in names}
    return [name for name, path in paths.items() if any(path.match(pattern) for pattern in patterns)]


def copy(image: Image, rest: str) -> None:
    words = shlex.split(rest)
    staged = words[0].startswith("--from=")
    *sources, target = words[1:] if staged else words
    for source in sources:
        if staged and target == "./":
            for child in (image.stages[-2] / source.lstrip("/")).iterdir():
                child.rename(image.folder() / child.name)
            continue
        there = image.folder() / (Path(source).name if target == "./" else target)
        if staged:
            (image.stages[-2] / source.lstrip("/")).rename(there)
        elif (PROJECT_ROOT / source).is_dir():
            shutil.copytree(PROJECT_ROOT / source, there, ignore=ignore_excluded)
        else:
            shutil.copy(PROJECT_ROOT / source, there)


def run(image: Image, rest: str) -> None:
    """Offline first: what the tests' own set-up fetched is in the cache of packages."""
    if "mypyc" in rest and COMPILER is None:
        return
    if "pip install" in rest and not rest.startswith("uv") and shutil.which("uv", path=str(image.root / "bin")):
        return
    done = image.run(rest, UV_OFFLINE="1")
    if done.returncode:
        done = image.run(rest)
    assert done.returncode == 0, f"{rest}\n{done.stdout}\n{done.stderr}"


def build(root: Path, steps: list[Step]) -> Image:
    image = Image(root)
    for word, rest in steps:
        if word == "FROM":
            image.stages.append(root / f"stage-{len(image.stages)}")
            image.stages[-1].mkdir()
            image.at, image.environment = "", {}
        elif word == "WORKDIR":
            image.at = rest
            image.folder().mkdir(parents=True, exist_ok=True)
        elif word == "ENV":
            image.environment |= dict(pair.split("=", 1) for pair in shlex.split(rest))
        elif word == "COPY":
            copy(image, rest)
        elif word == "RUN":
            run(image, rest)
        else:
            image.declared[word] = rest
    return image


@pytest.fixture(scope="module")
def steps() -> list[Step]:
    return read_steps()


@pytest.fixture(scope="module")
def image(steps: list[Step], tmp_path_factory: pytest.TempPathFactory) -> Image:
    """The image's folders, made once for all workers of a test run: compiling takes a minute."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    made = folder / "image.pickle"
    with (folder / "image.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            made.write_bytes(pickle.dumps(make_image(folder / "image", steps)))
        loaded = pickle.loads(made.read_bytes())  # written by this run, a few lines above
    assert isinstance(loaded, Image)
    return loaded


def make_image(root: Path, steps: list[Step]) -> Image:
    """The image's folders, made by its own commands; users are not made and owners not changed on this machine."""
    root.mkdir()
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    subprocess.run([sys.executable, "-m", "venv", root / "python", *(["--without-pip"] if uv else [])], check=True)
    (root / "bin").mkdir()
    (root / "bin" / "python").symlink_to(root / "python" / "bin" / "python")
    for name in ("useradd", "chown", "apt-get"):
        (root / "bin" / name).symlink_to("/bin/true")
    (root / "bin" / "uv").symlink_to(uv or root / "python" / "bin" / "uv")
    return build(root, steps)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    return number


@contextlib.contextmanager
def served(image: Image, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The image's server by its own command, on the loopback."""
    environment = image.variables(THORACIC_HOST="127.0.0.1", THORACIC_PORT=str(port))
    with (image.root / "log").open("wb") as log:
        process = subprocess.Popen(
            json.loads(image.declared["CMD"]), cwd=image.folder(), env=environment, stdout=log, stderr=log
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def healthy(image: Image, port: int) -> bool:
    command = json.loads(image.declared["HEALTHCHECK"].partition("CMD ")[2])
    return image.run(command, THORACIC_PORT=str(port)).returncode == 0


def test_only_what_is_sent_to_the_engine_is_copied(steps: list[Step]) -> None:
    rules = read_ignore_rules()
    assert rules[0] == "*"
    sent = {rule[1:] for rule in rules if rule.startswith("!")}
    copied = {
        name
        for word, rest in steps
        if word == "COPY" and not rest.startswith("--from")
        for name in shlex.split(rest)[:-1]
    }
    assert copied == sent


def test_the_image_has_the_drawings_but_not_the_drawing_program(image: Image) -> None:
    figures = image.folder() / "app" / "figures"
    assert any((figures / "assets").iterdir())
    assert not (figures / "drawing").exists()
    assert (PROJECT_ROOT / "app" / "figures" / "drawing").is_dir()


def test_a_user_without_rights_serves_and_only_the_data_is_theirs(steps: list[Step]) -> None:
    assert Step("USER", "thoracic") in steps
    last_run = max(number for number, step in enumerate(steps) if step.word == "RUN")
    assert steps.index(Step("USER", "thoracic")) > last_run
    assert [step.rest for step in steps if "chown" in step.rest] == ["mkdir /data && chown thoracic:thoracic /data"]


def test_it_listens_outside_and_keeps_its_data_on_a_volume(image: Image) -> None:
    assert image.environment["THORACIC_HOST"] == "0.0.0.0"
    assert image.environment["THORACIC_DATA_DIR"] == image.declared["VOLUME"] == "/data"
    assert image.environment["THORACIC_PORT"] == image.declared["EXPOSE"]


def test_every_package_of_the_image_is_one_of_the_lock_and_none_is_for_tests(image: Image) -> None:
    said = "import importlib.metadata as m; print(*(f'{d.name}=={d.version}' for d in m.distributions()))"
    listed = image.run([".venv/bin/python", "-c", said])
    installed = {word.lower().replace("_", "-") for word in listed.stdout.split()}
    locked = set(re.findall(r"^([a-z0-9.-]+==[^ ]+)", (PROJECT_ROOT / "requirements.lock").read_text(), re.MULTILINE))
    assert installed <= locked
    names = {pin.partition("==")[0] for pin in installed}
    assert {"fastapi", "uvicorn", "psycopg-binary", "icalendar"} <= names
    assert names.isdisjoint({"pytest", "hypothesis", "playwright", "mypy", "ruff", "numpy", "highspy", "pip"})


BUILDS = """
import hashlib
from pathlib import Path
from app.editing.derive import derive_exercises
from app.editing.seed_files import read_seed
from app.sessions.build import build_session
from app.schemas.session_request import SessionRequest
from app.sessions.problem.exercise_index import ExerciseIndex
from app.sessions.solver import search
files, _ = read_seed(Path({seed!r}))
index = ExerciseIndex(derive_exercises(files.exercises, {{}}).values())
told = hashlib.sha256()
for n, goals in enumerate((("posture",), ("rotation", "extension"), ("strength", "stability", "overhead"))):
    for seconds in (60, 300, 720, 1800, 3600):
        wish = {{"duration_s": seconds, "goals": [{{"goal": goal}} for goal in goals], "level": 3, "seed": n}}
        kit = {{"available_equipment": ["chair", "wall", "resistance_band"]}}
        told.update(repr(build_session(SessionRequest.model_validate(wish | kit), index)).encode())
print(Path(search.__file__).suffix, told.hexdigest())
"""


@pytest.mark.skipif(COMPILER is None, reason="no C compiler on this machine: the search was not compiled")
def test_the_compiled_search_gives_the_very_sessions_of_the_source(image: Image) -> None:
    program = BUILDS.format(seed=str(PROJECT_ROOT / "seed"))
    native = image.run([".venv/bin/python", "-c", program])
    command = [sys.executable, "-c", program]
    plain = subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, text=True, check=False)
    assert (native.returncode, plain.returncode) == (0, 0), native.stderr + plain.stderr
    assert native.stdout.split()[0] == ".so"
    assert plain.stdout.split()[0] == ".py"
    assert native.stdout.split()[1] == plain.stdout.split()[1]


def files_of(image: Image) -> set[Path]:
    return {path for path in image.folder().rglob("*") if ".venv" not in path.parts}


def test_its_server_answers_is_found_healthy_and_stops_when_told(image: Image) -> None:
    program, port = files_of(image), free_port()
    assert not healthy(image, port)
    until = time.monotonic() + 60
    with served(image, port) as server:
        while not healthy(image, port):
            said = (image.root / "log").read_text()
            assert server.poll() is None, said
            assert time.monotonic() < until, said
            time.sleep(0.2)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/exercises?limit=1", timeout=10) as answer:
            assert json.load(answer)["total"] >= 16
        server.send_signal(signal.SIGTERM)
        server.wait(10)
    assert "Application shutdown complete" in (image.root / "log").read_text()
    assert Path(image.place("/data/thoracic.db")).is_file()
    assert files_of(image) == program
