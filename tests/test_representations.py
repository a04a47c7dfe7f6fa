"""The representation of every object that users meet fits a line, and shows no address."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import smashcima as sc
from smashcima.short_repr import shown

EXAMPLE = Path(__file__).parents[1] / "assets" / "example" / "example.musicxml"
LONGEST = 120

PACKAGES = """assets.bundles assets.glyphs assets.paper comparing datasets datasets.generation datasets.layouts engravers.staff
engravers.verovio engraving exporting geometry imaging imaging.filters loading orchestration placement randomness scene.graph
scene.semantic scene.visual synthesis.paper synthesis.pen synthesis.style synthesis.glyph synthesis.interfaces""".split()


def _by_default() -> Iterator[object]:
    """Public classes that need no arguments."""
    for package in PACKAGES:
        module = importlib.import_module(f"smashcima.{package}")
        for name in module.__all__:
            thing = getattr(module, name)
            if inspect.isclass(thing) and not inspect.isabstract(thing):
                try:
                    yield thing()
                except (TypeError, sc.SmashcimaError):
                    continue


def _of_models() -> Iterator[object]:
    models = [
        sc.EngravedModel(seed=0, dpi=40),
        sc.BaseHandwrittenModel(seed=0, hand="pen", dpi=40, paper="aged", postprocessing="photo"),
    ]
    for model in models:
        scene = model(EXAMPLE)
        image = scene.compose_page(0)
        engraving = model.lay_out(sc.load_score(EXAMPLE))
        yield from (model, model.recipe, model.container, scene, scene.origin, image, image.regions)
        yield from (image.regions[0], image.from_scene, *image.plans, *image.applied, engraving)
        yield from model.container.built().values()
        yield from scene.connected()
        for page in engraving.pages:
            yield from (page, page.belonging, *page.systems, *page.primitives)
        yield from sc.CropExporter("systems").iterate(image)
    yield sc.load_score(EXAMPLE)
    yield sc.loading.load_scores(EXAMPLE)
    yield sc.compare_scores(sc.load_score(EXAMPLE), sc.load_score(EXAMPLE))
    yield sc.Transform.rotateDegCC(17).then(sc.Transform.translate(sc.Vector2(1 / 3, 2 / 3)))
    yield sc.Rectangle(1 / 3, 2 / 3, 1e6 / 7, 1 / 9)
    yield sc.Quad.from_rectangle(sc.Rectangle(1 / 3, 2 / 3, 1e6 / 7, 1 / 9))


@pytest.mark.slow
def test_representations_fit_a_line() -> None:
    long = {}
    classes = set()
    for thing in (*_by_default(), *_of_models()):
        cls = type(thing)
        if not cls.__module__.startswith("smashcima."):
            continue
        classes.add(cls)
        text = repr(thing)
        if len(text) > LONGEST or "\n" in text or " at 0x" in text:
            long[cls.__name__] = text[:200]
    assert long == {}
    assert len(classes) > 250


def test_a_representation_shows_what_differs_from_the_default() -> None:
    assert repr(sc.CocoExporter()) == "CocoExporter()"
    assert repr(sc.CocoExporter("mung", image_id=3)) == (
        "CocoExporter(classes=ClassSelection(vocabulary='mung'), image_id=3)"
    )
    assert repr(sc.imaging.filters.Skew(p=0.25)) == "Skew(p=0.25, name='skew')"
    assert repr(sc.EngravedModel(seed=3, page="A4")) == "EngravedModel(seed=3, page='A4')"


def test_long_values_are_named_in_few_words() -> None:
    assert shown(np.zeros((3, 4))) == "array(3 x 4)"
    assert shown(list(range(50))) == "50 items"
    assert shown(("a", 2)) == "('a', 2)"
    assert shown("x" * 99) == repr("x" * 35) + "…"
    assert shown({"a": 1}) == "1 item"
