"""Colours of ink."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from smashcima.imaging import InkLayer, LayerSet
from smashcima.imaging.filters import InkColor
from smashcima.randomness import stream

SEPIA = (42, 66, 96)


def with_two_inks(build: SimpleNamespace) -> LayerSet:
    """A black square and a red one of the same size, half covered."""
    layers = build.layers_of(build.marked_page())
    coverage = np.zeros((layers.height, layers.width), np.uint8)
    coverage[20:60, 20:60], coverage[20:60, 100:140] = 200, 100
    color = np.zeros((*coverage.shape, 3), np.uint8)
    color[20:60, 20:60] = np.rint(np.array((30, 30, 30)) * 200 / 255)
    color[20:60, 100:140] = np.rint(np.array((40, 40, 180)) * 100 / 255)
    layers["ink"] = InkLayer(coverage, color)
    return layers


def seen(layers: LayerSet, x: int) -> np.ndarray:
    """The colour at a place."""
    ink = layers.ink
    return ink.color[40, x] * 255.0 / ink.coverage[40, x]


@pytest.mark.parametrize("strength", [0.5, 1.0])
def test_inks_of_several_colours_stay_different(strength: float, build: SimpleNamespace):
    layers = with_two_inks(build)
    before = [seen(layers, 40), seen(layers, 120)]
    mean = (2 * before[0] + before[1]) / 3
    InkColor(inks=("sepia",), variation=0.0, strength=strength).process_layers(layers, stream(1, 0, "x"))
    after = [seen(layers, 40), seen(layers, 120)]
    assert np.abs((after[1] - after[0]) - (before[1] - before[0])).max() < 4
    assert np.abs((2 * after[0] + after[1]) / 3 - mean - strength * (np.array(SEPIA) - mean)).max() < 4
    assert (layers.ink.color.max(axis=2) <= layers.ink.coverage).all()


def test_ink_of_one_colour_takes_the_other(build: SimpleNamespace):
    layers = build.layers_of(build.marked_page())
    lines = layers.stafflines.color
    InkColor(inks=("sepia",), variation=0.0).process_layers(layers, stream(1, 0, "x"))
    assert layers.ink.color == SEPIA
    assert layers.stafflines.color == lines


def test_staff_lines_can_have_the_same_colour(build: SimpleNamespace):
    layers = build.layers_of(build.marked_page())
    InkColor(inks=("sepia",), variation=0.0, staff_lines=True).process_layers(layers, stream(1, 0, "x"))
    assert layers.stafflines.color == SEPIA
