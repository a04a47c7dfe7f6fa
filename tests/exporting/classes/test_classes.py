"""What other vocabularies call the things that we draw."""

from __future__ import annotations

from pathlib import Path

import pytest

import smashcima as sc
from smashcima.assets.fonts import SMUFL_FONT_NAMES
from smashcima.assets.fonts.engraver_metrics import music_glyphs
from smashcima.errors import ExportError
from smashcima.exporting.classes import (
    VOCABULARIES,
    ClassSelection,
    Sign,
    drawable_labels,
    sign_of,
    vocabulary,
)
from smashcima.scene.visual import (
    AccidentalMark,
    BarlineMark,
    BeamSegment,
    Flag,
    HairpinMark,
    KeySignatureMark,
    Label,
    Notehead,
    Page,
    SmashcimaLabels,
    VisualObject,
)

EXAMPLE = Path(__file__).parents[3] / "assets" / "example" / "example.musicxml"
REFERENCE = Path(__file__).parents[4] / "shared" / "reference" / "classes"


def classes_of(sign: Sign) -> dict[str, str | None]:
    return {name: vocabulary(name).class_of(sign) for name in VOCABULARIES}


def test_a_notehead_is_called_by_its_place_and_size_where_the_vocabulary_says_so() -> None:
    assert classes_of(Sign("noteheadBlack", frozenset({"onLine"}))) == {
        "smashcima": "noteheadBlack",
        "mung": "noteheadBlack",
        "muscimapp2": "noteheadFull",
        "muscimapp1": "notehead-full",
        "deepscores": "noteheadBlackOnLine",
        "doremi": "noteheadBlack",
    }
    assert classes_of(Sign("noteheadHalf", frozenset({"inSpace", "small"}))) == {
        "smashcima": "noteheadHalf",
        "mung": "noteheadHalfSmall",
        "muscimapp2": "noteheadHalfSmall",
        "muscimapp1": "notehead-empty",
        "deepscores": "noteheadHalfInSpaceSmall",
        "doremi": "noteheadHalf",
    }
    # A cue is small, too, and no grace note.
    grace = Sign("noteheadHalf", frozenset({"inSpace", "small", "grace"}))
    assert classes_of(grace) == classes_of(Sign("noteheadHalf", frozenset({"inSpace", "small"}))) | {
        "muscimapp1": "grace-notehead-empty"
    }


@pytest.mark.parametrize(
    "label, traits, name, expected",
    [
        ("accidentalSharp", {"key"}, "deepscores", "keySharp"),
        ("accidentalSharp", {"small"}, "deepscores", "accidentalSharpSmall"),
        ("dynamicForte", set(), "doremi", "dynamicForte"),
        ("dynamicForte", {"part"}, "doremi", None),
        ("dynamicForte", {"part"}, "deepscores", "dynamicF"),
        ("volta", {"group"}, "muscimapp2", "volta"),
        ("volta", set(), "muscimapp2", "horizontalSpanner"),
        ("accidentalSharp", set(), "muscimapp1", "sharp"),
        ("flag8thDown", {"small"}, "deepscores", "flag8thDownSmall"),
        ("flag16thDown", {"small"}, "deepscores", "flag16thDown"),
        ("hairpin", set(), "muscimapp2", "dynamicCrescendoHairpin"),
        ("hairpin", {"diminuendo"}, "muscimapp2", "dynamicDiminuendoHairpin"),
        ("cClef", {"tenor"}, "deepscores", "clefCTenor"),
        ("cClef", set(), "deepscores", "clefCAlto"),
        ("timeSig4", set(), "muscimapp2", "numeral4"),
        ("timeSig0", set(), "doremi", None),
        ("noteheadBlack", set(), "deepscores", None),  # neither on a line nor in a space: percussion, say
        ("systemMeasure", set(), "mung", None),
        ("somethingOfMyOwn", set(), "mung", None),
        ("somethingOfMyOwn", set(), "smashcima", "somethingOfMyOwn"),
    ],
)
def test_traits_choose_among_classes(label: str, traits: set[str], name: str, expected: str | None) -> None:
    assert vocabulary(name).class_of(Sign(label, frozenset(traits))) == expected


def reference_names(file: str, column: int, head: bool) -> set[str]:
    path = REFERENCE / file
    if not path.exists():
        pytest.skip(f"the lists of classes are not here: {path}")
    lines = path.read_text("utf-8").splitlines()[1 if head else 0 :]
    return {line.split("\t")[column].strip() for line in lines if line.strip()}


@pytest.mark.parametrize(
    "name, file, column, head",
    [
        ("mung", "mung_studio_classes.tsv", 0, True),
        ("muscimapp2", "mung_ontology_omniomr_2025-07.txt", 0, False),
        ("deepscores", "deepscoresv2_categories.tsv", 1, True),
        ("doremi", "doremi_classes.tsv", 0, False),
    ],
)
def test_every_class_of_the_table_is_one_of_the_data_set(
    name: str, file: str, column: int, head: bool
) -> None:
    published = reference_names(file, column, head)
    ours = set(vocabulary(name).classes)
    assert len(ours) > 60
    assert ours - published == set()


def test_what_a_vocabulary_cannot_express_is_listed() -> None:
    missing = vocabulary("doremi").inexpressible
    assert "segno" in missing
    assert "timeSig0" in missing
    assert "noteheadBlack" not in missing


# -- in a scene --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scene() -> sc.orchestration.MusicScene:
    return sc.EngravedModel(seed=0)(EXAMPLE)


def test_everything_on_the_example_page_has_a_class_in_our_own_vocabulary(
    scene: sc.orchestration.MusicScene,
) -> None:
    named = ClassSelection()
    things = scene.find(VisualObject)
    assert len(things) > 500
    assert all(named.class_of(thing) in named.classes for thing in things)


def test_noteheads_are_on_lines_and_in_spaces_as_their_pitches_say(
    scene: sc.orchestration.MusicScene,
) -> None:
    checked = 0
    for head in scene.find(Notehead):
        sign = sign_of(head)
        assert sign is not None
        position = head.semantic.pitch_position
        assert ("onLine" in sign.traits) == (position % 2 == 0)
        staff_y = (head.primitive.origin.y - head.staff.line_ys[2]) / head.staff.staff_space * 2
        assert round(staff_y) == -position
        checked += 1
    assert checked > 100


def test_grace_notes_are_small_and_nothing_else_is(scene: sc.orchestration.MusicScene) -> None:
    small = [thing for thing in scene.find(VisualObject) if "small" in sign_of(thing).traits]
    assert {type(thing) for thing in small} <= {Notehead, Flag, AccidentalMark}
    heads = [thing for thing in small if isinstance(thing, Notehead)]
    graces = [head for head in scene.find(Notehead) if head.semantic.is_grace]
    assert heads == graces != []


def test_key_signatures_hairpins_and_thick_barlines_are_told_apart(
    scene: sc.orchestration.MusicScene,
) -> None:
    traits = {thing: sign_of(thing).traits for thing in scene.find(VisualObject)}
    assert all(("key" in found) == isinstance(thing, KeySignatureMark) for thing, found in traits.items())
    wedges = [("diminuendo" in found) for thing, found in traits.items() if isinstance(thing, HairpinMark)]
    assert True in wedges
    assert False in wedges
    thick = [thing for thing, found in traits.items() if "thick" in found]
    assert thick
    assert all(isinstance(thing, BarlineMark) for thing in thick)


# -- selections --------------------------------------------------------------------------------------------


def test_classes_are_dropped_kept_and_merged(scene: sc.orchestration.MusicScene) -> None:
    chosen = ClassSelection(
        "muscimapp2",
        keep=["noteheadFull", "noteheadHalf", "stem", "beam"],
        drop=["beam"],
        merge={"head": ["noteheadFull", "noteheadHalf"]},
    )
    assert chosen.classes == ("head", "stem")
    found = {chosen.class_of(thing) for thing in scene.find(VisualObject)}
    assert found == {"head", "stem", None}
    beam = scene.find(BeamSegment)[0]
    assert chosen.class_of(beam) is None
    assert chosen.is_expressible(beam)


def test_a_class_is_split_by_a_function_of_ones_own(scene: sc.orchestration.MusicScene) -> None:
    by_staff = ClassSelection("mung", keep=["stem"], split=lambda thing, name: f"{name}-{thing.staff.number}")
    found = {by_staff.class_of(thing) for thing in scene.find(VisualObject)}
    assert {"stem-1", "stem-2"} <= found


def test_the_page_has_a_class_too(scene: sc.orchestration.MusicScene) -> None:
    page = scene.find(Page)[0]
    assert ClassSelection().class_of(page) == "page"
    assert ClassSelection("mung").class_of(page) is None
    assert not ClassSelection("mung").is_expressible(page)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(ExportError, match="no vocabulary 'coco'; available: smashcima, mung"):
        vocabulary("coco")
    with pytest.raises(ExportError, match=r"drop= names 'gclef', which the vocabulary 'mung' does not have"):
        ClassSelection("mung", drop=["gclef"])


# -- numbers -----------------------------------------------------------------------------------------------


def test_every_symbol_of_every_music_font_has_a_class() -> None:
    numbered = set(ClassSelection().classes)
    for font in SMUFL_FONT_NAMES:
        names = {glyph.name for glyph in music_glyphs(font).values()}
        assert len(names) > 800
        assert names - numbered == set()
    own = {Label.of(member).name for member in SmashcimaLabels}
    assert own - numbered == set()


def test_classes_keep_the_numbers_that_they_had() -> None:
    classes = ClassSelection().classes
    numbers = {0: "staffLine", 101: "noteheadBlack", 176: "stringsUpBow", 311: "tablatureNumber"}
    assert {number: classes[number] for number in numbers} == numbers
    assert len(classes) == len(set(classes)) == len(drawable_labels())


def test_a_rare_label_without_a_class_is_listed() -> None:
    for name in ("deepscores", "mung", "muscimapp2"):
        assert "noteheadCircleX" in vocabulary(name).inexpressible
        assert "noteheadBlack" not in vocabulary(name).inexpressible
    assert vocabulary("smashcima").inexpressible == ()


def test_added_classes_are_numbered_last() -> None:
    chosen = ClassSelection("muscimapp2", keep=["stem", "beam"], add=["my own", "stem", "another"])
    assert chosen.classes == ("stem", "beam", "my own", "another")
