"""Processes that made scenes end soon, but not sooner than objects with something left to do."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

SCENE = """
import gc
from smashcima.scene.graph import garbage_collection_paused

class Cycle:
    def __init__(self, **parts):
        self.__dict__.update(parts, own=self)

with garbage_collection_paused():
    kept = [[] for _ in range(100_000)]
"""


def run(*parts: str, at: Path) -> str:
    """What a fresh process prints that runs the parts one after the other."""
    program = "\n".join(map(textwrap.dedent, parts))
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=at, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout


def test_all_objects_are_set_aside_at_the_end(tmp_path: Path) -> None:
    asked = """
    from smashcima.scene.graph import ending
    ending._set_all_aside()
    print(gc.get_freeze_count() > 100_000)
    """
    assert run(SCENE, asked, at=tmp_path) == "True\n"


def test_nothing_is_set_aside_if_nothing_was_made(tmp_path: Path) -> None:
    asked = """
    import gc
    from smashcima.scene.graph import ending
    ending._set_all_aside()
    print(gc.get_freeze_count())
    """
    assert run(asked, at=tmp_path) == "0\n"


@pytest.mark.parametrize("mode", ["w", "wb", "w+b"])
def test_files_that_are_open_for_writing_in_a_cycle_are_saved(tmp_path: Path, mode: str) -> None:
    written = f"""
    import warnings
    warnings.simplefilter("ignore")
    file = open("log", {mode!r})
    file.write("all of it" if {mode!r} == "w" else b"all of it")
    log = Cycle(file=file)
    del file
    """
    run(SCENE, written, at=tmp_path)
    assert (tmp_path / "log").read_text() == "all of it"


def test_finalizers_in_cycles_are_called(tmp_path: Path) -> None:
    noisy = """
    class Noisy(Cycle):
        def __del__(self):
            print("closed")

    noisy = Noisy()
    """
    assert run(SCENE, noisy, at=tmp_path) == "closed\n"


def test_suspended_generators_in_cycles_are_closed(tmp_path: Path) -> None:
    generator = """
    def generate(owner):
        try:
            yield
        finally:
            print("closed")

    owner = Cycle()
    owner.generator = generate(owner)
    next(owner.generator)
    """
    assert run(SCENE, generator, at=tmp_path) == "closed\n"


def test_closed_files_do_not_matter(tmp_path: Path) -> None:
    closed = """
    file = open("log", "w")
    file.close()
    log = Cycle(file=file)
    from smashcima.scene.graph import ending
    ending._set_all_aside()
    print(gc.get_freeze_count() > 100_000)
    """
    assert run(SCENE, closed, at=tmp_path) == "True\n"
