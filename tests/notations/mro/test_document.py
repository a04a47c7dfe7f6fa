"""What a parsed document holds."""

from smashcima.notations.mro import (
    MroAccidental,
    MroBarline,
    MroBarlineShape,
    MroBeam,
    MroChord,
    MroClef,
    MroClefShape,
    MroDocument,
    MroDynamic,
    MroDynamicShape,
    MroEncoding,
    MroFileHeader,
    MroFontStyle,
    MroKeySignature,
    MroLyricElement,
    MroLyricLine,
    MroNote,
    MroNoteShape,
    MroPage,
    MroPosition,
    MroRational,
    MroScore,
    MroSlot,
    MroSlur,
    MroStave,
    MroSystem,
    MroText,
    MroTimeSignature,
    parse_mro,
)
from smashcima.notations.mro.bar import MroBar
from tests.notations.mro.every_slot import EVERY_SLOT

CHORD = MroChord(
    has_virtual_stem=False,
    is_stem_up=True,
    has_stem_slash=True,
    tuplet_transform=MroRational(2, 3),
    tuplet_id=0,
    multi_rest_bars=2,
    has_accent=True,
    has_staccato=True,
    has_marcato=True,
    has_staccatissimo=True,
    has_tenuto=True,
    has_pause=True,
    has_up_bow=True,
    has_down_bow=True,
    has_trill=True,
    has_mordent=True,
    has_inverted_mordent=True,
    staccato_offset_units=80,
    tenuto_offset_units=90,
    pause_offset_units=-20,
    accent_offset_units=-30,
    dot_count=1,
    flag_count=2,
    flag_units=MroPosition(row=-12, column=140),
    head_end_down=3,
    beam=MroBeam(id=5, node_count=3, parts_left=1, parts_right=2),
    notes=(
        MroNote(MroNoteShape.SOLID, 1, 3, MroAccidental.SHARP, -14, is_on_normal_side=False),
        MroNote(MroNoteShape.SOLID, 0, 1, MroAccidental.NATURAL_FLAT, -15, is_on_normal_side=True),
    ),
)

BAR = MroBar(
    clefs=(MroClef(MroClefShape.TREBLE_DOWN_8, MroPosition(40, 20), 2),),
    key_signatures=(MroKeySignature(-3, MroPosition(30, 60)),),
    time_signature=MroTimeSignature(True, 4, 4, MroPosition(32, 90), MroRational(0, 1)),
    chords=(CHORD,),
    barline=MroBarline(MroBarlineShape.THIN_THICK, 990, 998, is_true_end=False, is_invented=True),
)

UPPER = MroStave(
    top_units=100,
    left_units=80,
    width_units=1000,
    size_units=64,
    is_split_into_voices=True,
    is_joined_to_below=True,
    bars=(BAR,),
    lyric_lines=(MroLyricLine(110, 36, 6, (MroLyricElement(True, 130, 160, "Foö-", 145, 0, 2),)),),
    texts=(MroText(-40, 20, 40, 5, 1, "Am7"),),
    dynamics=(
        MroDynamic(MroDynamicShape.CRESCENDO, 0, 100, 200, 90),
        MroDynamic(MroDynamicShape.SFFZ, 150, 0, 0, 95),
    ),
)

PAGE = MroPage(
    width_units=1200,
    height_units=1700,
    image_width_px=2480,
    image_height_px=3508,
    skew_angle=12,
    row_offset=-3,
    column_offset=4,
    staff_space_px_1024=21504,
    image_path="C:\\scans\\trout.bmp",
    systems=(
        MroSystem(
            top_units=100,
            left_units=80,
            width_units=1000,
            height_units=200,
            staves=(UPPER, MroStave(236, 80, 1000, 64, False, False)),
            slurs=(MroSlur(MroPosition(10, 140), MroPosition(12, 300), -90, 1),),
        ),
    ),
    unknown=(MroSlot.comment("a comment with { brackets }"),),
)


def test_every_slot_is_read():
    document, issues = parse_mro(EVERY_SLOT)
    assert issues == []
    assert document == MroDocument(
        "OMRfile",
        MroFileHeader(3100, MroEncoding.ISO88591),
        MroScore('The "Trout"', 16, "1", (PAGE,)),
    )


def test_a_clef_without_position_is_on_its_usual_line():
    assert MroClef(MroClefShape.TREBLE_UP_8).position_down == 2
    assert MroClef(MroClefShape.BASS).position_down == -2
    assert MroClef(MroClefShape.ALTO).position_down == 0
    assert MroClef(MroClefShape.ALTO, stated_position_down=-2).position_down == -2


def test_a_font_style_is_a_face_and_two_flags():
    assert MroFontStyle.of(0) == MroFontStyle("sans-serif", is_bold=False, is_italic=False)
    assert MroFontStyle.of(7) == MroFontStyle("serif", is_bold=True, is_italic=True)
    assert MroFontStyle.of(10) == MroFontStyle("monospaced", is_bold=False, is_italic=True)
    assert [MroFontStyle.of(number).number for number in range(12)] == list(range(12))
    assert MroFontStyle.of(99) == MroFontStyle.of(4)


def test_a_chord_is_what_its_first_note_is():
    assert MroChord(notes=(MroNote(MroNoteShape.QUAVER_REST),)).is_rest
    assert MroChord(notes=(MroNote(MroNoteShape.GRACE),)).is_grace
    assert not MroChord().is_rest
