"""Stems down at the right side of their heads."""

from __future__ import annotations

import smashcima as sc
from smashcima.engraving import Line, PrimitiveKind, Symbol, with_belonging
from smashcima.loading import load_score
from smashcima.placement import with_stems_down_on_the_right

TUNE = "X:1\nM:4/4\nL:1/4\nK:C\nc' F B2 | [eg] d c/d/ G | z f g4 |]\n"


def test_single_free_stems_down_change_sides() -> None:
    loaded = load_score(data=TUNE, format=".abc")
    model = sc.EngravedModel(seed=0)
    engraving = with_belonging(model.lay_out(loaded), loaded.score)
    (page,), (moved,) = engraving.pages, with_stems_down_on_the_right(engraving).pages
    assert page.belonging is not None
    beamed = {stem for piece in page.belonging.beams.values() for stem in piece.stems}
    counts = {"moved": 0, "up": 0, "kept": 0}
    for index, (old, new) in enumerate(zip(page.primitives, moved.primitives, strict=True)):
        if old.kind is not PrimitiveKind.STEM:
            assert old is new
            continue
        assert isinstance(old, Line)
        assert isinstance(new, Line)
        heads = page.belonging.noteheads[index]
        head = page.primitives[heads[0]]
        assert isinstance(head, Symbol)
        left, _, right, _ = head.reach()
        points_down = max(old.start.y, old.end.y) - head.origin.y > head.origin.y - min(
            old.start.y, old.end.y
        )
        if not points_down:
            counts["up"] += 1
            assert new == old
        elif len(heads) > 1 or index in beamed:
            counts["kept"] += 1
            assert new == old
        else:
            counts["moved"] += 1
            assert abs(old.start.x - head.origin.x - left) < 0.2
            assert abs(new.start.x - head.origin.x - right) < 0.2
            assert max(new.start.y, new.end.y) == max(old.start.y, old.end.y)
    assert counts["moved"] >= 4
    assert counts["up"] >= 2
    assert counts["kept"] >= 1
