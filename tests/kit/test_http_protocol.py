"""What one connection may send, how slowly, and what a stop waits for: on a real server, byte by byte."""

import contextlib
import json
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.server_process import ServerProcess, receive_all, run_server

pytestmark = pytest.mark.processes

HOST = b"Host: x\r\n"
POST_HEAD = b"POST /v1/screening HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
CHUNKED = POST_HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
SCREENING = b'{"answers":{}}'
MEGABYTES = 150
MAX_CONNECTIONS = 60


@pytest.fixture(scope="module")
def server(seeded_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A server with short time limits and everything else as it is by default."""
    folder = tmp_path_factory.mktemp("protocol")
    shutil.copy(seeded_database, folder / "thoracic.db")
    with run_server(folder, head_timeout_s=1.5, body_timeout_s=1, max_connections=MAX_CONNECTIONS) as process:
        yield process


def get_request(path: bytes, *headers: bytes) -> bytes:
    return b"GET " + path + b" HTTP/1.1\r\n" + HOST + b"".join(line + b"\r\n" for line in headers) + b"\r\n"


def parse_statuses(answers: bytes) -> list[int]:
    return [int(part.split(b" ", 1)[0]) for part in answers.split(b"HTTP/1.1 ")[1:]]


def assert_problem(answer: bytes, status: int, request_id: str | None = None) -> bool:
    """Whether this is one whole answer: a problem of the one shape, after which the connection closes."""
    head, _, body = answer.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().lower().split("\r\n")[1:])
    problem: dict[str, Any] = json.loads(body)
    assert parse_statuses(answer) == [status] == [problem["status"]]
    assert int(headers["content-length"]) == len(body)
    assert (headers["content-type"], headers["connection"]) == ("application/problem+json", "close")
    assert headers["access-control-allow-origin"] == "*"
    assert headers["x-content-type-options"] == "nosniff"
    assert set(problem) == {"type", "title", "status", "detail", "request_id"}
    assert problem["request_id"] == headers["x-request-id"] == (request_id or problem["request_id"]) != ""
    return True


SlowAnswers = dict[str, tuple[bytes, float]]
"""What came back on each slow connection, and the seconds until it closed."""


@pytest.fixture(scope="module")
def slow_answers(server: ServerProcess) -> SlowAnswers:
    """The answers to slow clients, all served side by side: every one of them waits for seconds."""
    body_head = POST_HEAD + b"Content-Length: 1000\r\n\r\n"
    unread_head = b"GET /healthz HTTP/1.1\r\n" + HOST + b"Content-Length: 1000\r\n\r\n"
    close = POST_HEAD + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(SCREENING)
    head = get_request(b"/healthz", b"Connection: close")
    exchanges: dict[str, tuple[list[bytes], float]] = {
        "half a head": ([b"GET / HT"], 0),
        "a trickling head": ([b"GET /healthz HTTP/1.1\r\n", HOST, b"A: 1\r\n"], 0.5),
        "silence": ([], 0),
        "an empty line": ([b"\r\n"], 0),
        "half a body": ([body_head + b"{"], 0),
        "a trickling body": ([body_head, *[b" "] * 7], 0.55),
        "a body that nobody reads": ([unread_head, b"a", b"a"], 0.5),
        "a whole body that nobody reads": ([unread_head, b"a" * 1000], 0.5),
        "a legal slow body": ([close, SCREENING[:4], SCREENING[4:9], SCREENING[9:]], 0.6),
        "a legal slow head": ([head[:9], head[9:20], head[20:]], 0.4),
    }

    def exchange(pieces: list[bytes], pause_s: float) -> tuple[bytes, float]:
        began = time.monotonic()
        return server.exchange_bytes(*pieces, pause_s=pause_s), time.monotonic() - began

    with ThreadPoolExecutor(len(exchanges)) as pool:
        running = {name: pool.submit(exchange, *own) for name, own in exchanges.items()}
        return {name: future.result() for name, future in running.items()}


def test_a_head_within_the_limits_is_answered(server: ServerProcess) -> None:
    headers = [b"X-%d: %s" % (number, b"a" * 200) for number in range(90)]
    assert parse_statuses(server.exchange_bytes(get_request(b"/v1/vocabulary", *headers, b"Connection: close"))) == [
        200
    ]
    assert parse_statuses(
        server.exchange_bytes(get_request(b"/v1/exercises?q=" + b"a" * 200, b"Connection: close"))
    ) == [200]


def test_more_headers_or_bytes_of_headers_than_allowed_are_431(server: ServerProcess) -> None:
    assert assert_problem(server.exchange_bytes(get_request(b"/", *[b"A: 1"] * 101)), 431)
    assert assert_problem(
        server.exchange_bytes(get_request(b"/", b"X-Request-ID: mine", b"A: " + b"a" * 40_000)), 431, "mine"
    )


def test_a_header_line_without_an_end_is_431_though_nothing_of_it_is_parsed(server: ServerProcess) -> None:
    assert assert_problem(server.exchange_bytes(b"GET / HTTP/1.1\r\n" + HOST + b"A: " + b"a" * 40_000), 431)
    assert assert_problem(server.exchange_bytes(b"\r\n" * 30_000), 431)


def test_a_long_address_is_414(server: ServerProcess) -> None:
    assert assert_problem(server.exchange_bytes(get_request(b"/" + b"a" * 9_000)), 414)
    assert assert_problem(server.exchange_bytes(b"GET /" + b"a" * 200_000), 414)


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + HOST * 2 + b"\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + HOST + b"A : 1\r\n\r\n",
        POST_HEAD + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        CHUNKED + b"zz\r\n",
    ],
    ids=["nonsense", "no-host", "two-hosts", "http-0.9", "space-before-colon", "two-lengths", "chunk-size"],
)
def test_what_is_not_http_is_a_400_of_the_one_shape(server: ServerProcess, request_bytes: bytes) -> None:
    assert assert_problem(server.exchange_bytes(request_bytes), 400)


def test_http_1_0_needs_no_host(server: ServerProcess) -> None:
    assert parse_statuses(server.exchange_bytes(b"GET /healthz HTTP/1.0\r\n\r\n")) == [200]


def test_trailers_are_limited_and_never_become_headers(server: ServerProcess) -> None:
    body = b"%x\r\n%s\r\n0\r\n" % (len(SCREENING), SCREENING)
    close = POST_HEAD + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert parse_statuses(server.exchange_bytes(close + body + b"Accept: image/png\r\n\r\n")) == [200]
    assert assert_problem(server.exchange_bytes(CHUNKED + body + b"A: 1\r\n" * 200), 431)
    assert assert_problem(server.exchange_bytes(CHUNKED + body + b"A: " + b"a" * 40_000), 431)
    assert assert_problem(server.exchange_bytes(CHUNKED + b"1;a=" + b"a" * 40_000), 431)


def test_a_half_head_is_408_however_it_trickles_and_a_silent_connection_is_closed(slow_answers: SlowAnswers) -> None:
    assert assert_problem(slow_answers["half a head"][0], 408)
    assert assert_problem(slow_answers["a trickling head"][0], 408)
    assert slow_answers["silence"][0] == slow_answers["an empty line"][0] == b""


def test_a_body_that_stands_still_is_408_and_so_is_one_that_never_ends(slow_answers: SlowAnswers) -> None:
    for name in ("half a body", "a trickling body"):
        answer, seconds = slow_answers[name]
        assert assert_problem(answer, 408)
        assert seconds < 10


def test_a_connection_whose_answer_came_before_the_end_of_the_body_is_closed_in_time(slow_answers: SlowAnswers) -> None:
    assert parse_statuses(slow_answers["a body that nobody reads"][0]) == [200]
    assert parse_statuses(slow_answers["a whole body that nobody reads"][0]) == [200]


def test_slow_but_legal_clients_are_answered(slow_answers: SlowAnswers) -> None:
    assert parse_statuses(slow_answers["a legal slow body"][0]) == [200]
    assert parse_statuses(slow_answers["a legal slow head"][0]) == [200]


def test_a_body_up_to_the_limit_is_read_and_a_larger_one_is_413(server: ServerProcess) -> None:
    for length, status in ((524_288, 200), (524_289, 413)):
        head = POST_HEAD + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % length
        # What is refused by its length is answered before the body is read: a client that waits sees the answer.
        body = SCREENING.ljust(length) if status == 200 else b""
        assert parse_statuses(server.exchange_bytes(head + body)) == [status]
    body = SCREENING.ljust(65_536)
    pieces = [body[start : start + 64] for start in range(0, len(body), 64)]
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    close = POST_HEAD + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert parse_statuses(server.exchange_bytes(close + chunks + b"0\r\n\r\n")) == [200]


@pytest.mark.parametrize(
    "framing", [b"Content-Length: 3000000\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n2dc6c0\r\n"]
)
def test_a_client_that_sends_all_of_a_body_that_is_too_large_sees_the_413(
    server: ServerProcess, framing: bytes
) -> None:
    for connection_header in (b"", b"Connection: close\r\n"):
        answer = server.exchange_bytes(POST_HEAD + connection_header + framing + b" " * 3_000_000)
        assert assert_problem(answer, 413)


def test_idle_connections_are_evicted_for_new_ones(server: ServerProcess) -> None:
    with contextlib.ExitStack() as stack:
        idle = [stack.enter_context(server.open_socket()) for _ in range(2 * MAX_CONNECTIONS)]
        idle[-1].sendall(get_request(b"/healthz"))
        assert idle[-1].recv(1000).startswith(b"HTTP/1.1 200")
        assert idle[0].recv(1000) == b""


def test_a_connection_is_kept_between_requests(server: ServerProcess) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}") as client:
        opened = set()
        for _ in range(3):
            answer = client.get("/v1/exercises", params={"limit": 100})
            assert answer.status_code == 200
            assert client.post("/v1/screening", content=SCREENING).status_code == 415
            opened.add(answer.extensions["network_stream"].get_extra_info("client_addr"))
        assert len(opened) == 1


def test_pipelined_requests_are_answered_in_order_and_before_the_refusal_of_a_later_one(server: ServerProcess) -> None:
    pair = get_request(b"/healthz") + get_request(b"/nowhere")
    assert parse_statuses(server.exchange_bytes(pair * 100 + get_request(b"/healthz", b"Connection: close"))) == [
        200,
        404,
    ] * 100 + [200]
    assert parse_statuses(server.exchange_bytes(pair + b"nonsense\r\n\r\n")) == [200, 404]
    many = get_request(b"/healthz") * 1500 + get_request(b"/healthz", b"Connection: close")
    assert parse_statuses(server.exchange_bytes(many)) == [200] * 1501


@contextlib.contextmanager
def other_clients(port: int) -> Iterator[list[float]]:
    """Somebody who reads all the while; the list receives the seconds that each answer took."""
    durations_s, done = list[float](), threading.Event()

    def read() -> None:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            while not done.is_set():
                began = time.perf_counter()
                assert client.get("/v1/exercises").status_code == 200
                durations_s.append(time.perf_counter() - began)
                time.sleep(0.002)

    thread = threading.Thread(target=read)
    thread.start()
    yield durations_s
    done.set()
    thread.join()


@pytest.mark.parametrize(
    ("opening", "piece"),
    [
        (b"GET / HTTP/1.1\r\n" + HOST, b"X-A: 1\r\n" * 125_000),
        (b"GET / HTTP/1.1\r\n" + HOST + b"X-A: ", b"a" * 1_000_000),
        (b"GET /", b"a" * 1_000_000),
        (CHUNKED + b"2\r\n{}\r\n0\r\n", b"X-A: 1\r\n" * 125_000),
        (CHUNKED + b"2;", b"a" * 1_000_000),
    ],
    ids=["headers", "one-line", "address", "trailers", "chunk-extension"],
)
def test_150_megabytes_that_are_no_request_take_no_memory_and_no_time_of_others(
    server: ServerProcess, opening: bytes, piece: bytes
) -> None:
    with other_clients(server.port) as durations_s:
        time.sleep(0.3)
        before_mb = server.resident_memory_mb()
        with contextlib.suppress(OSError), server.open_socket() as connection:
            connection.sendall(opening)
            for _ in range(MEGABYTES):
                connection.sendall(piece)
        highest_mb = server.resident_memory_mb()
        time.sleep(0.3)
    assert max(highest_mb, server.resident_memory_mb()) - before_mb < 20
    assert max(durations_s) < 1
    print(f"p99 {sorted(durations_s)[len(durations_s) * 99 // 100] * 1000:.1f} ms of {len(durations_s)}")


def test_a_client_that_leaves_in_the_middle_of_its_answers_is_no_error_in_the_log(server: ServerProcess) -> None:
    for _ in range(5):
        with server.open_socket() as connection:
            connection.sendall(get_request(b"/v1/exercises?limit=100") * 20)
            time.sleep(0.05)
    assert parse_statuses(server.exchange_bytes(get_request(b"/healthz", b"Connection: close"))) == [200]
    assert [line for line in server.read_log() if line["level"] != "info"] == []


def seconds_to_stop(server: ServerProcess) -> float:
    began = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    server.process.wait(25)
    return time.monotonic() - began


def test_a_stop_does_not_wait_for_a_half_body_nor_for_a_client_that_reads_nothing(
    seeded_database: Path, tmp_path: Path
) -> None:
    shutil.copy(seeded_database, tmp_path / "thoracic.db")
    with (
        run_server(tmp_path, shutdown_timeout_s=1) as server,
        server.open_socket() as half,
        server.open_socket() as deaf,
    ):
        half.sendall(POST_HEAD + b"Content-Length: 1000\r\n\r\n{")
        deaf.sendall(get_request(b"/v1/exercises?limit=100") * 50)
        time.sleep(0.5)
        assert seconds_to_stop(server) < 10
        assert server.read_log()[-2]["message"] == "Application shutdown complete."


def test_who_reads_nothing_of_an_answer_is_cut_off_and_who_reads_slowly_is_not(server: ServerProcess) -> None:
    with server.open_socket() as deaf, server.open_socket() as slow:
        for connection in (deaf, slow):
            connection.sendall(
                get_request(b"/v1/exercises?limit=100") * 100 + get_request(b"/healthz", b"Connection: close")
            )
        received = bytearray()
        for _ in range(8):
            time.sleep(0.4)
            received += slow.recv(4_000_000)
        received += receive_all(slow)
        assert parse_statuses(bytes(received)) == [200] * 101
        assert len(parse_statuses(receive_all(deaf))) < 101


@pytest.mark.parametrize("protocol", [b"h2c", b"websocket"])
def test_a_body_beside_an_upgrade_is_refused_with_the_reason(server: ServerProcess, protocol: bytes) -> None:
    length = b"Content-Length: %d\r\n" % len(SCREENING)
    upgrade = b"Connection: Upgrade\r\nUpgrade: " + protocol + b"\r\n"
    answer = server.exchange_bytes(POST_HEAD + length + upgrade + b"\r\n" + SCREENING)
    assert assert_problem(answer, 400)
    assert b"without the Upgrade header" in answer


def test_an_upgrade_without_a_body_is_ignored(server: ServerProcess) -> None:
    request = get_request(b"/v1/vocabulary", b"Connection: Upgrade", b"Upgrade: h2c")
    with server.open_socket() as connection:
        connection.sendall(request)
        assert connection.recv(1000).startswith(b"HTTP/1.1 200")


def test_a_head_within_the_limits_may_come_in_pieces_with_its_body(server: ServerProcess) -> None:
    body = b'{"answers":{}' + b" " * 6_000 + b"}"
    length = b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
    head = POST_HEAD + b"X-Large: " + b"a" * 30_000 + b"\r\n" + length
    answer = server.exchange_bytes(head[:10], head[10:300], head[300:] + body, pause_s=0.05)
    assert parse_statuses(answer) == [200]
