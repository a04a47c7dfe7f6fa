"""Displays of notebooks: glyphs in a grid, and the graph around an object."""

from __future__ import annotations

import sys
import types
from pathlib import Path
from xml.etree import ElementTree

import pytest

import smashcima as sc
from smashcima.errors import SettingsError

SONG = Path(__file__).parents[1] / "short_song.musicxml"


@pytest.fixture(scope="module")
def scene() -> sc.MusicScene:
    return sc.BaseHandwrittenModel(seed=0, hand="pen", dpi=40)(SONG)


def test_glyphs_are_displayed_in_a_grid(scene: sc.MusicScene) -> None:
    heads = [each.glyph for each in scene.find(sc.Notehead)]
    picture = sc.jupyter.display_glyphs(2, 3, heads, start_from=1)
    assert picture is not None
    assert picture.bitmap.shape == (220, 330, 4)
    cells = [
        picture.bitmap[110 * r : 110 * (r + 1), 110 * c : 110 * (c + 1)] for r in (0, 1) for c in (0, 1, 2)
    ]
    assert all(cell[:, :, :3].min() < 128 for cell in cells)
    few = sc.jupyter.display_glyphs(2, 3, heads[:1])
    assert few is not None
    assert few.bitmap[110:, :, :3].min() == 255
    with pytest.raises(SettingsError, match="at least one row"):
        sc.jupyter.display_glyphs(0, 3, heads)


def test_the_graph_around_an_object_is_drawn(scene: sc.MusicScene) -> None:
    head = scene.find(sc.Notehead)[0]
    drawing = sc.jupyter.display_scene_object_graph(head, recurse_via_inlinks=False)
    assert drawing is not None
    svg = ElementTree.fromstring(drawing._repr_svg_())
    texts = [each.text for each in svg.iter() if each.tag.endswith("}text")]
    assert texts[0] == "Notehead"
    assert "Note" in texts
    assert "Glyph" in texts
    titles = [each.text for each in svg.iter() if each.tag.endswith("}title")]
    assert "Notehead.note" in titles
    inwards = sc.jupyter.display_scene_object_graph(head, discard_object_inlinks=False)
    assert inwards is not None
    assert "Stem.noteheads" in inwards.svg
    whole = sc.jupyter.display_scene_graph(scene)
    assert whole is not None
    assert 20 < len(ElementTree.fromstring(whole.svg).findall("{*}g")) <= 60
    with pytest.raises(TypeError, match="needs a scene, not 3"):
        sc.jupyter.display_scene_graph(3)  # type: ignore[arg-type]


def test_notebooks_display_instead_of_returning(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[object] = []
    shell = types.ModuleType("IPython")
    shell.get_ipython = lambda: object()  # type: ignore[attr-defined]
    display = types.ModuleType("IPython.display")
    display.display = shown.append  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "IPython", shell)
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    assert sc.jupyter.display_scene_object_graph(sc.AffineSpace()) is None
    assert len(shown) == 1
