"""Placement for ink that brings part of its place along."""

from __future__ import annotations

from smashcima.placement import PlacementStyle, placement_for_samples


def test_flags_and_clefs_stay_where_the_engraver_put_their_origin() -> None:
    style = PlacementStyle.from_seed(3)
    assert style.quantities["flag_y"] is not None
    assert style.quantities["head_width_black"] is not None
    changed = placement_for_samples(style)
    for name in ("flag_y", "clef_y_g", "clef_y_f", "head_width_black"):
        assert changed.quantities[name] is None, name
    flag_x = changed.quantities["flag_x"]
    assert flag_x is not None
    assert flag_x.mean == 0
    assert flag_x.spread == style.quantities["flag_x"].spread  # type: ignore[union-attr]
    assert changed.quantities["head_y"] == style.quantities["head_y"]
