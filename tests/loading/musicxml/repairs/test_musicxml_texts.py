"""Titles keep the size that the source gives them, and tempo words stand apart from the metronome mark."""

from __future__ import annotations

from lxml import etree

from smashcima.loading import load_mei_text
from smashcima.loading.musicxml.repairs import ImportResult, MusicXmlSource
from smashcima.loading.musicxml.repairs.texts import PartTempoFromMetronome, RestoreTitleSizes

MEI = """<mei xmlns="http://www.music-encoding.org/ns/mei"><pgHead>
<rend halign="center" valign="top">A  Song</rend><rend halign="right" valign="bottom">Somebody</rend></pgHead>
<tempo><rend fontweight="bold">Largo</rend> <rend glyph.auth="smufl">&#xECA5;</rend> = 40</tempo></mei>"""

CREDIT = '<credit><credit-words font-size="{}">{}</credit-words></credit>'


def restored(*credits: tuple[str, str]) -> list[tuple[str, str | None]]:
    source = MusicXmlSource(
        etree.fromstring(
            "<score-partwise>" + "".join(CREDIT.format(*c) for c in credits) + "</score-partwise>"
        )
    )
    result = ImportResult(etree.fromstring(MEI))
    for repair in (RestoreTitleSizes(), PartTempoFromMetronome()):
        repair.restore(source, result)
    assert result.is_changed
    return [(line.text or "", line.get("fontsize")) for line in result.root.iter("{*}rend")]


def test_words_get_the_size_of_their_credit() -> None:
    assert restored(("24", "A Song"), ("12.5", "Somebody"))[:2] == [
        ("A  Song", "24pt"),
        ("Somebody", "12.5pt"),
    ]


def test_a_title_is_larger_where_the_source_gives_no_size() -> None:
    assert restored()[:2] == [("A  Song", "x-large"), ("Somebody", None)]
    assert restored(("large", "A Song"))[0] == ("A  Song", "x-large")


def test_sizes_beyond_reason_are_limited() -> None:
    assert restored(("900", "A Song"))[0] == ("A  Song", "48pt")


def test_tempo_words_stand_apart_from_the_metronome_mark() -> None:
    assert restored()[2] == ("Largo\N{NO-BREAK SPACE}", None)


SONG = """<score-partwise version="4.0"><part-list><score-part id="P1"><part-name/></score-part></part-list>
<part id="P1"><measure number="1"><attributes><divisions>1</divisions></attributes><direction><direction-type>
<words>first line
</words><words>second
third
</words></direction-type></direction><note><rest measure="yes"/><duration>4</duration></note></measure></part>
</score-partwise>"""


def test_lines_of_a_direction_stay_lines() -> None:
    mei = etree.fromstring(load_mei_text(data=SONG, format="musicxml").meis[0].encode())
    direction = next(mei.iter("{*}dir"))
    assert (
        "|".join(line.strip() for line in direction.itertext() if line.strip()) == "first line|second|third"
    )
    assert len(direction.findall(".//{*}lb")) == 2


def test_the_title_of_the_example_has_its_size(example_score) -> None:  # type: ignore[no-untyped-def]
    assert 'fontsize="22pt">Abendlied<' in load_mei_text(example_score).meis[0]
