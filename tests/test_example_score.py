"""The bundled example is sound music, and has what the documentation says of it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from lxml import etree

SHOWN = [
    "accent", "accidental", "arpeggiate", "beam", "chord", "credit-words", "ending", "extend", "fermata", "grace", "metronome",
    "p", "f", "pp", "mf", "pedal", "repeat", "rest", "staccato", "tenuto", "trill-mark",
]  # fmt: skip


@pytest.fixture(scope="module")
def root(example_score: Path) -> etree._Element:
    return etree.parse(str(example_score)).getroot()


def test_it_has_a_voice_and_a_piano_of_a_pick_up_and_31_measures(root: etree._Element):
    parts = {part.get("id"): part.findall("measure") for part in root.findall("part")}
    assert [name.text for name in root.iter("part-name")] == ["Voice", "Piano"]
    for measures in parts.values():
        assert [int(measure.get("number")) for measure in measures] == list(range(32))


@pytest.mark.parametrize("part, voices", [("P1", {"1"}), ("P2", {"1", "2", "5"})])
def test_every_voice_fills_every_measure(root: etree._Element, part: str, voices: set[str]):
    seen = set()
    for measure in root.find(f"part[@id='{part}']").findall("measure"):
        expected = Fraction(1) if measure.get("number") == "0" else Fraction(3)
        lengths: dict[str, Fraction] = {}
        for note in measure.findall("note"):
            if note.find("chord") is None and note.find("grace") is None:
                voice = note.findtext("voice")
                lengths[voice] = lengths.get(voice, Fraction(0)) + Fraction(
                    int(note.findtext("duration")), 12
                )
        assert set(lengths.values()) == {expected}, measure.get("number")
        seen |= set(lengths)
    assert seen == voices


def test_both_verses_have_their_words(root: etree._Element):
    verses = {"1": "", "2": ""}
    for lyric in root.iter("lyric"):
        ends_word = lyric.findtext("syllabic") in ("single", "end")
        verses[lyric.get("number")] += lyric.findtext("text") + (" " if ends_word else "")
    assert verses["1"].startswith(
        "Der Mond ist aufgegangen, die goldnen Sternlein prangen am Himmel hell und klar."
    )
    assert verses["1"].endswith("der weiße Nebel wunderbar. ")
    assert verses["2"].startswith(
        "Wie ist die Welt so stille und in der Dämmrung Hülle so traulich und so hold"
    )
    assert verses["2"].endswith("verschlafen und vergessen sollt. ")


@pytest.mark.parametrize("kind", ["slur", "tied", "wedge", "tuplet"])
def test_what_starts_stops(root: etree._Element, kind: str):
    starting = {"start", "crescendo", "diminuendo"}
    types = [element.get("type") for element in root.iter(kind)]
    assert types
    assert sum(type_ in starting for type_ in types) == sum(type_ == "stop" for type_ in types)


def test_it_encodes_its_systems_and_pages(root: etree._Element):
    measures = root.find("part[@id='P1']").findall("measure")
    breaks = {m.get("number"): dict(p.attrib) for m in measures for p in m.findall("print")}
    system, page = {"new-system": "yes"}, {"new-page": "yes"}
    assert breaks == {"5": system, "9": system, "13": system, "17": page, "22": system, "27": system}


def test_it_is_free_to_use(root: etree._Element):
    assert "CC0" in root.findtext("identification/rights")


@pytest.mark.parametrize("element", SHOWN)
def test_it_shows_what_notation_has(root: etree._Element, element: str):
    assert next(root.iter(element), None) is not None
