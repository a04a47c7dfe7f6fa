"""The plan of a page travels with its layers and its image."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, replace
from types import SimpleNamespace

import numpy as np
import pytest

from smashcima.errors import SettingsError
from smashcima.imaging import DefaultCompositor, ImageLayer, LayerSet, ProjectiveMap, merge_layers
from smashcima.imaging.filters import (
    BaseHandwrittenPostprocessor,
    Draws,
    Filter,
    FilterStack,
    InkFade,
    LayersFilter,
    SensorNoise,
    Skew,
    preset,
)
from smashcima.randomness import stream


def noisy() -> FilterStack:
    """A stack whose choices show in the picture."""
    return FilterStack([InkFade(p=0.5), Skew(p=0.5), SensorNoise()])


def finished(stack: Filter, layers: LayerSet, rng: np.random.Generator) -> ImageLayer:
    return stack.process_image(merge_layers(layers), rng)


@pytest.mark.parametrize("seed", range(4))
def test_changing_the_regions_between_the_phases_does_not_change_the_plan(
    build: SimpleNamespace, seed: int
) -> None:
    page, stack = build.marked_page(), noisy()
    plain = build.processed(stack, page, seed)
    rng = stream(seed, 0, "test")
    layers = stack.process_layers(build.layers_of(page), rng)
    layers.regions = layers.regions.clipped(layers.width, layers.height)
    layers = replace(layers, regions=layers.regions.chosen(np.arange(3)))
    image = merge_layers(layers)
    image = replace(image, regions=image.regions.clipped(5, 5))
    result = stack.process_image(image, rng)
    assert np.array_equal(result.bitmap, plain.bitmap)
    assert result.applied == plain.applied


def test_a_warp_between_the_phases_keeps_the_plan(build: SimpleNamespace) -> None:
    rng, stack = stream(1, 0, "test"), noisy()
    layers = stack.process_layers(build.layers_of(build.marked_page()), rng)
    moved = layers.warped(ProjectiveMap.translation(3, 4), layers.width, layers.height)
    image = merge_layers(moved).warped(ProjectiveMap.translation(-3, -4), layers.width, layers.height)
    assert moved.plans == image.plans == layers.plans
    assert image.applied == layers.applied


def test_pages_that_are_processed_in_turn_do_not_disturb_each_other(build: SimpleNamespace) -> None:
    page, first, second = build.marked_page(), preset("scan"), BaseHandwrittenPostprocessor()
    expected = [build.processed(stack, page, seed) for seed in (1, 2) for stack in (first, second)]
    rngs = [stream(seed, 0, "test") for seed in (1, 1, 2, 2)]
    stacks = [first, second, first, second]
    layers = [
        stack.process_layers(build.layers_of(page), rng) for stack, rng in zip(stacks, rngs, strict=True)
    ]
    for index in (2, 1, 3, 0):
        image = finished(stacks[index], layers[index], rngs[index])
        assert np.array_equal(image.bitmap, expected[index].bitmap)
        assert image.applied == expected[index].applied


def test_two_stacks_of_one_name_on_one_page_each_keep_their_plan(build: SimpleNamespace) -> None:
    stacks, rng, layers = [noisy(), noisy()], stream(1, 0, "test"), build.layers_of(build.marked_page())
    for stack in stacks:
        layers = stack.process_layers(layers, rng)
    keys = [plan.key for plan in layers.plans]
    image = merge_layers(layers)
    for stack in stacks:
        image = stack.process_image(image, rng)
    assert [plan.key for plan in image.plans] == keys
    assert all(plan.is_finished for plan in image.plans)
    assert image.applied == (*stacks[0].last_applied, *stacks[1].last_applied)


def test_layers_can_be_finished_in_another_process(build: SimpleNamespace) -> None:
    page, stack, rng = build.marked_page(), noisy(), stream(3, 0, "test")
    layers = stack.process_layers(build.layers_of(page), rng)
    image = merge_layers(layers)
    plans = pickle.loads(pickle.dumps(image.plans))
    other = noisy().process_image(replace(image, bitmap=image.bitmap.copy(), plans=plans), rng)
    assert np.array_equal(other.bitmap, stack.process_image(image, rng).bitmap)


def test_composing_a_page_twice_gives_the_same_bytes(build: SimpleNamespace) -> None:
    page, compositor = build.marked_page(), DefaultCompositor(BaseHandwrittenPostprocessor())
    first, second = (compositor.compose(page, build.DPI, stream(7, 0, "page")) for _ in range(2))
    assert np.array_equal(first.bitmap, second.bitmap)
    assert np.array_equal(first.regions.bboxes, second.regions.bboxes, equal_nan=True)
    assert first.applied == second.applied


def test_a_filter_may_act_in_both_phases(build: SimpleNamespace) -> None:
    @dataclass(kw_only=True, eq=False)
    class Both(LayersFilter):
        def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
            draws.value("first", 1.0)
            return layers

        def apply_to_image(self, image, planned):  # type: ignore[no-untyped-def]
            planned.start().value("second", 2.0)

    image = build.processed(Both(), build.marked_page())
    assert [dict(record.parameters) for record in image.applied] == [{"first": 1.0}, {"second": 2.0}]


def test_a_filter_of_no_kind_is_an_error(build: SimpleNamespace) -> None:
    class Kindless(Filter):
        """Extends none of the classes that say when a filter is applied."""

    with pytest.raises(SettingsError, match="Kindless does not define when it is applied"):
        build.processed(Kindless(), build.marked_page())


def test_a_snapshot_keeps_its_options_and_shares_the_record(build: SimpleNamespace) -> None:
    page = build.marked_page()
    stack = FilterStack([FilterStack([SensorNoise()], name="inner")])
    kept = stack.snapshot()
    before = build.processed(kept, page)
    stack.strength = 0
    stack["inner/sensor_noise"].p = 0
    stack.filters.clear()
    after = build.processed(kept, page)
    assert np.array_equal(after.bitmap, before.bitmap)
    assert [record.name for record in stack.last_applied] == ["inner/sensor_noise"]
