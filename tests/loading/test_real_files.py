"""Scores of other people: all are read, and what they print arrives, or is named.

`pytest -s tests/loading/test_real_files.py` prints the table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from smashcima.loading import LoadedMei
from smashcima.loading.completeness import tally_mei, tally_musicxml
from smashcima.loading.mxl import open_mxl
from smashcima.loading.source import read_source

KINDS = (
    "note",
    "rest",
    "clef",
    "key signature",
    "time signature",
    "slur",
    "tie",
    "dynamic",
    "lyric syllable",
)
"""What the project promises to keep or to name, first of all."""


def printed(path: Path) -> dict[str, int]:
    """What a MusicXML file prints, counted from its elements."""
    source = read_source(path)
    if path.suffix == ".mxl":
        source, _ = open_mxl(source)
    tally = tally_musicxml(etree.fromstring(source.data))
    return {kind: tally.total(kind) for kind in tally.counts}


def arrived(loaded: LoadedMei) -> dict[str, int]:
    tally = tally_mei(etree.fromstring(loaded.meis[0].encode()))
    return {kind: tally.total(kind) for kind in tally.counts}


def named(loaded: LoadedMei) -> Counter[str]:
    counts: Counter[str] = Counter()
    for issue in loaded.issues:
        number, _, rest = issue.what.partition(" of them lost")
        if rest:
            counts[issue.element] += int(number)
        elif issue.what == "lost at import":
            counts[issue.element] += 1
    return counts


@pytest.mark.slow
def test_all_musicxml_arrives_or_is_named(
    lieder_paths: list[Path], musicxml_paths: list[Path], load_mei_once: Callable[[Path], LoadedMei]
) -> None:
    in_source: Counter[str] = Counter()
    in_result: Counter[str] = Counter()
    in_issues: Counter[str] = Counter()
    for path in [*lieder_paths, *musicxml_paths]:
        loaded = load_mei_once(path)
        wanted, found, lost = printed(path), arrived(loaded), named(loaded)
        for kind, number in wanted.items():
            assert found.get(kind, 0) + lost[kind] >= number, (path.name, kind)
        in_source.update(wanted)
        in_result.update(found)
        in_issues.update(lost)
    print(f"\n{'kind':18}{'in the source':>15}{'in the MEI':>12}{'named as lost':>15}")
    for kind, number in sorted(in_source.items()):
        print(f"{kind:18}{number:15}{in_result[kind]:12}{in_issues[kind]:15}")
    assert all(in_source[kind] > 100 for kind in KINDS)
    assert sum(in_issues[kind] for kind in KINDS) <= 1  # a syllable under a rest


@pytest.mark.slow
def test_all_other_formats_are_read(
    format_paths: list[Path], load_mei_once: Callable[[Path], LoadedMei]
) -> None:
    scores: Counter[str] = Counter()
    for path in format_paths:
        loaded = load_mei_once(path)
        scores[path.suffix] += len(loaded.meis)
        assert all("<measure" in mei for mei in loaded.meis), path.name
        assert len(loaded.names) == len(loaded.meis)
        lost = [
            str(issue) for issue in loaded.issues if "lost at import" in issue.what and issue.element in KINDS
        ]
        # Its `@tie`s name notes of other pitches; Verovio says so and leaves them out.
        assert lost == (
            ["staff 2, measure 2: tie: 2 of them lost at import"] if path.name.startswith("Hummel") else []
        ), path.name
        print(f"{path.name:50}{len(loaded.meis):4} scores{len(loaded.issues):5} issues")
    assert scores[".krn"] == 10
    assert scores[".mei"] == 10
    assert scores[".abc"] == 292


def test_the_tutorial_score_has_its_breaks_and_all_its_notes(
    tutorial_score: Path, load_mei_once: Callable[[Path], LoadedMei]
) -> None:
    loaded = load_mei_once(tutorial_score)
    assert loaded.issues == ()
    document = etree.fromstring(loaded.meis[0].encode())
    latest, begins = "", {}
    for element in document.iter("{*}sb", "{*}pb", "{*}measure"):
        if etree.QName(element).localname == "measure":
            if latest:
                begins[element.get("n")] = latest
            latest = ""
        else:
            latest = etree.QName(element).localname
    assert begins == {"1": "pb", "5": "sb", "9": "sb", "13": "pb", "17": "sb", "21": "sb", "26": "sb"}
    assert len(list(document.iter("{*}measure"))) == 30
    assert printed(tutorial_score)["note"] == arrived(loaded)["note"] > 300


def test_incipits_in_plaine_and_easie_and_midi_are_read(
    shared_data: Path, load_mei_once: Callable[[Path], LoadedMei]
) -> None:
    paths = sorted(
        path for path in (shared_data / "primus").rglob("*") if path.suffix in {".pae", ".mid", ".mei"}
    )
    if not paths:
        pytest.skip("the test data has no incipits")
    for path in paths:
        loaded = load_mei_once(path)
        assert arrived(loaded)["note"] >= 7, path.name
