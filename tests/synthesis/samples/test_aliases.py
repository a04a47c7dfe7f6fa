"""What may stand for a label of which there are no samples."""

from __future__ import annotations

from smashcima.assets.fonts import SmuflFont
from smashcima.scene.visual.labels import Label
from smashcima.synthesis.samples.aliases import sources_of


def names(label: str) -> list[tuple[tuple[str, ...], bool]]:
    sources = sources_of(Label.of(label))
    return [(tuple(part.name for part in source.labels), source.mirrored) for source in sources]


def test_a_symbol_stands_for_itself_first() -> None:
    assert names("smufl::gClef")[0] == (("gClef",), False)
    assert names("smufl::restQuarter") == [(("restQuarter",), False)]


def test_dots_stand_for_each_other() -> None:
    assert (("augmentationDot",), False) in names("smufl::articStaccatoBelow")
    assert (("articStaccatoAbove",), False) in names("smufl::augmentationDot")


def test_marks_of_the_other_side_are_turned_upside_down_where_their_form_asks_for_it() -> None:
    assert names("smufl::fermataBelow")[1] == (("fermataAbove",), True)
    assert names("smufl::flag8thDown")[1] == (("flag8thUp",), True)
    assert names("smufl::articAccentBelow")[1] == (("articAccentAbove",), False)


def test_dynamics_are_made_of_letters() -> None:
    assert names("smufl::dynamicSforzato")[1] == (
        ("dynamicSforzando", "dynamicForte", "dynamicZ"),
        False,
    )


def test_dynamics_of_more_than_four_letters_are_left_to_the_pen() -> None:
    assert names("smufl::dynamicPPPP")[1:] == [(("dynamicPiano",) * 4, False)]
    assert names("smufl::dynamicPPPPP")[1:] == []


def test_digits_are_resized() -> None:
    for source in sources_of(Label.smufl("tuplet3"))[1:]:
        assert source.resized


def test_only_smufl_names_are_made_of_others() -> None:
    assert names("smashcima::stem") == [(("stem",), False)]


def test_every_name_is_in_the_music_font() -> None:
    font = SmuflFont.load("Bravura")
    for label in ("tuplet3", "figbass3", "gClefChange", "dynamicSforzato", "fermataAbove", "noteheadBlack"):
        assert font.has(label)
        for source in sources_of(Label.smufl(label)):
            for part in source.labels:
                assert not part.is_smufl or font.has(part.name), part
