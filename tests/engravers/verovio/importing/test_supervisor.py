from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from smashcima.engravers.verovio.importing import ImportLimits, ImportWorker
from smashcima.errors import ImporterCrashedError, ImporterTimeoutError, ImportFailedError

REPOSITORY = Path(__file__).parents[3]

LIMITS = ImportLimits(timeout_s=60.0, memory_bytes=4 << 30)

NOTE = (
    "<note><pitch><step>{}</step><octave>4</octave></pitch><duration>1</duration>"
    "<voice>1</voice><type>quarter</type></note>"
)

posix_only = pytest.mark.skipif(os.name != "posix", reason="needs signals, fork or resource limits")


def score(notes: str = NOTE.format("C") * 4, beats: str = "4", beat_type: str = "4") -> bytes:
    return (
        '<score-partwise><part-list><score-part id="P1"><part-name>A</part-name></score-part></part-list>'
        '<part id="P1"><measure number="1"><attributes><divisions>1</divisions><time>'
        f"<beats>{beats}</beats><beat-type>{beat_type}</beat-type></time></attributes>{notes}"
        "</measure></part></score-partwise>"
    ).encode()


DEADLY = score(beats="0", beat_type="0")
"""Ends Verovio 6.4.1 with SIGFPE; the checks of `loading` would refuse it before."""

ENDLESS = score(NOTE.format("C") * 100_000)
"""Takes Verovio 6.4.1 minutes."""


@pytest.fixture
def worker() -> Iterator[ImportWorker]:
    worker = ImportWorker()
    yield worker
    worker.close()


def notes_of(worker: ImportWorker, data: bytes, limits: ImportLimits = LIMITS) -> int:
    (mei,) = worker.request("verovio", "xml", data, "test.xml", limits).meis
    return mei.count("<note ")


def test_the_process_starts_with_the_first_request_and_stays(worker: ImportWorker) -> None:
    assert worker.pid is None
    assert notes_of(worker, score()) == 4
    first = worker.pid
    assert first is not None
    assert notes_of(worker, score()) == 4
    assert worker.pid == first


def test_a_refusal_is_an_answer_without_music(worker: ImportWorker) -> None:
    answer = worker.request("verovio", "mei", b"no mei", "test.mei", LIMITS)
    assert answer.meis == ()
    assert any("cannot be parsed" in line for line in answer.log)


@posix_only
def test_death_of_native_code_is_an_error_and_the_next_file_works(worker: ImportWorker) -> None:
    assert notes_of(worker, score()) == 4
    first = worker.pid
    with pytest.raises(
        ImporterCrashedError, match=r"Reading test\.xml crashed the importing process with SIGFPE"
    ):
        worker.request("verovio", "xml", DEADLY, "test.xml", LIMITS)
    assert notes_of(worker, score()) == 4
    assert worker.pid not in (None, first)


@posix_only
def test_death_between_two_requests_goes_unnoticed(worker: ImportWorker) -> None:
    notes_of(worker, score())
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    time.sleep(0.2)
    assert notes_of(worker, score()) == 4


@posix_only
def test_what_native_code_says_when_it_dies_is_in_the_error(worker: ImportWorker) -> None:
    tune = b'X:1\nT:B\nM:4/4\nL:1/4\nK:Am\nABcd|[1"Am"A4|\n'
    with pytest.raises(ImporterCrashedError, match=r"SIGABRT \(.*basic_string"):
        worker.request("verovio", "abc", tune, "test.abc", LIMITS)


def test_what_takes_too_long_is_ended_and_the_next_file_works(worker: ImportWorker) -> None:
    notes_of(worker, score())
    with pytest.raises(ImporterTimeoutError, match=r"test\.xml was not read within the time limit of 0\.3 s"):
        worker.request("verovio", "xml", ENDLESS, "test.xml", ImportLimits(0.3, LIMITS.memory_bytes))
    assert notes_of(worker, score()) == 4


def test_something_else_is_done_meanwhile_and_its_time_does_not_count(worker: ImportWorker) -> None:
    notes_of(worker, score())
    done = []

    def dawdle() -> None:
        time.sleep(0.7)
        done.append(True)

    limits = ImportLimits(0.5, LIMITS.memory_bytes)
    answer = worker.request("verovio", "xml", score(), "test.xml", limits, meanwhile=dawdle)
    assert answer.meis[0].count("<note ") == 4
    assert done == [True]


def test_an_error_meanwhile_comes_through_and_the_next_file_works(worker: ImportWorker) -> None:
    def fail() -> None:
        raise ValueError("boom")

    with pytest.raises(ValueError, match="boom"):
        worker.request("verovio", "xml", score(), "test.xml", LIMITS, meanwhile=fail)
    assert notes_of(worker, score(NOTE.format("C"))) == 1


@posix_only
def test_what_takes_too_much_memory_is_ended_and_the_next_file_works(worker: ImportWorker) -> None:
    assert notes_of(worker, score(), ImportLimits(60.0, 1 << 30)) == 4
    with pytest.raises(ImporterTimeoutError, match="exceeded the memory limit of 60 MiB"):
        worker.request(
            "verovio", "xml", score(NOTE.format("C") * 9000), "test.xml", ImportLimits(60.0, 60 << 20)
        )
    assert notes_of(worker, score()) == 4


def test_errors_of_music21_are_errors_of_the_import(worker: ImportWorker) -> None:
    with pytest.raises(ImportFailedError, match=r"test\.mid could not be read"):
        worker.request("music21", "midi", b"MThd and no more", "test.mid", LIMITS)
    assert notes_of(worker, score()) == 4


def test_threads_share_a_process_and_get_their_own_answers(worker: ImportWorker) -> None:
    def count(notes: int) -> int:
        return notes_of(worker, score(NOTE.format("C") * notes))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(count, range(1, 41))) == list(range(1, 41))


def test_a_thread_that_ends_does_not_take_the_process_with_it(worker: ImportWorker) -> None:
    thread = threading.Thread(target=notes_of, args=(worker, score()))
    thread.start()
    thread.join()
    first = worker.pid
    time.sleep(0.2)
    assert notes_of(worker, score()) == 4
    assert worker.pid == first


@posix_only
def test_a_forked_child_has_a_process_of_its_own(worker: ImportWorker) -> None:
    notes_of(worker, score())
    parents = worker.pid
    child = os.fork()
    if child == 0:  # nothing may escape into pytest here
        status = 1
        try:
            works = notes_of(worker, score(NOTE.format("D") * 3)) == 3
            status = 0 if works and worker.pid != parents else 2
            worker.close()
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert notes_of(worker, score()) == 4
    assert worker.pid == parents


@posix_only
def test_a_fork_while_another_thread_imports_disturbs_neither(worker: ImportWorker) -> None:
    notes_of(worker, score())
    with ThreadPoolExecutor(1) as pool:
        pending = pool.submit(notes_of, worker, score(NOTE.format("C") * 5000))
        time.sleep(0.1)
        child = os.fork()
        if child == 0:
            status = 1
            try:
                status = 0 if notes_of(worker, score()) == 4 else 2
                worker.close()
            finally:
                os._exit(status)
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 0
        assert pending.result() == 5000


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state != "Z"


def wait_for_end(pid: int) -> bool:
    deadline = time.monotonic() + 15
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_alive(pid)


HOST = (
    "import sys; from smashcima.engravers.verovio.importing import ImportLimits, shared_worker; "
    "data = sys.stdin.buffer.read(); w = shared_worker(); "
    "w.request('verovio', 'xml', data, 'x', ImportLimits(60.0, 1 << 32)); print(w.pid, flush=True); "
)


def run_host(code: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOST + code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=REPOSITORY
    )
    assert process.stdin is not None
    process.stdin.write(score())
    process.stdin.close()
    return process


@posix_only
@pytest.mark.parametrize(
    "ending", ["pass", "import os; os._exit(3)", "import os, signal; os.kill(os.getpid(), 9)"]
)
def test_the_process_ends_with_its_supervisor(ending: str) -> None:
    host = run_host(ending)
    assert host.stdout is not None
    pid = int(host.stdout.readline())
    host.wait(timeout=30)
    host.stdout.close()
    assert wait_for_end(pid)


@posix_only
def test_ctrl_c_in_the_middle_leaves_no_process_and_the_next_file_works() -> None:
    host = run_host(
        "print('busy', flush=True)\n"
        f"endless = data.replace(b'</measure>', b'{NOTE.format('C')}' * 60000 + b'</measure>')\n"
        "try:\n    w.request('verovio', 'xml', endless, 'x', ImportLimits(60.0, 1 << 32))\n"
        "except KeyboardInterrupt:\n    print('interrupted', w.pid, flush=True)\n"
        "print(len(w.request('verovio', 'xml', data, 'x', ImportLimits(60.0, 1 << 32)).meis), flush=True)\n"
    )
    assert host.stdout is not None
    pid = int(host.stdout.readline())
    assert host.stdout.readline() == b"busy\n"
    time.sleep(0.5)
    host.send_signal(signal.SIGINT)
    assert host.stdout.readline() == b"interrupted None\n"
    assert host.stdout.readline() == b"1\n"
    host.wait(timeout=30)
    host.stdout.close()
    assert wait_for_end(pid)


@pytest.mark.parametrize("program", ["", "/nonexistent/python"])
def test_a_process_that_cannot_start_is_an_error(
    worker: ImportWorker, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    with pytest.raises(ImportFailedError, match="importing process can"):
        worker.request("verovio", "xml", score(), "test.xml", LIMITS)


def test_what_native_code_prints_does_not_reach_the_user(
    worker: ImportWorker, capfd: pytest.CaptureFixture[str]
) -> None:
    worker.request("verovio", "mei", b"no mei", "test.mei", LIMITS)
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(
    not Path("/proc/self/maps").exists(), reason="there is no list of what a process has loaded"
)
def test_the_process_loads_nothing_heavy_but_the_importer(worker: ImportWorker) -> None:
    notes_of(worker, score())
    loaded = Path(f"/proc/{worker.pid}/maps").read_text(encoding="utf-8")
    assert "/_verovio" in loaded
    assert not [name for name in ("/cv2", "/shapely", "/lxml") if name in loaded]


def test_the_process_does_not_load_what_it_does_not_need() -> None:
    code = (
        "import sys, smashcima.engravers.verovio.importing.worker; "
        "print([name for name in ('music21', 'cv2', 'shapely', 'lxml', 'verovio') if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert result.stdout == "[]\n"
