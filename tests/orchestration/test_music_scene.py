"""A scene holds everything that its pictures depend on."""

from __future__ import annotations

import numpy as np

import smashcima as sc
from smashcima.imaging import DefaultCompositor
from smashcima.imaging.filters import BaseHandwrittenPostprocessor, Binarize, FilterStack

NOTES = "X:1\nL:1/4\nK:C\nCDEF|]\n"


def model_with(filters: FilterStack) -> sc.EngravedModel:
    return sc.EngravedModel(seed=1, dpi=40, page="80x40", postprocessing=filters)


def test_setting_the_postprocessor_affects_later_scenes_only() -> None:
    model = model_with(BaseHandwrittenPostprocessor(strength=0, share_untouched=0))
    assert isinstance(model.postprocessor, FilterStack)
    scene = model(data=NOTES, format=".abc")
    page = scene.pages[0]
    clean = scene.render(page)
    model.postprocessor.strength = 2
    assert np.array_equal(scene.render(page), clean)
    later = model(data=NOTES, format=".abc", index=0)
    assert not np.array_equal(later.render(later.pages[0]), clean)
    model.postprocessor.filters[:] = [Binarize()]
    assert np.array_equal(scene.render(page), clean)


def test_changing_the_compositor_affects_later_scenes_only() -> None:
    model = model_with(FilterStack())
    scene = model(data=NOTES, format=".abc")
    clean = scene.render(scene.pages[0])
    assert isinstance(model.compositor, DefaultCompositor)
    model.compositor.postprocessor = FilterStack([Binarize(method=("otsu",))])
    assert np.array_equal(scene.render(scene.pages[0]), clean)
    later = model(data=NOTES, format=".abc", index=0)
    assert set(np.unique(later.render(later.pages[0]))) <= {0, 255}


def test_composing_a_page_repeatedly_gives_the_same_bytes_and_record() -> None:
    scene = model_with(BaseHandwrittenPostprocessor(strength=1, share_untouched=0))(data=NOTES, format=".abc")
    first, second = (scene.compose_page(scene.pages[0]) for _ in range(2))
    assert np.array_equal(first.bitmap, second.bitmap)
    assert first.applied
    assert first.applied == second.applied


def test_the_record_of_the_last_page_is_told_by_the_filters_of_the_model() -> None:
    filters = FilterStack([Binarize(method=("otsu",))])
    scene = model_with(filters)(data=NOTES, format=".abc")
    scene.render(scene.pages[0])
    assert [record.name for record in filters.last_applied] == ["binarize"]
