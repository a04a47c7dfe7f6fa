"""What belongs to what is found once, before anything is moved, and holds afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smashcima.engravers.verovio import engrave
from smashcima.engraving import (
    EngravedPage,
    Engraving,
    Line,
    PageBelonging,
    Place,
    PrimitiveKind,
    with_belonging,
)
from smashcima.engraving.belonging import find_belonging
from smashcima.geometry import Point
from smashcima.loading import load_score
from smashcima.placement import PlacementStyle, place_by_hand
from smashcima.randomness import Stream
from smashcima.scene.semantic import Score

K = PrimitiveKind

MEI = """<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0"><meiHead><fileDesc><titleStmt><title/>
</titleStmt><pubStmt/></fileDesc></meiHead><music><body><mdiv><score><scoreDef><staffGrp>
<staffDef n="1" lines="5" clef.shape="G" clef.line="2"/></staffGrp></scoreDef><section><measure xml:id="m" n="1" right="end">
<staff n="1"><layer n="1">
<beam xml:id="b"><note xml:id="a" pname="g" oct="4" dur="8"/><note xml:id="c" pname="a" oct="4" dur="8"/></beam>
<chord xml:id="ch" dur="4" dots="1"><note xml:id="low" pname="e" oct="4"><accid xml:id="acc" accid="f"/></note>
<note xml:id="high" pname="c" oct="5"/></chord>
<rest xml:id="r" dur="4" dots="1"/><note xml:id="f" pname="a" oct="5" dur="8"/>
<note xml:id="d" pname="c" oct="6" dur="4"/>
</layer></staff><slur xml:id="s" startid="#a" endid="#low"/></measure></section></score></mdiv></body></music></mei>"""


@pytest.fixture(scope="module")
def music() -> Score:
    return load_score(data=MEI, format=".mei").score


@pytest.fixture(scope="module")
def page(music: Score) -> EngravedPage:
    return engrave(music).pages[0]


@pytest.fixture(scope="module")
def belonging(page: EngravedPage) -> PageBelonging:
    assert page.belonging is not None
    return page.belonging


def of_kind(page: EngravedPage, kind: PrimitiveKind, element: str | None = None) -> list[int]:
    return [
        index
        for index, primitive in enumerate(page.primitives)
        if primitive.kind is kind and element in (None, primitive.element)
    ]


def test_parts_of_a_chord_belong_to_the_chord(page: EngravedPage, belonging: PageBelonging) -> None:
    for head in of_kind(page, K.NOTEHEAD, "low") + of_kind(page, K.NOTEHEAD, "high"):
        assert belonging.events[head] == "ch"
    (accidental,) = of_kind(page, K.ACCIDENTAL)
    assert belonging.events[accidental] == "ch"
    assert belonging.events[of_kind(page, K.NOTEHEAD, "a")[0]] == "a"
    assert belonging.events[of_kind(page, K.BARLINE)[0]] is None


def test_a_stem_belongs_to_all_heads_of_its_chord(page: EngravedPage, belonging: PageBelonging) -> None:
    (stem,) = of_kind(page, K.STEM, "ch")
    heads = of_kind(page, K.NOTEHEAD, "low") + of_kind(page, K.NOTEHEAD, "high")
    assert sorted(belonging.noteheads[stem]) == sorted(heads)


def test_an_accidental_belongs_to_its_own_head(page: EngravedPage, belonging: PageBelonging) -> None:
    (accidental,) = of_kind(page, K.ACCIDENTAL)
    assert belonging.noteheads[accidental] == tuple(of_kind(page, K.NOTEHEAD, "low"))


def test_dots_belong_to_heads_or_rests(page: EngravedPage, belonging: PageBelonging) -> None:
    (rest,) = of_kind(page, K.REST)
    owners = [
        belonging.rests.get(dot, belonging.noteheads.get(dot)) for dot in of_kind(page, K.AUGMENTATION_DOT)
    ]
    low, high = of_kind(page, K.NOTEHEAD, "low"), of_kind(page, K.NOTEHEAD, "high")
    assert sorted(map(str, owners)) == sorted(map(str, [rest, tuple(low), tuple(high)]))


def test_a_flag_belongs_to_its_stem(page: EngravedPage, belonging: PageBelonging) -> None:
    (flag,) = of_kind(page, K.FLAG)
    assert [belonging.stems[flag]] == of_kind(page, K.STEM, "f")


def test_ledger_lines_belong_to_the_heads_on_and_beyond_them(
    page: EngravedPage, belonging: PageBelonging
) -> None:
    high = of_kind(page, K.NOTEHEAD, "d")
    lines = [line for line in of_kind(page, K.LEDGER_LINE) if belonging.noteheads[line] == tuple(high)]
    assert len(lines) == 2  # A5 and C6, for the note on C6


def test_a_beam_belongs_to_the_stems_that_it_touches(page: EngravedPage, belonging: PageBelonging) -> None:
    (beam,) = of_kind(page, K.BEAM)
    piece = belonging.beams[beam]
    assert piece.level == 1
    assert not piece.is_hook
    assert list(piece.stems) == of_kind(page, K.STEM, "a") + of_kind(page, K.STEM, "c")


def test_a_slur_belongs_to_the_heads_at_its_ends(page: EngravedPage, belonging: PageBelonging) -> None:
    (slur,) = of_kind(page, K.SLUR)
    assert list(belonging.start_noteheads[slur]) == of_kind(page, K.NOTEHEAD, "a")
    assert list(belonging.end_noteheads[slur]) == of_kind(page, K.NOTEHEAD, "low")
    assert (belonging.start_events[slur], belonging.end_events[slur]) == ("a", "ch")


def test_strokes_of_a_final_barline_are_not_single(page: EngravedPage, belonging: PageBelonging) -> None:
    assert len(of_kind(page, K.BARLINE)) == 2
    assert not belonging.single_barlines


def test_it_holds_wherever_things_are_moved(music: Score, page: EngravedPage) -> None:
    engraving = Engraving((page,), (), "Leipzig")
    style = PlacementStyle.from_seed(3, amplitude=3.0)
    moved = place_by_hand(engraving, music, style, Stream(1)).pages[0]
    assert moved.belonging is page.belonging
    assert any(
        a.coordinates() != b.coordinates() for a, b in zip(moved.primitives, page.primitives, strict=True)
    )


def test_a_layout_without_it_is_given_it(music: Score, page: EngravedPage) -> None:
    bare = Engraving((replace(page, belonging=None),), (), "Leipzig")
    assert with_belonging(bare, music).pages[0].belonging == page.belonging


def test_what_a_source_says_is_kept(music: Score, page: EngravedPage) -> None:
    own = PageBelonging(events=(None,) * len(page.primitives))
    given = Engraving((replace(page, belonging=own),), (), "Leipzig")
    assert with_belonging(given, music).pages[0].belonging is own


def test_pages_are_hashable(page: EngravedPage) -> None:
    assert dict.fromkeys((page, page)) == {page: None}


def test_pieces_of_a_barline_that_meet_are_one_stroke_also_where_they_are_slanted() -> None:
    def piece(x0: float, y0: float, x1: float, y1: float, staff: int | None) -> Line:
        return Line(K.BARLINE, Place(0, 0, 0, staff), "m", Point(x0, y0), Point(x1, y1), 0.2)

    pieces = (
        piece(50, 10, 50, 18, 1),
        piece(51, 30, 51, 38, 2),
        piece(50, 18, 51, 30, None),
        piece(50, 50, 50, 58, 3),
    )
    found = find_belonging(EngravedPage(0, 100, 100, (), pieces), Score())
    assert found.barline_strokes == ((0, 2, 1),)
