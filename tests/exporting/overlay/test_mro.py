"""An MRO file as labels of an image: where its objects are, on images of any size, and what does not belong together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from smashcima.errors import ExportError, SettingsError
from smashcima.exporting.overlay import Labels, MroView, read_labels
from smashcima.notations.mro import (
    MroAccidental,
    MroBar,
    MroBarline,
    MroBarlineShape,
    MroBeam,
    MroChord,
    MroClef,
    MroClefShape,
    MroDocument,
    MroDynamic,
    MroDynamicShape,
    MroKeySignature,
    MroLyricElement,
    MroLyricLine,
    MroNote,
    MroNoteShape,
    MroPage,
    MroPosition,
    MroScore,
    MroSlur,
    MroStave,
    MroSystem,
    MroText,
    MroTimeSignature,
    write_mro,
)

WIDTH, HEIGHT = 600, 400
"""Size of the image in pixels. Two pixels are a unit, so a staff space is 32 px."""

LEFT, TOP = 20, 60
"""Place of the stave on the page in units; its middle line is at 60 + 32 = 92."""


def page(*bars: MroBar, slurs: tuple[MroSlur, ...] = (), **stave: object) -> MroPage:
    """A page with one stave of the usual size."""
    staves = (MroStave(TOP, LEFT, 240, 64, bars=bars, **stave),)  # type: ignore[arg-type]
    system = MroSystem(TOP, LEFT, 240, 64, staves, slurs)
    return MroPage(300, 200, WIDTH, HEIGHT, staff_space_px_1024=32 * 1024, systems=(system,))


def bar(*chords: MroChord, **others: object) -> MroPage:
    return page(MroBar(chords=chords, **others))  # type: ignore[arg-type]


def read(
    path: Path, *pages: MroPage, size: tuple[int, int] = (WIDTH, HEIGHT), view: MroView | None = None
) -> Labels:
    file = path / "result.mro"
    file.write_bytes(write_mro(MroDocument(score=MroScore(pages=pages))))
    return read_labels(file, *size, "page.png", view=view)


def boxes(labels: Labels, name: str) -> list[list[float]]:
    """The boxes with a name, as left, top, right, bottom in pixels."""
    wanted = [index for index, each in enumerate(labels.marks.names) if each == name]
    return labels.marks.boxes[wanted].round(1).tolist()  # type: ignore[no-any-return]


def centre(box: list[float]) -> tuple[float, float]:
    return round((box[0] + box[2]) / 2, 1), round((box[1] + box[3]) / 2, 1)


UP = MroChord(
    is_stem_up=True, flag_units=MroPosition(-20, 100), head_end_down=2, notes=(MroNote(position_down=2),)
)
"""A quarter note on G4: stem at x 20 + 100, from y 60 - 20 to 92 + 16."""


def test_staves_systems_and_staff_lines_are_where_the_file_says(tmp_path: Path) -> None:
    labels = read(tmp_path, page())
    assert labels.format == "MRO"
    assert labels.issues == ()
    assert boxes(labels, "system") == boxes(labels, "staff") == [[40, 120, 520, 248]]
    assert [centre(box)[1] for box in boxes(labels, "staffLine")] == [120, 152, 184, 216, 248]


def test_a_stem_leads_from_its_end_to_the_farthest_notehead(tmp_path: Path) -> None:
    labels = read(tmp_path, bar(UP))
    (stem,) = boxes(labels, "stem")
    assert (centre(stem)[0], stem[1], stem[3]) == (240, 80, 216)
    (head,) = boxes(labels, "noteheadBlack")
    assert head[2] == 240  # to the left of a stem that points up
    assert centre(head)[1] == 216


@pytest.mark.parametrize(
    ("is_up", "is_normal", "side"), [(True, True, 2), (True, False, 0), (False, True, 0)]
)
def test_a_notehead_touches_its_stem(tmp_path: Path, is_up: bool, is_normal: bool, side: int) -> None:
    chord = replace(UP, is_stem_up=is_up, notes=(MroNote(position_down=2, is_on_normal_side=is_normal),))
    (head,) = boxes(read(tmp_path, bar(chord)), "noteheadBlack")
    assert head[side] == 240


def test_a_note_without_a_stem_is_in_the_middle_of_its_column(tmp_path: Path) -> None:
    whole = MroNote(
        MroNoteShape.SEMIBREVE, position_down=-1, accidental=MroAccidental.FLAT, accidental_offset_units=-8
    )
    chord = MroChord(has_virtual_stem=True, flag_units=MroPosition(0, 100), dot_count=2, notes=(whole,))
    labels = read(tmp_path, bar(chord))
    (head,) = boxes(labels, "noteheadWhole")
    assert centre(head) == (240, 168)
    (flat,) = boxes(labels, "accidentalFlat")
    assert centre(flat) == (head[0] - 16, 168)
    first, second = boxes(labels, "augmentationDot")
    assert head[2] < first[0] < first[2] < second[0]
    assert centre(first)[1] == 168
    assert "stem" not in labels.marks.names


def test_a_notehead_is_at_its_centre_if_the_file_has_it(tmp_path: Path) -> None:
    chord = replace(UP, notes=(MroNote(position_down=2, centre_units=MroPosition(39, 91)),))
    (head,) = boxes(read(tmp_path, bar(chord)), "noteheadBlack")
    assert centre(head) == (222, 198)


def test_rests_hang_lie_or_are_centred(tmp_path: Path) -> None:
    shapes = [MroNoteShape.SEMIBREVE_REST, MroNoteShape.MINIM_REST, MroNoteShape.CROTCHET_REST]
    chords = [
        MroChord(
            has_virtual_stem=True, flag_units=MroPosition(0, 40 * n), notes=(MroNote(shape, position_down=p),)
        )
        for n, (shape, p) in enumerate(zip(shapes, (-2, 0, 0), strict=True), 1)
    ]
    labels = read(tmp_path, bar(*chords))
    assert boxes(labels, "restWhole")[0][1] == 152  # hangs from the fourth line
    assert boxes(labels, "restHalf")[0][3] == 184  # lies on the middle line
    assert centre(boxes(labels, "restQuarter")[0]) == (40 + 240, 184)


def beamed(column: int, left: int, right: int) -> MroChord:
    return replace(UP, flag_units=MroPosition(-20, column), beam=MroBeam(7, 3, left, right))


def test_beams_join_stems_and_the_rest_are_hooks(tmp_path: Path) -> None:
    """An eighth, and a dotted rhythm: a hook to the left of the last note."""
    labels = read(tmp_path, bar(beamed(180, 2, 0), beamed(100, 0, 1), beamed(140, 1, 1)))
    first, second = boxes(labels, "beam")
    assert (first[0], first[2], second[0], second[2]) == (240, 320, 320, 400)
    assert first[1::2] == second[1::2] == [80, 96]  # half a staff space thick, from the ends of the stems
    assert boxes(labels, "beamHook") == [[368, 104, 400, 120]]


def test_flags_hang_from_the_end_of_the_stem(tmp_path: Path) -> None:
    (flag,) = boxes(read(tmp_path, bar(replace(UP, flag_count=2))), "flag16thUp")
    assert flag[0] == 240
    assert abs(flag[1] - 80) < 16


def test_signs_of_a_note_follow_each_other_below_it_and_fermatas_are_above(tmp_path: Path) -> None:
    signs = replace(UP, has_staccato=True, has_accent=True, has_pause=True, has_trill=True)
    labels = read(tmp_path, bar(signs))
    dot, accent = boxes(labels, "articStaccatoBelow")[0], boxes(labels, "articAccentBelow")[0]
    assert 216 < centre(dot)[1] < centre(accent)[1]
    assert centre(boxes(labels, "fermataAbove")[0])[1] < 80
    assert boxes(labels, "ornamentTrill")[0][3] < 80


def test_clefs_keys_times_and_barlines(tmp_path: Path) -> None:
    labels = read(
        tmp_path,
        bar(
            clefs=(MroClef(MroClefShape.BASS, MroPosition(24, 20)),),
            key_signatures=(MroKeySignature(-3, MroPosition(30, 50)), MroKeySignature(0)),
            time_signature=MroTimeSignature(top=12, bottom=8, centre_units=MroPosition(32, 80)),
            barline=MroBarline(MroBarlineShape.DOUBLE, 230, 238),
        ),
    )
    assert centre(boxes(labels, "fClef")[0]) == (80, 168)
    assert [centre(box) for box in boxes(labels, "keySignature")] == [(140, 180)]
    assert centre(boxes(labels, "timeSignature")[0]) == (200, 184)
    assert boxes(labels, "barline") == [[496, 120, 520, 248]]


def test_words_dynamics_and_hairpins(tmp_path: Path) -> None:
    labels = read(
        tmp_path,
        page(
            lyric_lines=(
                MroLyricLine(100, 32, elements=(MroLyricElement(text="la-", middle_units=60, bar=0),)),
            ),
            texts=(MroText(-20, 30, 32, text="Am7", type=1), MroText(-20, 100, 32, text="dolce")),
            dynamics=(
                MroDynamic(MroDynamicShape.MF, centre_units=50, row_units=90),
                MroDynamic(MroDynamicShape.DIMINUENDO, left_units=80, right_units=120, row_units=85),
            ),
        ),
    )
    (syllable,) = boxes(labels, "lyric")
    assert centre(syllable)[0] == 160
    assert (syllable[1], syllable[3]) == (272, 336)  # a quarter of the height is below the baseline at 320
    assert [box[0] for box in boxes(labels, "harmony") + boxes(labels, "text")] == [100, 240]
    assert centre(boxes(labels, "dynamicText")[0])[0] == 140
    assert boxes(labels, "hairpin") == [[200, 274, 280, 306]]


@pytest.mark.parametrize(("radius", "is_up"), [(-50, True), (50, False)])
def test_slurs_are_arcs_through_their_ends(tmp_path: Path, radius: int, is_up: bool) -> None:
    """The arc over 80 units with a radius of 50 is 20 units high."""
    slur = MroSlur(MroPosition(-10, 50), MroPosition(-10, 130), radius)
    (found,) = boxes(read(tmp_path, page(slurs=(slur,))), "slur")
    assert (found[0], found[2]) == (140, 300)
    assert found[1 if is_up else 3] == (60 if is_up else 140)
    assert found[3] - found[1] == pytest.approx(40, abs=8)


def test_the_objects_follow_an_image_that_is_smaller(tmp_path: Path) -> None:
    labels = read(tmp_path, page(), size=(WIDTH // 2, HEIGHT // 2))
    assert boxes(labels, "staff") == [[20, 60, 260, 124]]


def test_the_width_of_the_page_replaces_a_missing_staff_space(tmp_path: Path) -> None:
    without = replace(page(), staff_space_px_1024=0)
    assert boxes(read(tmp_path, without), "staff") == [[40, 120, 520, 248]]
    nothing = replace(without, width_units=0)
    with pytest.raises(ExportError, match="states neither the staff space"):
        read(tmp_path, nothing)
    assert boxes(read(tmp_path, nothing, view=MroView(scale=2)), "staff") == [[40, 120, 520, 248]]


def test_a_view_scales_turns_and_shifts(tmp_path: Path) -> None:
    turned = read(tmp_path, page(), view=MroView(scale=1, offset_px=(100, 50), skew_deg=90))
    # (20, 60) to (260, 124) turns about (300, 200): x becomes 300 - (y - 200), y becomes 200 + (x - 300).
    assert boxes(turned, "staff") == [[476, -30, 540, 210]]


def test_undocumented_parts_of_the_mapping_are_told_unless_the_view_replaces_them(tmp_path: Path) -> None:
    skewed = replace(page(), skew_angle=12, column_offset=-3)
    (issue,) = read(tmp_path, skewed).issues
    assert "skewangle 12, coloffset -3 not applied" in issue.what
    assert read(tmp_path, skewed, view=MroView(skew_deg=0.5)).issues == ()


def test_the_page_is_that_of_the_image_or_chosen(tmp_path: Path) -> None:
    first = replace(page(), image_path="C:\\scans\\other.bmp")
    second = replace(bar(UP), image_path="C:\\scans\\Page.bmp")
    assert len(boxes(read(tmp_path, first, second), "stem")) == 1
    assert len(boxes(read(tmp_path, first, second, view=MroView(page=1)), "stem")) == 0
    with pytest.raises(ExportError, match=r"There is no page 3 in result\.mro; it has 2"):
        read(tmp_path, first, second, view=MroView(page=3))
    with pytest.raises(ExportError, match="has 2 pages, and 0 of them are of an image page"):
        read(tmp_path, first, first)


def test_a_result_of_another_image_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"is of an image of 600 x 400 px, but page\.png has 600 x 800 px"):
        read(tmp_path, page(), size=(WIDTH, 2 * HEIGHT))
    far = page()
    system = replace(far.systems[0], staves=(replace(far.systems[0].staves[0], left_units=900),))
    with pytest.raises(ExportError, match="which is outside of the image"):
        read(tmp_path, replace(far, systems=(system,)))
    with pytest.raises(ExportError, match="has no pages"):
        read(tmp_path)


def test_flaws_of_the_file_are_issues(tmp_path: Path) -> None:
    file = tmp_path / "result.mro"
    data = write_mro(MroDocument(score=MroScore(pages=(page(),)))).replace(b"size 64", b"size tall")
    file.write_bytes(data)
    found = read_labels(file, WIDTH, HEIGHT, "page.png")
    assert len(found.issues) == 1
    assert "size" in found.issues[0].element
    file.write_bytes(b"no music")
    with pytest.raises(ExportError, match="not an MRO file"):
        read_labels(file, WIDTH, HEIGHT, "page.png")


def test_the_options_of_mro_files_are_for_these_only(tmp_path: Path) -> None:
    (tmp_path / "labels.txt").write_text("0 0.5 0.5 0.5 0.2\n", encoding="utf-8")
    with pytest.raises(
        ExportError, match="not an MRO file; page, scale, offset, skew and fit are for these only"
    ):
        read_labels(tmp_path / "labels.txt", WIDTH, HEIGHT, "page.png", view=MroView(scale=1))
    with pytest.raises(SettingsError, match="must be a positive number"):
        MroView(scale=0)


def test_marks_have_outlines_of_lines_and_curves(tmp_path: Path) -> None:
    marks = read(tmp_path, bar(UP)).marks
    index = marks.names.index("stem")
    np.testing.assert_allclose(np.ptp(marks.outlines(index)[0][:, 1]), 136)
