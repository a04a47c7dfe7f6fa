"""Styles: from seeds, changed, kept in files."""

from __future__ import annotations

import pickle

import pytest

from smashcima.errors import SettingsError
from smashcima.placement import PlacementStyle, Quantity


def test_equal_seeds_give_equal_writers() -> None:
    assert PlacementStyle.from_seed(7) == PlacementStyle.from_seed(7)
    assert PlacementStyle.from_seed(7) != PlacementStyle.from_seed(8)


def test_a_writer_of_muscima_has_a_name_and_an_amplitude() -> None:
    style = PlacementStyle.of_writer("11", amplitude=0.5, sizes=False)
    assert (style.name, style.amplitude) == ("MUSCIMA++ 11", 0.5)
    assert style.quantities["head_width_black"] is None
    assert style.quantities["head_y"] != PlacementStyle.of_writer("14").quantities["head_y"]


def test_whoever_was_not_measured_is_refused() -> None:
    with pytest.raises(SettingsError, match="'99'. Fitted writers: 01, 02"):
        PlacementStyle.of_writer("99")


def test_the_average_writer_is_what_is_not_said() -> None:
    assert PlacementStyle.average() == PlacementStyle()


def test_a_style_survives_json() -> None:
    style = PlacementStyle.from_seed(3, amplitude=0.5).changed(spacing=None)
    assert PlacementStyle.from_json(style.to_json()) == style


def test_a_style_survives_pickling() -> None:
    style = PlacementStyle.from_seed(3)
    assert pickle.loads(pickle.dumps(style)) == style
    assert hash(pickle.loads(pickle.dumps(style))) == hash(style)


def test_quantities_that_json_leaves_out_are_those_of_the_average_writer() -> None:
    style = PlacementStyle.from_json('{"name": "mine", "quantities": {"head_y": {"mean": 0.1}}}')
    assert style.name == "mine"
    assert style.quantities["head_y"] == Quantity(0.1)
    assert style.quantities["spacing"] == PlacementStyle().quantities["spacing"]


@pytest.mark.parametrize(
    "text", ["", "[]", '{"quantities": {"head_y": {"middle": 1}}}', '{"quantities": {"x": {}}}']
)
def test_other_json_is_refused(text: str) -> None:
    with pytest.raises(SettingsError):
        PlacementStyle.from_json(text)


def test_numbers_are_constants_and_none_is_the_engravers_way() -> None:
    style = PlacementStyle().changed(
        stem_angle_up=4.0, head_y=None, spacing=Quantity(0.0, 0.1), amplitude=0.5
    )
    assert style.quantities["stem_angle_up"] == Quantity(4.0)
    assert style.quantities["head_y"] is None
    assert style.quantities["spacing"] == Quantity(0.0, 0.1)
    assert style.amplitude == 0.5


def test_an_unknown_quantity_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match="'stem_angel'"):
        PlacementStyle().changed(stem_angel=4.0)


@pytest.mark.parametrize("amplitude", [-0.1, 3.5, float("nan")])
def test_a_senseless_amplitude_is_refused(amplitude: float) -> None:
    with pytest.raises(SettingsError):
        PlacementStyle(amplitude=amplitude)


def test_halfway_between_two_writers() -> None:
    a, b = (
        PlacementStyle().changed(head_y=Quantity(0.1, 0.02)),
        PlacementStyle().changed(head_y=Quantity(0.2, 0.04)),
    )
    middle = a.interpolated(b, 0.5).quantities["head_y"]
    assert middle is not None
    assert (middle.mean, middle.spread) == (pytest.approx(0.15), pytest.approx(0.03))


def test_a_style_without_sizes_leaves_heads_and_beams_as_large_as_they_are() -> None:
    style = PlacementStyle.from_seed(1, sizes=False)
    assert style.quantities["head_width_black"] is None
    assert style.quantities["beam_thickness"] is None
    assert style.quantities["head_y"] is not None
