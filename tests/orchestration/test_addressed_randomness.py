"""Each service and each page has a random stream of its own: nothing depends on what else is drawn, or was before."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import smashcima as sc
from smashcima.engraving import Curve, Disc, Symbol, Text
from smashcima.errors import SettingsError
from smashcima.exporting.mung import MungExporter
from smashcima.geometry import Contours, Rectangle
from smashcima.scene.visual import AffineSpace, ColorBGRA, InkPath, VisualObject
from smashcima.synthesis.curve import PenCurveSynthesizer
from smashcima.synthesis.glyph import PenGlyphSynthesizer
from smashcima.synthesis.line import PenLineSynthesizer, PenStafflinesSynthesizer
from smashcima.synthesis.paper import PaperSprite, ProceduralPaperSynthesizer
from smashcima.synthesis.pen import PenWriter
from smashcima.synthesis.text import PenTextSynthesizer
from smashcima.testing.checks import ink_bytes

SONG = Path(__file__).parents[1] / "short_song.musicxml"

TWO_PAGES = "A5 landscape"
"""A sheet that the song fills twice."""

RULED = PenWriter(rastrum=0.1)
"""A writer who rules staff lines by hand, so that these are random, too."""


@pytest.fixture(scope="module")
def score() -> sc.Score:
    return sc.load_score(SONG).score


def ink_by_kind(scene: sc.MusicScene) -> dict[str, list[list[bytes]]]:
    """All ink, by the synthesizer that made it."""
    found: dict[str, list[list[bytes]]] = defaultdict(list)
    for thing in scene.find(VisualObject):
        primitive = getattr(thing, "primitive", None)
        kind = "lines"
        if thing.kind == "staff_line":
            kind = "staff lines"
        elif isinstance(primitive, Symbol | Disc):
            kind = "symbols"
        elif isinstance(primitive, Curve):
            kind = "curves"
        elif isinstance(primitive, Text):
            has_symbols = any("\ue000" <= character < "\uf900" for character in primitive.content)
            kind = "words with symbols" if has_symbols else "words"
        assert thing.page is not None
        found[kind].append(ink_bytes(thing.glyph, thing.page.space))
    for page in scene.pages:
        assert isinstance(page.paper, PaperSprite)
        found["paper"].append([repr(page.paper.sheet).encode()])
    return found


class DrawsMore:
    """Takes one more random number than what it is mixed into."""

    def begin_page(self, index: int) -> None:
        super().begin_page(index)  # type: ignore[misc]
        self._rng.random()  # type: ignore[attr-defined]


def model_with(interface: type | None = None, service: type | None = None) -> sc.BaseHandwrittenModel:
    """A model whose service behind an interface draws more, under the same name as the original."""

    class ChangedModel(sc.BaseHandwrittenModel):
        def register_services(self) -> None:
            super().register_services()
            if interface is not None and service is not None:
                changed = type(service.__name__, (DrawsMore, service), {})
                self.container.interface(interface, changed, register_impl=True)

    return ChangedModel(seed=4, hand="pen", writer=RULED, paper="any", dpi=40, page=TWO_PAGES)


@pytest.fixture(scope="module")
def unchanged(score: sc.Score) -> dict[str, list[list[bytes]]]:
    return ink_by_kind(model_with()(score))


@pytest.mark.parametrize(
    "interface, service, kinds",
    [
        (sc.GlyphSynthesizer, PenGlyphSynthesizer, {"symbols", "words with symbols"}),
        (sc.LineSynthesizer, PenLineSynthesizer, {"lines"}),
        (sc.CurveSynthesizer, PenCurveSynthesizer, {"curves"}),
        (sc.TextSynthesizer, PenTextSynthesizer, {"words", "words with symbols"}),
        (sc.StafflinesSynthesizer, PenStafflinesSynthesizer, {"staff lines"}),
        (sc.PaperSynthesizer, ProceduralPaperSynthesizer, {"paper"}),
    ],
)
def test_one_more_draw_changes_only_what_that_service_draws(
    score: sc.Score, unchanged: dict[str, list[list[bytes]]], interface: type, service: type, kinds: set[str]
) -> None:
    changed = ink_by_kind(model_with(interface, service)(score))
    assert changed.keys() == unchanged.keys() >= kinds
    assert {name for name in unchanged if changed[name] != unchanged[name]} == kinds


def digest(scene: sc.MusicScene, page: sc.Page) -> str:
    """Of the picture of a page, and of what is exported of it."""
    image = scene.compose_page(page)
    found = hashlib.sha256(image.bitmap.tobytes())
    found.update(MungExporter().export_string(image).encode())
    found.update(sc.SvgExporter(render_labeled_regions=True).export_string(page.view_box).encode())
    return found.hexdigest()


MODELS: dict[str, Callable[[], sc.ScoreModel]] = {
    "pen": lambda: sc.BaseHandwrittenModel(seed=3, hand="pen", dpi=50, page=TWO_PAGES),
    "pen-on-any-paper": lambda: sc.BaseHandwrittenModel(
        seed=3, hand="pen", paper="any", dpi=50, page=TWO_PAGES
    ),
    "printed-and-scanned": lambda: sc.EngravedModel(
        seed=3, paper="aged", postprocessing="scan", dpi=50, page=TWO_PAGES
    ),
}

ALONE = """
import sys
from test_addressed_randomness import MODELS, digest
scene = MODELS[sys.argv[1]]()(sys.argv[2], index=5, pages=[1])
print(digest(scene, scene.pages[0]))
"""


@pytest.mark.parametrize("name", MODELS)
def test_a_page_alone_is_the_page_of_the_whole(score: sc.Score, name: str) -> None:
    model = MODELS[name]()
    model(score, index=4, pages=[0])
    whole = model(score, index=5)
    one = MODELS[name]()(score, index=5, pages=[1])
    assert [page.index for page in one.pages] == [1]
    assert digest(one, one.pages[0]) == digest(whole, whole.pages[1])


def test_a_page_alone_is_the_same_in_another_process(score: sc.Score) -> None:
    whole = MODELS["pen-on-any-paper"]()(score, index=5)
    done = subprocess.run(
        [sys.executable, "-c", ALONE, "pen-on-any-paper", str(SONG)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parent,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )  # fmt: skip
    assert done.stdout.strip() == digest(whole, whole.pages[1])


def test_pages_come_in_reading_order_and_each_once(score: sc.Score) -> None:
    model = sc.EngravedModel(seed=3, dpi=30, page=TWO_PAGES)
    assert [page.index for page in model(score, pages=(1, 0, 1)).pages] == [0, 1]
    scene = model(score, pages=range(1, 2))
    assert len(scene.find(sc.Notehead)) < len(list(scene.score.notes()))


@pytest.mark.parametrize("pages", ["1", [0.5]])
def test_pages_that_are_no_indices_are_refused(score: sc.Score, pages: Any) -> None:
    with pytest.raises(SettingsError, match="pages must be a collection of page indices from 0, not "):
        sc.EngravedModel(seed=3, dpi=30, page=TWO_PAGES)(score, pages=pages)


@pytest.mark.parametrize("pages", [[2], [0, -1], 2])
def test_pages_that_the_score_does_not_have_are_refused(score: sc.Score, pages: Any) -> None:
    with pytest.raises(SettingsError, match="from 0 to 1, not .*; the score has 2 pages"):
        sc.EngravedModel(seed=3, dpi=30, page=TWO_PAGES)(score, pages=pages)


@pytest.mark.parametrize("name", MODELS)
def test_composing_a_page_twice_gives_the_same_bytes(score: sc.Score, name: str) -> None:
    scene = MODELS[name]()(score, pages=[0])
    assert digest(scene, scene.pages[0]) == digest(scene, scene.pages[0])


class PaperByChance(sc.PaperSynthesizer):
    """Asks for both kinds of generators."""

    def __init__(self, rng: np.random.Generator, dice: random.Random) -> None:
        self.rng = rng
        self.dice = dice

    def synthesize_paper(self, page_space: AffineSpace, placement: Rectangle) -> InkPath:
        color = (int(self.rng.integers(200, 256)), self.dice.randrange(200, 256), 220, 255)
        return InkPath(page_space, Contours.from_rectangle(placement), color)


class PaperByChanceModel(sc.EngravedModel):
    def register_services(self) -> None:
        super().register_services()
        self.container.interface(sc.PaperSynthesizer, PaperByChance, register_impl=True)


def test_services_of_ones_own_have_streams_of_both_kinds(score: sc.Score) -> None:
    def colors(model: sc.ScoreModel, **options: Any) -> list[ColorBGRA]:
        return [page.paper.color for page in model(score, **options).pages]  # type: ignore[union-attr]

    model = PaperByChanceModel(seed=9, dpi=30, page=TWO_PAGES)
    first, second = colors(model), colors(model)
    assert len({first[0], first[1], second[0], second[1]}) == 4
    assert colors(PaperByChanceModel(seed=9, dpi=30, page=TWO_PAGES), index=1) == second
    assert colors(PaperByChanceModel(seed=9, dpi=30, page=TWO_PAGES), index=1, pages=[1]) == second[1:]
    paper = model.container.resolve(PaperByChance)
    assert paper.rng is not model.rng
    assert paper.rng is model.streams.generator("PaperByChance")
    assert paper.dice is model.streams.random("PaperByChance")


def test_the_styles_of_a_sample_do_not_depend_on_the_number_of_its_pages(score: sc.Score) -> None:
    long, short = (
        sc.BaseHandwrittenModel(seed=2, hand="pen", paper="any", dpi=30, page=TWO_PAGES) for _ in range(2)
    )
    long(score)
    short(score, pages=[0])
    assert long(score).styles == short(score, pages=[]).styles
    assert short.scene is not None
    assert short.scene.pages == []
