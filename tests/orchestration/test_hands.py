"""Whose hand a handwritten model writes in."""

from __future__ import annotations

import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest

import smashcima as sc
from smashcima.assets.bundles import AssetRepository
from smashcima.assets.bundles.repository import Attempt
from smashcima.assets.glyphs import DrawnGlyph, GlyphStore, glyphs_from_folder
from smashcima.errors import AssetError, SettingsError
from smashcima.orchestration.drawn_sizes import symbol_boxes
from smashcima.placement import PlacementStyle, font_symbol_box
from smashcima.scene.visual.labels import Label, LabelLike
from smashcima.synthesis.glyph import PenGlyphSynthesizer, SampledGlyphSynthesizer
from smashcima.synthesis.pen import PenWriter

SONG = Path(__file__).parents[1] / "short_song.musicxml"


def own_store(directory: Path, *writers: str) -> GlyphStore:
    """Noteheads and stems that are drawn here; every writer's are of another size."""
    for number in range(4):
        head = np.full((40, 60), 255, np.uint8)
        cv2.ellipse(head, (30, 20), (18 + number, 13), -20, 0, 360, 0, -1)
        stem = np.full((130, 20), 255, np.uint8)
        cv2.line(stem, (10 + number % 3, 5), (10, 110 + 3 * number), 0, 5)
        for name, picture in (("noteheadBlack", head), ("stem", stem)):
            path = directory / name / f"{number}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            cv2.imwrite(str(path), picture)
    (writer,) = writers
    return glyphs_from_folder(directory, staff_space_px=28, writer=writer)


@pytest.fixture
def store(tmp_path: Path) -> GlyphStore:
    return own_store(tmp_path / "symbols", "W-03")


@pytest.fixture
def installed(store: GlyphStore, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A machine that has the bundle, with the symbols of one writer; how it was asked for is noted."""
    asked: list[str] = []
    bundle = SimpleNamespace(store=store, versions=lambda: {"bundle MuscimaPPGlyphs": "1 sha256:abc"})

    def try_resolve(self: AssetRepository, kind: type) -> Any:
        asked.append(f"try {kind.__name__}")
        return Attempt(bundle)

    def resolve(self: AssetRepository, kind: type, *args: Any, **options: Any) -> Any:
        asked.append(f"resolve {kind.__name__}")
        return bundle

    monkeypatch.setattr(AssetRepository, "try_resolve", try_resolve)
    monkeypatch.setattr(AssetRepository, "resolve_bundle", resolve)
    return asked


def test_real_hands_are_used_where_they_are_installed(installed: list[str]) -> None:
    model = sc.BaseHandwrittenModel(seed=1, dpi=60)
    scene = model(SONG)
    assert installed == ["try MuscimaPPGlyphs"]
    assert scene.styles["hand"] == "MUSCIMA++, 1 writer"
    assert scene.styles["writer"].startswith("MUSCIMA++ writer W-03")
    assert scene.styles["placement"] == "MUSCIMA++ 03, amplitude 1"
    assert scene.versions["bundle MuscimaPPGlyphs"] == "1 sha256:abc"
    assert isinstance(model.container.resolve(sc.GlyphSynthesizer), SampledGlyphSynthesizer)


def test_the_record_counts_the_writers_that_are_left() -> None:
    glyphs = [
        DrawnGlyph("smufl::noteheadBlack", np.full((20, 28), 255, np.uint8), (14.0, 10.0), 28.0, writer)
        for writer in ("anna", "bert", "carl")
    ]
    model = sc.BaseHandwrittenModel(hand=GlyphStore.from_glyphs(glyphs), exclude_writers=["bert"], seed=1)
    assert model.styles["hand"] == "glyph store of 2 writers"


def test_without_them_the_pen_writes_and_says_so_once_and_clearly() -> None:
    with pytest.warns(UserWarning, match=r"written with the pen.*MuscimaPPGlyphs is not installed") as caught:
        model = sc.BaseHandwrittenModel(seed=1, dpi=60)
    assert len(caught) == 1
    assert "smashcima assets install" in str(caught[0].message)
    assert 'hand="pen"' in str(caught[0].message)
    assert model.styles["hand"] == "pen"
    assert isinstance(model.container.resolve(sc.GlyphSynthesizer), PenGlyphSynthesizer)


def test_the_pen_can_be_asked_for_and_then_nothing_is_looked_for(installed: list[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model = sc.BaseHandwrittenModel(hand="pen", seed=1)
    assert installed == []
    assert model.styles["hand"] == "pen"


@pytest.mark.parametrize("writer", ["neat", PenWriter.preset("hasty")])
def test_a_writer_of_the_pen_is_written_with_the_pen(installed: list[str], writer: PenWriter | str) -> None:
    assert sc.BaseHandwrittenModel(writer=writer, seed=1).styles["hand"] == "pen"
    assert installed == []


@pytest.mark.parametrize("writer", ["W-03", "3", "w03"])
def test_a_real_writer_is_named_by_number(installed: list[str], writer: str) -> None:
    model = sc.BaseHandwrittenModel(writer=writer, seed=1)
    assert installed == ["resolve MuscimaPPGlyphs"]
    assert model.styles["writer"].startswith("MUSCIMA++ writer W-03")


def test_real_hands_that_are_asked_for_and_missing_are_an_error() -> None:
    with pytest.raises(AssetError, match=r"MUSCIMA-pp_v1.0.zip"):
        sc.BaseHandwrittenModel(hand="muscima", seed=1)
    with pytest.raises(AssetError):
        sc.BaseHandwrittenModel(writer="W-03", seed=1)


def test_symbols_of_ones_own_are_a_hand_too(store: GlyphStore) -> None:
    scene = sc.BaseHandwrittenModel(hand=store, seed=1, dpi=60)(SONG)
    assert scene.styles["hand"] == "glyph store of 1 writer"
    assert scene.styles["writer"].startswith("writer W-03")


@pytest.mark.parametrize(
    "options, message",
    [
        (
            {"hand": "crayon"},
            "hand must be one of 'auto', 'pen', 'muscima', .* or a glyph store, not 'crayon'",
        ),
        ({"hand": "quill", "writer": "neat"}, "must be a seed or a PenWriter"),
        ({"hand": "quill", "exclude_writers": ["3"]}, "do not apply to the pen"),
        ({"hand": "pen", "exclude_writers": ["3"]}, "do not apply to the pen"),
        ({"hand": "pen", "writer": "W-03"}, "W-03"),
        ({"writer": "nobody"}, "nobody"),
    ],
)
def test_choices_that_make_no_sense_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        sc.BaseHandwrittenModel(seed=1, **options)


def test_writers_who_are_excluded_are_not_fallen_back_to(installed: list[str]) -> None:
    with pytest.raises(SettingsError, match="No writer is left"):
        sc.BaseHandwrittenModel(exclude_writers=["W-03"], seed=1)
    assert installed == ["resolve MuscimaPPGlyphs"]


def test_placement_of_a_real_writer_is_scaled_or_replaced(installed: list[str]) -> None:
    assert sc.BaseHandwrittenModel(placement=0.5, seed=1).placement_style.amplitude == 0.5
    own = PlacementStyle.average()
    assert sc.BaseHandwrittenModel(placement=own, seed=1).placement_style is own


def test_what_happens_to_pages_is_chosen_by_name_strength_or_value() -> None:
    clean = sc.BaseHandwrittenModel(hand="pen", seed=1, dpi=60)(SONG)
    model = sc.BaseHandwrittenModel(hand="pen", seed=1, dpi=60)
    assert np.array_equal(model(SONG).render(model.scene.pages[0]), clean.render(clean.pages[0]))
    model.postprocessor.strength = 1.0
    model.postprocessor.share_untouched = 0.0
    aged = model(SONG, index=0)
    assert not np.array_equal(aged.render(aged.pages[0]), clean.render(clean.pages[0]))
    model.postprocessor.f_camera.force_dont = True
    scanned = sc.EngravedModel(seed=1, dpi=60, postprocessing="bitonal")(SONG)
    assert set(np.unique(scanned.render(scanned.pages[0])[:, :, :3])) == {0, 255}
    with pytest.raises(SettingsError, match="no preset 'sepia'"):
        sc.EngravedModel(postprocessing="sepia")


def test_paper_is_chosen_by_name_and_recorded() -> None:
    scene = sc.BaseHandwrittenModel(hand="pen", seed=1, dpi=60, paper="aged")(SONG)
    assert scene.styles["paper"].startswith("aged")
    corner = scene.render(scene.pages[0])[:40, :40, :3].reshape(-1, 3).mean(axis=0)
    assert corner[0] < corner[2] - 10  # yellowish: less blue than red
    assert "paper" not in sc.BaseHandwrittenModel(hand="pen", seed=1).styles
    with pytest.raises(SettingsError, match="cardboard"):
        sc.EngravedModel(paper="cardboard")


def test_stems_are_placed_at_the_noteheads_of_any_synthesizer() -> None:
    class Narrow(sc.GlyphSynthesizer):
        def supports_label(self, label: LabelLike) -> bool:
            return Label.of(label).is_smufl

        def create_glyph(self, label: str) -> sc.Glyph:
            raise NotImplementedError

        def notehead_gap(self, label: LabelLike) -> float:
            return 0.25

        def ink_reach(self, label: LabelLike) -> tuple[float, float]:
            return -0.5, 0.5

    class NarrowModel(sc.BaseHandwrittenModel):
        def register_services(self) -> None:
            super().register_services()
            self.container.interface(sc.GlyphSynthesizer, Narrow, register_impl=True)

    glyphs = NarrowModel(hand="pen", seed=1).container.resolve(sc.GlyphSynthesizer)
    box_of = symbol_boxes(glyphs, by_pen=True)
    left, _, right, _ = font_symbol_box("noteheadBlack", "Bravura")
    assert box_of("noteheadBlack", "Bravura")[::2] == (left + 0.25, right - 0.25)
    assert box_of("accidentalSharp", "Bravura")[::2] == (-0.5, 0.5)
    assert box_of("restQuarter", "Bravura") == font_symbol_box("restQuarter", "Bravura")


def test_room_is_kept_for_the_ink_of_the_writer(installed: list[str]) -> None:
    """Accidentals and clefs are placed by how far their ink reaches, of real writers and of the pen that helps out."""
    for hand in ("pen", "muscima"):
        model = sc.BaseHandwrittenModel(hand=hand, seed=1)
        model.styler.pick_style()
        glyphs = model.container.resolve(sc.GlyphSynthesizer)
        left, right = glyphs.ink_reach("smufl::accidentalSharp")
        reaches = []
        for _ in range(30):
            glyph = glyphs.create_glyph("smufl::accidentalSharp")
            box = glyph.bbox_in(glyph.space)
            space = glyphs.staff_space_of("smufl::accidentalSharp")
            reaches.append((box.left / space, box.right / space))
        lefts, rights = np.array(reaches).T
        assert left == pytest.approx(np.median(lefts), abs=0.15)
        assert right == pytest.approx(np.median(rights), abs=0.15)
