"""Pages in the hands of historical and modern tools."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import smashcima as sc
from smashcima.errors import SettingsError
from smashcima.orchestration.hands import HAND_NAMES
from smashcima.scene.visual import MeasureNumberMark, Notehead, StaffLine, Stem
from smashcima.synthesis.pen import TOOL_HANDS, PenWriter

EXAMPLE = Path(__file__).parents[2] / "assets" / "example" / "example.musicxml"
TUNE = "X:1\nT:Tune\nM:4/4\nL:1/4\nK:F\n" + "|".join(["FGAB", "c2A2", "d3c", "Z", "BAGF", "G4"] * 4) + "|]\n"


def test_all_tools_are_names_of_hands() -> None:
    assert ("auto", "pen", "muscima", *TOOL_HANDS) == HAND_NAMES


@pytest.mark.parametrize("hand", list(TOOL_HANDS))
def test_pages_agree_with_their_score(hand: str) -> None:
    model = sc.BaseHandwrittenModel(seed=2, hand=hand, dpi=60)  # type: ignore[arg-type]
    scene = model(EXAMPLE, index=1)
    assert sc.verify(scene).is_proven
    assert scene.styles["hand"] == hand
    assert scene.styles["writer"].startswith(f"{hand} seed ")
    again = sc.BaseHandwrittenModel(seed=2, hand=hand, dpi=60)(EXAMPLE, index=1)  # type: ignore[arg-type]
    assert np.array_equal(scene.render(scene.pages[0]), again.render(again.pages[0]))


def test_each_sample_has_another_writer_of_the_hand_unless_one_is_chosen() -> None:
    model = sc.BaseHandwrittenModel(seed=2, hand="copyist", dpi=60)
    names = {model(data=TUNE, format=".abc").styles["writer"] for _ in range(3)}
    assert len(names) == 3
    chosen = sc.BaseHandwrittenModel(seed=2, hand="copyist", writer=5, dpi=60)
    chosen(data=TUNE, format=".abc")
    assert chosen.writer == PenWriter.from_seed(5, "copyist")
    given = sc.BaseHandwrittenModel(seed=2, hand="pen", writer=PenWriter.from_seed(5, "copyist"), dpi=60)
    given(data=TUNE, format=".abc")
    assert given.writer == chosen.writer


def test_a_copyist_writes_closer_and_with_shorter_stems() -> None:
    def measured(hand: str) -> tuple[float, float]:
        lengths, systems = [], []
        for index in range(4):
            scene = sc.BaseHandwrittenModel(seed=2, hand=hand, dpi=60)(  # type: ignore[arg-type]
                data=TUNE, format=".abc", index=index
            )
            page = scene.pages[0]
            lengths += [stem.bbox().height / 1.75 for stem in Stem.many_of(page, "page")]
            systems.append(np.mean([len(system.measures) for system in page.systems[:-1]]))
        return float(np.median(lengths)), float(np.mean(systems))

    (plain_stems, plain_measures), (stems, measures) = measured("pen"), measured("copyist")
    assert stems < plain_stems
    assert measures > plain_measures


def test_historical_hands_number_measures_only_on_request() -> None:
    def numbers(hand: str, **options: int) -> int:
        layout = sc.LayoutOptions(**options)  # type: ignore[arg-type]
        model = sc.BaseHandwrittenModel(seed=2, hand=hand, dpi=60, layout=layout)  # type: ignore[arg-type]
        scene = model(EXAMPLE, index=0)
        return sum(len(MeasureNumberMark.many_of(page, "page")) for page in scene.pages)

    assert numbers("pen") > 0
    assert numbers("quill") == 0
    assert numbers("quill", measure_numbers=1) > 0


def test_ruled_staves_have_lines_of_uneven_thickness_in_lighter_ink() -> None:
    scene = sc.BaseHandwrittenModel(seed=2, hand="quill", dpi=60)(data=TUNE, format=".abc", index=0)
    lines = [line for page in scene.pages for line in StaffLine.many_of(page, "page")]
    heads = [head for page in scene.pages for head in Notehead.many_of(page, "page")]
    brightness = [
        np.mean([sum(thing.glyph.paths[0].color[:3]) for thing in things]) for things in (lines, heads)
    ]
    assert brightness[0] > brightness[1] + 30
    areas = [line.glyph.region.contours.area for line in lines]
    assert np.std(areas) > 0.05 * np.mean(areas)


def test_a_recipe_repeats_a_page_of_a_hand() -> None:
    model = sc.BaseHandwrittenModel(seed=2, hand="steel-nib", dpi=60)
    scene = model(data=TUNE, format=".abc", index=3)
    built = model.recipe.build()
    assert isinstance(built, sc.BaseHandwrittenModel)
    again = built(data=TUNE, format=".abc", index=3)
    assert np.array_equal(scene.render(scene.pages[0]), again.render(again.pages[0]))


def test_writers_of_a_hand_have_no_presets() -> None:
    with pytest.raises(SettingsError, match="presets are writers of the hand"):
        sc.BaseHandwrittenModel(hand="quill", writer="hasty")
