"""Fixtures for the whole suite.

Third-party scores are not part of the repository. Tests that need them take `shared_data`, or one of the fixtures made
from it, and are skipped with a message where the data is absent. It is looked for in `../shared/data` beside the
repository, or where the environment variable SMASHCIMA_TEST_DATA says.

Tests that take more than about five seconds are marked `@pytest.mark.slow`. They run by default, in `make test` too;
`-m "not slow"` leaves them out.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from filelock import FileLock

from smashcima.loading import LoadedMei, formats, load_mei_text

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session", autouse=True)
def _machine_without_assets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests see no asset bundles that happen to be installed here, and reach for none over the network.

    So what they draw does not depend on the machine: models that may take the symbols of real writers write with the
    pen. Tests about bundles bring their own.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMASHCIMA_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("SMASHCIMA_OFFLINE", "1")
        for name in (
            "SMASHCIMA_ASSETS_FROM",
            "SMASHCIMA_PRIMUS",
            "SMASHCIMA_MIRRORS",
            "MC_HOME",
            "MC_ASSETS_CACHE",
        ):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def _rare_garbage_collection() -> Iterator[None]:
    """Lets the garbage collector run rarely, and not over modules and collected tests.

    Scenes are thousands of objects that live on; with the default thresholds the collector walks over them and over
    the whole heap of pytest again and again, which takes about a fifth of the time of the suite.
    """
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 10, 10)
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest.fixture(scope="session", autouse=True)
def _interruptible() -> Iterator[None]:
    """Restores the default handler of SIGINT, so that child processes can be interrupted.

    Shells without job control start background processes with SIGINT ignored, as does `nohup`. Child processes inherit
    an ignored signal, but not a handler.
    """
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(autouse=True)
def _formats_as_before() -> Iterator[None]:
    """Forgets the formats that a test registers."""
    known, added = list(formats._formats), dict(formats._added)
    yield
    formats._formats[:] = known
    formats._added.clear()
    formats._added.update(added)


@pytest.fixture(scope="session")
def repository() -> Path:
    """Root of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def example_score(repository: Path) -> Path:
    """The example that the repository bundles; always there."""
    return repository / "assets" / "example" / "example.musicxml"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Directory of the third-party test data; skips the test where it is absent."""
    named = os.environ.get("SMASHCIMA_TEST_DATA")
    directory = Path(named) if named else REPOSITORY.parent / "shared" / "data"
    if not directory.is_dir():
        pytest.skip(f"no test data in {directory}; SMASHCIMA_TEST_DATA may name its place")
    return directory


@pytest.fixture(scope="session")
def tutorial_score(shared_data: Path) -> Path:
    """A song for voice and piano of 30 measures, with encoded system and page breaks."""
    return _existing(shared_data / "tutorial" / "lc5003150.musicxml")


@pytest.fixture(scope="session")
def lieder_paths(shared_data: Path) -> list[Path]:
    """Forty OpenScore Lieder, as .mxl."""
    return _files_in(shared_data / "lieder", {".mxl"})


@pytest.fixture(scope="session")
def musicxml_paths(shared_data: Path) -> list[Path]:
    """MusicXML test files of other programs, each about some corner of the format."""
    return _files_in(shared_data / "musicxml", {".xml", ".musicxml", ".mxl"})


@pytest.fixture(scope="session")
def format_paths(shared_data: Path) -> list[Path]:
    """Files in the other formats that are read: MEI, Humdrum, ABC."""
    return _files_in(shared_data / "formats", {".mei", ".krn", ".abc"})


@pytest.fixture(scope="session")
def load_mei_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], LoadedMei]:
    """Reads a file of the test data with `load_mei_text`, once for all test processes.

    The results are kept in a directory that the workers of pytest-xdist share.
    """
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "loaded_mei"
    shared.mkdir(exist_ok=True)

    def load(path: Path) -> LoadedMei:
        kept = shared / f"{path.name}-{hashlib.sha256(path.read_bytes()).hexdigest()}.pickle"
        with FileLock(f"{kept}.lock"):
            if not kept.exists():
                kept.write_bytes(pickle.dumps(load_mei_text(path)))
        loaded: LoadedMei = pickle.loads(kept.read_bytes())
        return loaded

    return load


@pytest.fixture(scope="session")
def as_music21_read() -> Music21Readings:
    """Compares results with recorded results of music21, which takes more than a second to read a song.

    `music21_readings.json` has a digest for each file, valid for one content of the file and one version of music21.
    Tests call music21 if the digests differ or there is none. With SMASHCIMA_RECORD_MUSIC21=1 the tests that call
    music21 record its results; run them in a single process.
    """
    return Music21Readings(Path(__file__).parent / "music21_readings.json")


class Music21Readings:
    """Digests of results of music21, by question and file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._digests: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}

    def __call__(self, question: str, path: Path, found: Iterable[tuple[object, ...]]) -> bool:
        return self._digests.get(self._key(question, path)) == self._digest(found)

    def record(self, question: str, path: Path, found: Iterable[tuple[object, ...]]) -> None:
        """Records a result of music21 if SMASHCIMA_RECORD_MUSIC21 is 1."""
        if os.environ.get("SMASHCIMA_RECORD_MUSIC21") == "1":
            self._digests[self._key(question, path)] = self._digest(found)
            text = json.dumps(self._digests, indent=1, sort_keys=True) + "\n"
            self._path.write_text(text, encoding="utf-8")

    @staticmethod
    def _key(question: str, path: Path) -> str:
        content = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        return f"{question} {path.name} {content} music21 {version('music21')}"

    @staticmethod
    def _digest(found: Iterable[tuple[object, ...]]) -> str:
        return hashlib.sha256("\n".join(sorted(map(str, found))).encode()).hexdigest()


def _existing(path: Path) -> Path:
    if not path.is_file():
        pytest.skip(f"the test data lacks {path}")
    return path


def _files_in(directory: Path, suffixes: set[str]) -> list[Path]:
    paths = sorted(path for path in directory.rglob("*") if path.suffix.lower() in suffixes)
    if not paths:
        pytest.skip(f"the test data has no {', '.join(sorted(suffixes))} files in {directory}")
    return paths
