"""Requests of every kind in the mix of a busy day, each with the status that it must be answered with."""

import random
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from typing import Any, NamedTuple

import httpx

from app.kit.closed_lists import list_words
from app.rules.vocabulary import Category, ConditionWithRules, Goal, Position
from benchmarks.session_requests import EQUIPMENT_SETS

CLIENTS = 6
"""Fewer than builds may run and wait, so that no request is refused because others wait."""
MAX_KNOWN_SESSIONS = 200
SEARCH_WORDS = ("rotation", "stiff", "thorasic", "band", "neck", "foam roller", "twsit", "breathe", "open book", "desk")
CACHED_PATHS = (
    "/", "/v1/exercises", "/v1/exercises?goal=rotation", "/v1/guidelines", "/v1/routines", "/v1/references",
    "/v1/vocabulary", "/v1/catalogue", "/v1/screening", "/v1/self-tests", "/v1/sessions/example",
)  # fmt: skip
PICTURES = ("svg", "svg?theme=dark", "svg?phase=start", "json", "png", "png?width=640", "webp", "gif")
CARE = [word for word in list_words(ConditionWithRules) if word != "vertebral_fracture_recent"]
IMPOSSIBLE = "urn:thoracic-mobility:problem:session-cannot-be-built"
TIMEOUT_S = 30


class Outcome(NamedTuple):
    """What was answered, and with which status it should have been."""

    response: httpx.Response
    expected: int


class KnownSession(NamedTuple):
    """A session that was built: its path, how many exercises it has, and the conditions it was built with."""

    path: str
    item_count: int
    conditions: list[str]


class MixedLoad:
    """Clients that ask at a steady rate until they are stopped. Counts answers by kind and status."""

    def __init__(self, port: int, requests_per_s: float, seed: int = 14) -> None:
        self.address, self.pause_s, self.seed = f"http://127.0.0.1:{port}", CLIENTS / requests_per_s, seed
        self.counts: Counter[tuple[str, int]] = Counter()
        self.seconds: dict[str, list[float]] = {}
        self.unexpected: list[str] = []
        self.sessions: deque[KnownSession] = deque(maxlen=MAX_KNOWN_SESSIONS)
        self.etags: dict[str, str] = {}
        self._lock, self._is_stopping = threading.Lock(), threading.Event()
        with self.open_client() as client:
            self.slugs = [item["slug"] for item in client.get("/v1/exercises?limit=100").json()["items"]]
            self.routines = [item["slug"] for item in client.get("/v1/routines?limit=100").json()["items"]]
            self.etags = {path: client.get(path).headers["ETag"] for path in CACHED_PATHS[1:]}
        self._threads = [threading.Thread(target=self._ask, args=(number,)) for number in range(CLIENTS)]

    def open_client(self) -> httpx.Client:
        """Return a client that keeps its connection."""
        return httpx.Client(base_url=self.address, timeout=TIMEOUT_S)

    def __enter__(self) -> "MixedLoad":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_stopping.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, number: int) -> None:
        rng, client = random.Random(self.seed + number), self.open_client()
        next_at = time.monotonic() + rng.uniform(0, self.pause_s)
        kinds, weights = tuple(KINDS), [weight for weight, _ in KINDS.values()]
        while not self._is_stopping.wait(max(0.0, next_at - time.monotonic())):
            next_at = max(next_at, time.monotonic() - 1) + self.pause_s
            kind = rng.choices(kinds, weights)[0]
            began_at = time.perf_counter()
            try:
                response, expected = KINDS[kind][1](self, client, rng)
            except httpx.HTTPError as error:
                self._note(kind, 0, time.perf_counter() - began_at, f"{kind}: {type(error).__name__}: {error}")
                continue
            fault = ""
            if response.status_code != expected:
                request = response.request
                fault = (
                    f"{kind}: {request.method} {request.url.raw_path.decode()} {request.read().decode()[:500]} "
                    f"is answered {response.status_code}, not {expected}: {response.text[:500]}"
                )
            self._note(kind, response.status_code, time.perf_counter() - began_at, fault)
        client.close()

    def _note(self, kind: str, status: int, seconds: float, fault: str) -> None:
        with self._lock:
            self.counts[kind, status] += 1
            self.seconds.setdefault(kind, []).append(seconds)
            if fault:
                self.unexpected.append(fault)


Send = Callable[[MixedLoad, httpx.Client, random.Random], Outcome]


def read_cached(_: MixedLoad, client: httpx.Client, rng: random.Random) -> Outcome:
    """Read one of the lists and documents that everybody reads."""
    return Outcome(client.get(rng.choice(CACHED_PATHS)), 200)


def read_again(load: MixedLoad, client: httpx.Client, rng: random.Random) -> Outcome:
    """Read what has not changed."""
    path = rng.choice(CACHED_PATHS[1:])
    return Outcome(client.get(path, headers={"If-None-Match": load.etags[path]}), 304)


def read_record(load: MixedLoad, client: httpx.Client, rng: random.Random) -> Outcome:
    """Read an exercise, whole or in part, or what may be done in place of it."""
    slug = rng.choice(load.slugs)
    form = rng.choice(("exercises/{}", "exercises/{}", "partial/exercises/{}?fields=name", "exercises/{}/alternatives"))
    return Outcome(client.get(f"/v1/{form.format(slug)}"), 200)


def read_filtered(_: MixedLoad, client: httpx.Client, rng: random.Random) -> Outcome:
    """Read a list with filters that hardly anybody has asked for before."""
    filters: dict[str, int | list[str]] = {
        "goal": rng.sample(list_words(Goal), rng.randint(0, 2)),
        "position": rng.sample(list_words(Position), rng.randint(0, 3)),
        "category": rng.sample(list_words(Category), rng.randint(0, 1)),
        "level_max": rng.randint(1, 5),
        "limit": rng.randint(1, 100),
    }
    return Outcome(client.get("/v1/exercises", params=filters), 200)


def search(_: MixedLoad, client: httpx.Client, rng: random.Random) -> Outcome:
    """Search for one or two words, some of them misspelt."""
    words = " ".join(rng.sample(SEARCH_WORDS, rng.randint(1, 2)))
    return Outcome(client.get("/v1/exercises", params={"q": words, "limit": rng.randint(1, 50)}), 200)


def read_picture(load: MixedLoad, client: httpx.Client, rng: random.Random) -> Outcome:
    """Read a picture in one of its formats."""
    return Outcome(client.get(f"/v1/exercises/{rng.choice(load.slugs)}/figure.{rng.choice(PICTURES)}"), 200)


def read_page(load: MixedLoad, client: httpx.Client, rng: random.Random) -> Outcome:
    """Read a page for people."""
    paths = [f"/exercises/{rng.choice(load.slugs)}", f"/routines/{rng.choice(load.routines)}", "/routines", "/gallery"]
    return Outcome(client.get(rng.choice(paths), headers={"Accept": "text/html"}), 200)


def build_session(load: MixedLoad, client: httpx.Client, rng: random.Random) -> Outcome:
    """Build a session, some with a condition."""
    conditions = rng.sample(CARE, 1) if rng.random() < 0.3 else []
    body = {
        "duration_s": rng.choice((120, 180, 300, 300, 420, 600, 900, 1200)),
        "goals": [{"goal": goal} for goal in rng.sample(list_words(Goal), rng.randint(1, 3))],
        "available_equipment": list(rng.choice(EQUIPMENT_SETS)),
        "conditions": conditions,
        "seed": rng.randrange(10**9),
    }
    response = client.post("/v1/sessions", json=body)
    if response.status_code == 201:
        load.sessions.append(_describe_session(response.json(), conditions))
    return Outcome(response, _expected_status(response))


def _expected_status(response: httpx.Response) -> int:
    """Return 201, or 422 where the service explains why there is no such session."""
    return 422 if IMPOSSIBLE in response.text else 201


def _describe_session(session: dict[str, Any], conditions: list[str]) -> KnownSession:
    item_count = sum(len(phase["items"]) for phase in session["phases"])
    return KnownSession(f"/v1/sessions/{session['id']}", item_count, conditions)


def swap_exercise(load: MixedLoad, client: httpx.Client, rng: random.Random) -> Outcome:
    """Exchange one exercise of a session that was built."""
    if not load.sessions:
        return build_session(load, client, rng)
    session = rng.choice(load.sessions)
    body = {"position_in_session": rng.randint(1, session.item_count), "conditions": session.conditions}
    response = client.post(f"{session.path}/swap", json=body)
    return Outcome(response, _expected_status(response))


def read_session(load: MixedLoad, client: httpx.Client, rng: random.Random) -> Outcome:
    """Read a stored session again, as JSON or as a page."""
    if not load.sessions:
        return build_session(load, client, rng)
    path = rng.choice(load.sessions).path
    return Outcome(client.get(rng.choice((path, path, path.removeprefix("/v1")))), 200)


def ask_rules(_: MixedLoad, client: httpx.Client, rng: random.Random) -> Outcome:
    """Ask for a desk, breaks, a calendar, or what the service says of itself."""
    reminders = {"timezone": rng.choice(("Europe/Berlin", "America/New_York", "Asia/Tokyo")), "start": "08:30"}
    asks: tuple[Callable[[], httpx.Response], ...] = (
        lambda: client.post("/v1/workstation/fit", json={"stature_cm": rng.randint(150, 200)}),
        lambda: client.get("/v1/reminders", params=reminders),
        lambda: client.get("/v1/reminders.ics", params=reminders),
        lambda: client.get("/readyz"),
        lambda: client.get("/metrics"),
    )
    return Outcome(rng.choice(asks)(), 200)


def send_wrong(_: MixedLoad, client: httpx.Client, rng: random.Random) -> Outcome:
    """Send what must be refused."""
    json_head = {"Content-Type": "application/json"}
    asks: tuple[tuple[Callable[[], httpx.Response], int], ...] = (
        (lambda: client.get(f"/v1/exercises?goal=rotaton{rng.randrange(10**6)}"), 422),
        (lambda: client.get(f"/v1/exercises/no-such-{rng.randrange(10**6)}"), 404),
        (lambda: client.get(f"/v1/no-such-path/{rng.randrange(10**6)}"), 404),
        (lambda: client.post("/v1/sessions", content=b"{", headers=json_head), 400),
        (lambda: client.post("/v1/sessions", content=b"a=1"), 415),
        (lambda: client.post("/v1/sessions", json={"duration_s": 5, "goals": []}), 422),
        (lambda: client.put("/v1/exercises"), 405),
        (lambda: client.get("/v1/exercises?q=" + "x" * 9000), 414),
        (lambda: client.post("/v1/sessions", content=b" " * 600_000, headers=json_head), 413),
    )
    ask, status = rng.choice(asks)
    return Outcome(ask(), status)


KINDS: dict[str, tuple[int, Send]] = {
    "cached": (25, read_cached),
    "not modified": (15, read_again),
    "record": (12, read_record),
    "filtered list": (10, read_filtered),
    "search": (8, search),
    "picture": (6, read_picture),
    "page": (6, read_page),
    "build": (4, build_session),
    "swap": (2, swap_exercise),
    "stored session": (6, read_session),
    "rules": (3, ask_rules),
    "wrong": (3, send_wrong),
}
"""Of a hundred requests, how many are of each kind, and how one is sent."""
