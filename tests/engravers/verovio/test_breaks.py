from __future__ import annotations

import pytest

from smashcima.engravers.verovio import engrave_mei
from smashcima.engraving import Engraving, LayoutOptions, PageSize, PrimitiveKind
from smashcima.errors import EngravingError

SMALL = PageSize(120, 100)


def starts(engraving: Engraving) -> list[list[int]]:
    """Measures (from 1) that begin the systems of each page."""
    return [[system.measures[0].index + 1 for system in page.systems] for page in engraving.pages]


def sticks_out(engraving: Engraving) -> list[str]:
    return [
        f"page {page.index + 1}: {primitive.kind.value}"
        for page in engraving.pages
        for primitive in page.primitives
        for box in [primitive.bounds()]
        if min(box.left, box.top) < -1e-3 or box.right > page.width + 1e-3 or box.bottom > page.height + 1e-3
    ]


def what_was_done(engraving: Engraving) -> list[str]:
    return [issue.what for issue in engraving.issues]


@pytest.fixture
def rests(write_document, write_measure):
    """Measures of rests, with breaks written before some of them (`{3: "sb", 5: "pb"}`)."""

    def make(count: int, breaks: dict[int, str] | None = None) -> str:
        parts = []
        for n in range(1, count + 1):
            if breaks and n in breaks:
                parts.append(f"<{breaks[n]}/>")
            parts.append(write_measure(f'<mRest xml:id="r{n}"/>', n=n))
        return write_document("".join(parts))

    return make


def test_breaks_of_the_source_are_kept(rests):
    engraving = engrave_mei(rests(8, {3: "sb", 5: "pb", 6: "sb"}))
    assert starts(engraving) == [[1, 3], [5, 6]]
    assert engraving.issues == ()


def test_line_breaks_alone_fill_pages(rests):
    engraving = engrave_mei(rests(12, dict.fromkeys(range(2, 13), "sb")), LayoutOptions(page=SMALL))
    lines = starts(engraving)
    assert [n for page in lines for n in page] == list(range(1, 13))
    assert len(lines) > 1
    assert sticks_out(engraving) == []


def test_a_source_without_breaks_fills_lines(rests):
    engraving = engrave_mei(rests(30), LayoutOptions(page="A4"))
    assert len(engraving.systems) > 1
    assert engraving.issues == ()


def test_a_break_before_the_first_measure_is_none(rests):
    assert len(engrave_mei(rests(30, {1: "pb"}), LayoutOptions(page="A4")).systems) > 1


def test_breaks_can_be_ignored(rests):
    assert starts(engrave_mei(rests(4, {2: "sb", 3: "pb"}), LayoutOptions(breaks="auto"))) == [[1]]


def test_one_unbroken_line_has_a_sheet_as_wide_as_itself(rests):
    engraving = engrave_mei(rests(60, {2: "sb"}), LayoutOptions(breaks="none", margins=10))
    assert starts(engraving) == [[1]]
    (page,) = engraving.pages
    assert page.width == pytest.approx(engraving.systems[0].staves[0].right + 10, abs=0.5)
    assert page.width > 500
    assert sticks_out(engraving) == []


def test_slightly_too_high_pages_get_smaller_staves(rests):
    full = engrave_mei(rests(7, dict.fromkeys(range(2, 8), "sb")), LayoutOptions(page=SMALL, breaks="source"))
    height = len(full.pages[0].systems)
    mei = rests(2 * height + 2, dict.fromkeys(range(2, 2 * height + 3), "sb") | {height + 2: "pb"})
    engraving = engrave_mei(mei, LayoutOptions(page=SMALL))
    assert [len(page.systems) for page in engraving.pages] == [height + 1, height + 1]
    (scaled,) = what_was_done(engraving)
    assert scaled.startswith("scaled to ")
    assert scaled.endswith(" % to fit the page")
    assert 0.75 * 1.75 <= engraving.systems[0].staves[0].staff_space < 1.75
    assert sticks_out(engraving) == []


def test_far_too_full_pages_are_divided(rests):
    engraving = engrave_mei(
        rests(25, dict.fromkeys(range(2, 25), "sb") | {25: "pb"}), LayoutOptions(page=SMALL)
    )
    assert what_was_done(engraving)[0].startswith("some added because systems")
    lines = starts(engraving)
    assert [n for page in lines for n in page] == list(range(1, 26))
    assert lines[-1] == [25]
    assert len(lines) > 3
    assert sticks_out(engraving) == []


def test_far_too_long_lines_are_divided_and_the_break_stays(rests):
    engraving = engrave_mei(rests(60, {41: "sb"}), LayoutOptions(page=SMALL))
    assert what_was_done(engraving) == ["some added because systems or pages of the source were overfull"]
    lines = [n for page in starts(engraving) for n in page]
    assert 41 in lines
    assert len(lines) > 6
    assert engraving.systems[0].staves[0].staff_space == pytest.approx(1.75)


def test_encoded_breaks_are_never_added_to(rests):
    engraving = engrave_mei(rests(60, {41: "sb"}), LayoutOptions(page=SMALL, breaks="encoded"))
    assert starts(engraving) == [[1, 41]]
    assert any(what.startswith("scaled") for what in what_was_done(engraving))
    assert sticks_out(engraving) == []


def test_new_breaks_stand_outside_endings(write_document, write_measure):
    def run(first: int) -> str:
        return "".join(write_measure("<mRest/>", n=n) for n in range(first, first + 20))

    mei = write_document(f'<ending n="1">{run(1)}</ending><ending n="2">{run(21)}</ending><pb/>{run(41)}')
    engraving = engrave_mei(mei, LayoutOptions(page=SMALL))
    assert len(engraving.measures) == 60
    assert 41 in [n for page in starts(engraving) for n in page]
    assert sticks_out(engraving) == []


@pytest.mark.parametrize("count", [12, 40])
def test_many_staves_fit_on_a_sheet(write_document, count):
    staves = "".join(
        f'<staffDef n="{n}" lines="5" clef.shape="G" clef.line="2"/>' for n in range(1, count + 1)
    )
    rests = "".join(f'<staff n="{n}"><layer n="1"><mRest/></layer></staff>' for n in range(1, count + 1))
    mei = write_document(
        f'<measure xml:id="m1" n="1">{rests}</measure>', f"<scoreDef><staffGrp>{staves}</staffGrp></scoreDef>"
    )
    engraving = engrave_mei(mei, LayoutOptions(page=SMALL))
    assert len(engraving.systems[0].staves) == count
    assert any(what.startswith("scaled") for what in what_was_done(engraving))
    assert sticks_out(engraving) == []


def test_a_measure_that_no_line_can_hold_is_made_smaller(write_document, write_measure):
    notes = "".join(f'<note xml:id="k{k}" pname="c" oct="5" dur="16"/>' for k in range(120))
    engraving = engrave_mei(write_document(write_measure(notes)), LayoutOptions(page=SMALL))
    assert len(list(engraving.primitives(PrimitiveKind.NOTEHEAD))) == 120
    assert any(what.startswith("scaled") for what in what_was_done(engraving))
    assert sticks_out(engraving) == []


def test_a_measure_beyond_all_measure_is_squeezed_with_an_issue(write_document, write_measure):
    notes = "".join(f'<note xml:id="k{k}" pname="c" oct="5" dur="16"/>' for k in range(1000))
    engraving = engrave_mei(write_document(write_measure(notes)), LayoutOptions(page=SMALL))
    assert any("spacing is compressed" in what for what in what_was_done(engraving))
    assert sticks_out(engraving) == []


def test_a_measure_without_end_is_an_error(write_document, write_measure):
    notes = '<note pname="c" oct="5" dur="16"/>' * 20_000
    with pytest.raises(EngravingError, match="Measure 3 has 20001 elements"):
        engrave_mei(write_document(write_measure(notes, n=3)))


def test_words_that_stick_out_are_moved_in(snippet):
    words = "molto espressivo e con grande sentimento ma non troppo lento"
    pushed = f'<dir xml:id="d" startid="#n4" ho="60vu">{words}</dir>'
    made = snippet(marks=pushed, page=PageSize(100, 100))
    assert sticks_out(made.engraving) == []
    (text,) = made.of_kind(PrimitiveKind.DIRECTION)
    assert text.bounds().right == pytest.approx(98, abs=0.1)
    issue = made.engraving.issues[-1]
    assert (issue.where, issue.element) == ("page 1", "direction")
    assert "to stay on the page" in issue.what


def test_words_wider_than_the_sheet_are_made_smaller(snippet):
    made = snippet(marks=f'<dir startid="#n1">{"ancora piu lento " * 20}</dir>', page=SMALL)
    assert sticks_out(made.engraving) == []
    assert "larger than the page" in made.engraving.issues[0].what


def test_the_tutorial_score_keeps_its_two_pages(shared_data, load_mei_once):
    mei = load_mei_once(shared_data / "tutorial" / "lc5003150.musicxml").meis[0]
    engraving = engrave_mei(mei)
    assert starts(engraving) == [[1, 5, 9], [13, 17, 21, 26]]
    assert len(engraving.measures) == 30
    assert engraving.issues == ()
    assert sticks_out(engraving) == []
    # 367 <note> elements with a <pitch> stand in the file (grep -c).
    assert len(list(engraving.primitives(PrimitiveKind.NOTEHEAD))) == 367
