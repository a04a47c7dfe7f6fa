"""Scenes of models come back from files with their music, their ink and their postprocessor."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import smashcima as sc
from smashcima.imaging import Compositor, DefaultCompositor
from smashcima.imaging.filters import Filter, FilterStack, Uniform, preset
from smashcima.imaging.filters.filter_types import ImageFilter

EXAMPLE = Path(__file__).parents[2] / "assets" / "example" / "example.musicxml"
SONG = Path(__file__).parents[1] / "short_song.musicxml"


@dataclass(kw_only=True, eq=False)
class Darken(ImageFilter):
    """A filter of a user."""

    share: float | Uniform = field(default_factory=lambda: Uniform(0.3, 0.6))

    def change_image(self, image: Any, draws: Any) -> Any:
        return image


class NoteColor(sc.SceneObject):
    """An object of a user."""

    note: sc.Note
    color: str


def _check(scene: sc.MusicScene, path: Path) -> sc.MusicScene:
    """Saves and loads; whatever can be asked of both scenes has one answer."""
    scene.save(path)
    loaded = sc.MusicScene.load(path)
    assert [type(found) for found in loaded.connected()] == [type(found) for found in scene.connected()]
    assert loaded.record == scene.record
    assert loaded.issues == scene.issues
    assert loaded.score.layout == scene.score.layout
    assert sc.MeiExporter().export_string(loaded.score) == sc.MeiExporter().export_string(scene.score)
    page, twin = scene.pages[-1], loaded.pages[-1]
    image, again = scene.compose_page(page), loaded.compose_page(twin)
    assert np.array_equal(image.bitmap, again.bitmap)
    assert sc.CocoExporter().export(image) == sc.CocoExporter().export(again)
    svg = sc.SvgExporter(render_labeled_regions=True)
    assert svg.export_string(page.view_box) == svg.export_string(twin.view_box)
    loaded.save(path.with_suffix(".again"))
    assert path.with_suffix(".again").read_bytes() == path.read_bytes()
    return loaded


def test_a_printed_scene_comes_back(tmp_path: Path) -> None:
    scene = sc.EngravedModel(seed=1, dpi=60)(EXAMPLE)
    note = next(iter(scene.score.notes()))
    NoteColor(note, "red")
    loaded = _check(scene, tmp_path / "a.scene")
    (color,) = loaded.find(NoteColor)
    assert color.note is next(iter(loaded.score.notes()))
    color.note.id = "first"
    assert loaded.score.by_id("first") is color.note
    assert loaded.score.update() == []


def test_a_scene_by_pen_comes_back_with_its_postprocessor(tmp_path: Path) -> None:
    model = sc.BaseHandwrittenModel(seed=2, hand="pen", paper="aged", dpi=60)
    model.postprocessor.strength = 1.0
    scene = model(SONG)
    before = scene.render(scene.pages[0])
    loaded = _check(scene, tmp_path / "a.scene")
    assert np.array_equal(loaded.render(loaded.pages[0]), before)
    assert isinstance(loaded.compositor, DefaultCompositor)
    postprocessor = loaded.compositor.postprocessor
    assert isinstance(postprocessor, FilterStack)
    assert postprocessor.last_applied  # of the page above
    postprocessor.strength = 0.0
    assert not np.array_equal(loaded.render(loaded.pages[0]), before)
    assert np.array_equal(scene.render(scene.pages[0]), before)


@pytest.mark.parametrize("name", ["scan", "photo", "old-manuscript", "photocopy", "bitonal", "clean"])
def test_the_filters_of_every_preset_come_back(name: str, tmp_path: Path) -> None:
    stack = preset(name)
    assert isinstance(stack, Filter)
    assert _options(_saved(DefaultCompositor(stack), tmp_path).postprocessor) == _options(stack)


def test_a_filter_of_ones_own_comes_back(tmp_path: Path) -> None:
    loaded = _saved(DefaultCompositor(FilterStack([Darken(p=0.25)])), tmp_path).postprocessor
    assert isinstance(loaded, FilterStack)
    (darken,) = loaded.filters
    assert isinstance(darken, Darken)
    assert (darken.p, darken.share, darken.name) == (0.25, Uniform(0.3, 0.6), "darken")
    assert darken.last_applied == ()


def test_options_of_a_file_are_checked(tmp_path: Path) -> None:
    compositor = DefaultCompositor(Darken())
    vars(compositor.postprocessor)["strength"] = 1e9
    with pytest.raises(sc.SmashcimaError, match="damaged.*must be between 0 and 3"):
        _saved(compositor, tmp_path)


def _saved(compositor: Compositor, directory: Path) -> Any:
    scene = sc.MusicScene(score=sc.Score(), compositor=compositor)
    scene.save(directory / "a.scene")
    return sc.MusicScene.load(directory / "a.scene").compositor


def _options(value: Any) -> Any:
    """The options of a filter and of all inside, without the record of the last page."""
    if isinstance(value, list):
        return [_options(item) for item in value]
    if isinstance(value, Filter):
        options = {name: _options(found) for name, found in vars(value).items() if name != "_last"}
        return type(value), options
    return value
