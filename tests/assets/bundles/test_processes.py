"""Installing in several processes at once, and in processes that are killed midway."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from smashcima.assets.bundles import AssetRepository
from smashcima.assets.bundles.places import BundlePlace

REPOSITORY = Path(__file__).resolve().parents[3]

DEFINITION = """
import logging, pathlib, sys, time
from smashcima.assets.bundles import AssetBundle, AssetRepository, RemoteFile

class Shared(AssetBundle):
    version = "1"
    def install(self):
        (self.directory / "early.txt").write_text("early")
        self.fetch(RemoteFile("data.bin", (sys.argv[1],)), keep=True)
        with open(sys.argv[2], "a") as log:
            log.write("installed\\n")
"""

INSTALL = (
    DEFINITION
    + """
logging.basicConfig(level=logging.INFO, stream=sys.stdout)
bundle = AssetRepository.default().resolve_bundle(Shared)
print("content", (bundle.directory / "data.bin").read_text())
"""
)


@pytest.fixture
def start(assets: Path, tmp_path: Path) -> Callable[[str], subprocess.Popen[str]]:
    def begin(url: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", INSTALL, url, str(tmp_path / "log.txt")],
            cwd=REPOSITORY,
            env={**os.environ, "SMASHCIMA_CACHE": str(assets.parent), "SMASHCIMA_READ_TIMEOUT_S": "15"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    return begin


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is for POSIX")
def test_a_killed_installation_leaves_nothing_installed_and_the_next_one_works(
    start: Any, server: Any, answer: Any, assets: Path, leavings: Any
):
    url = server.serves("/data.bin", answer(b"content", wait_after=3), answer(b"content"))
    process = start(url)
    assert server.waiting.wait(20)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=20)
    assert AssetRepository(assets).list() == ()
    assert leavings(assets) == ["Shared/.installing-1"]

    second = start(url)
    assert "content content" in second.communicate(timeout=30)[0]
    assert [each.name for each in AssetRepository(assets).list()] == ["Shared"]
    assert leavings(assets) == []


@pytest.mark.skipif(os.name == "nt", reason="SIGINT is for POSIX")
def test_an_interrupted_installation_leaves_nothing(
    start: Any, server: Any, answer: Any, assets: Path, leavings: Any
):
    process = start(server.serves("/data.bin", answer(b"content", wait_after=3)))
    assert server.waiting.wait(20)
    process.send_signal(signal.SIGINT)
    assert "KeyboardInterrupt" in process.communicate(timeout=20)[0]
    assert AssetRepository(assets).list() == ()
    assert leavings(assets) == []
    assert not (assets / ".failures").exists()


def test_of_two_processes_one_installs_and_the_other_waits_for_it(
    start: Any, server: Any, answer: Any, assets: Path, tmp_path: Path
):
    """The first stops midway until the second waits."""
    url = server.serves("/data.bin", answer(b"content", wait_after=3))
    first = start(url)
    assert server.waiting.wait(20)
    second = start(url)
    assert second.stdout is not None
    told = second.stdout.readline()
    assert "Waiting for another process that is installing or removing Shared." in told
    server.answers["/data.bin"] = [answer(b"content")]
    server.ended.set()  # the first is cut off, and tries again
    outputs = [first.communicate(timeout=30)[0], second.communicate(timeout=30)[0]]
    assert all("content content" in output for output in outputs)
    assert (tmp_path / "log.txt").read_text() == "installed\n"
    assert len(server.requests) == 2  # both of the first process


def test_several_threads_may_install_at_once(assets: Path, tmp_path: Path):
    from smashcima.assets.bundles import AssetBundle

    class Counted(AssetBundle):
        version = "1"
        runs = 0

        def install(self) -> None:
            type(self).runs += 1
            (self.directory / "file.txt").write_text("x")

    found = []
    threads = [
        threading.Thread(target=lambda: found.append(AssetRepository(assets).resolve_bundle(Counted)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert [(bundle.directory / "file.txt").read_text() for bundle in found] == ["x"] * 4
    assert Counted.runs == 1


def filled(directory: Path, text: str) -> Path:
    directory.mkdir(parents=True)
    (directory / "file.txt").write_text(text)
    return directory


@pytest.fixture
def place(tmp_path: Path) -> BundlePlace:
    return BundlePlace(tmp_path, "Name", "1")


def test_what_a_process_left_between_the_two_moves_of_a_replacement_is_mended(place: BundlePlace):
    filled(place.leaving, "old")
    filled(place.staging / "content", "new")
    place.clean()
    assert (place.target / "file.txt").read_text() == "old"
    assert sorted(path.name for path in place.target.parent.iterdir()) == ["1"]


def test_what_a_process_left_after_both_moves_is_tidied(place: BundlePlace):
    filled(place.target, "new")
    filled(place.leaving, "old")
    place.staging.mkdir()
    place.clean()
    assert (place.target / "file.txt").read_text() == "new"
    assert sorted(path.name for path in place.target.parent.iterdir()) == ["1"]


def test_a_replacement_that_fails_between_its_moves_is_undone(
    place: BundlePlace, monkeypatch: pytest.MonkeyPatch
):
    filled(place.target, "old")
    content = filled(place.staging / "content", "new")
    moves = []

    def fail_at_the_second(source: Path, target: Path) -> None:
        moves.append(target)
        if len(moves) == 2:
            raise PermissionError("in use")
        os.replace(source, target)

    monkeypatch.setattr("smashcima.assets.bundles.places.move", fail_at_the_second)
    with pytest.raises(PermissionError):
        place.put(content)
    place.clean()
    assert (place.target / "file.txt").read_text() == "old"
    assert sorted(path.name for path in place.target.parent.iterdir()) == ["1"]


def test_what_a_process_left_of_a_removal_is_removed(place: BundlePlace):
    filled(place.leaving, "old")
    place.clean()
    assert not place.target.parent.exists()
