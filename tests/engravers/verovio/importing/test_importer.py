from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from smashcima.engravers.verovio.importing import ImportWorker, import_to_mei
from smashcima.engravers.verovio.importing.supervisor import WorkerAnswer
from smashcima.errors import ImporterCrashedError, ImportFailedError, Issue

REPOSITORY = Path(__file__).parents[3]

SCORE = (
    b'<score-partwise><part-list><score-part id="P1"><part-name>A</part-name></score-part></part-list>'
    b'<part id="P1"><measure number="1"><attributes><divisions>1</divisions><time><beats>4</beats><beat-type>4'
    b"</beat-type></time></attributes><note><rest/><duration>4</duration></note></measure></part></score-partwise>"
)

MIDI = bytes.fromhex("4d546864 00000006 00000001 01e0 4d54726b 0000000d") + bytes(
    [0, 0x90, 60, 64, 0x83, 0x60, 0x80, 60, 0, 0, 0xFF, 0x2F, 0]
)

DEADLY_SCORE = SCORE.replace(b">4</beats>", b">0</beats>").replace(b"<beat-type>4", b"<beat-type>0")


@pytest.fixture(scope="module")
def worker() -> Iterator[ImportWorker]:
    worker = ImportWorker()
    yield worker
    worker.close()


class WorkerWithDyingVerovio(ImportWorker):
    """Verovio dies in it, whatever it reads."""

    def request(self, road: str, *arguments: Any, **options: Any) -> WorkerAnswer:
        if road == "verovio":
            raise ImporterCrashedError("Verovio died.")
        return super().request(road, *arguments, **options)


@pytest.fixture(scope="module")
def dying() -> Iterator[ImportWorker]:
    worker = WorkerWithDyingVerovio()
    yield worker
    worker.close()


def test_verovio_reads_what_it_can(worker: ImportWorker) -> None:
    imported = import_to_mei(SCORE, "xml", "a.xml", worker=worker)
    assert imported.meis[0].count("<mRest ") == 1
    assert imported.issues == ()


def test_what_verovio_dies_of_is_read_through_music21_and_said(dying: ImportWorker) -> None:
    imported = import_to_mei(SCORE, "xml", "b.xml", worker=dying)
    assert imported.meis[0].count("<measure ") == 1
    assert imported.issues[0] == Issue("b.xml", "MusicXML", "read through music21: Verovio crashed")


def test_what_verovio_dies_of_and_music21_does_not_know_is_an_error(dying: ImportWorker) -> None:
    with pytest.raises(ImporterCrashedError, match="Verovio died"):
        import_to_mei(b"@clef:G-2", "pae", "c.pae", worker=dying)


def test_what_no_road_reads_is_an_error_with_both_reasons(worker: ImportWorker) -> None:
    with pytest.raises(ImporterCrashedError, match="SIGFPE.*music21 could not read the source either"):
        import_to_mei(DEADLY_SCORE, "xml", "d.xml", worker=worker)


def test_a_document_without_measures_is_an_error(worker: ImportWorker) -> None:
    with pytest.raises(
        ImportFailedError, match=r"e\.xml could not be imported as MusicXML: it contains no measures"
    ):
        import_to_mei(b"<nonsense/>", "xml", "e.xml", worker=worker)


def test_midi_is_read_through_music21(worker: ImportWorker) -> None:
    imported = import_to_mei(MIDI, "midi", "f.mid", worker=worker)
    assert imported.meis[0].count("<note ") == 1
    assert [issue.element for issue in imported.issues] == ["MIDI"]


@pytest.mark.parametrize(("data", "input_format"), [(SCORE, "xml"), (MIDI, "midi")])
def test_the_mei_is_the_same_in_processes_with_different_hash_seeds(
    data: bytes, input_format: str, worker: ImportWorker
) -> None:
    code = (
        "import sys; from smashcima.engravers.verovio.importing import import_to_mei; "
        "sys.stdout.write(''.join(import_to_mei(sys.stdin.buffer.read(), sys.argv[1]).meis))"
    )
    other_seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    other = subprocess.run(
        [sys.executable, "-c", code, input_format],
        input=data,
        env={**os.environ, "PYTHONHASHSEED": other_seed},
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
    ).stdout
    assert b"<measure" in other
    assert other == "".join(import_to_mei(data, input_format, worker=worker).meis).encode()


def test_music21_does_not_sign_the_score(worker: ImportWorker) -> None:
    assert "Music21" not in import_to_mei(MIDI, "midi", "b.mid", worker=worker).meis[0]


def test_an_unknown_format_is_a_mistake_of_the_caller(worker: ImportWorker) -> None:
    with pytest.raises(ValueError, match="'docx'"):
        import_to_mei(b"", "docx", worker=worker)
