from __future__ import annotations

import copy
import pickle
from dataclasses import replace

from smashcima.engravers.verovio import VerovioEngraver
from smashcima.engraving import Engraving, LayoutOptions
from smashcima.engraving.layout_cache import LayoutCache
from smashcima.loading import load_score

TUNE = "X:1\nL:1/4\nK:C\nCDEF|GABc|\n"


def laid_out(primitives: int) -> Engraving:
    """A real layout of two measures, repeated until it has this many primitives."""
    engraving = VerovioEngraver().engrave(load_score(data=TUNE, format="abc").score)
    (page,) = engraving.pages
    return replace(engraving, pages=(replace(page, primitives=page.primitives[:1] * primitives),))


def test_a_layout_is_made_once() -> None:
    cache, made = LayoutCache(), []
    for _ in range(3):
        cache.get("tune", lambda: made.append(1) or laid_out(1))
    assert made == [1]


def test_the_layouts_that_were_used_last_are_kept() -> None:
    cache = LayoutCache(most_primitives=20)
    for key in ("a", "b"):
        cache.get(key, lambda: laid_out(10))
    cache.get("a", lambda: laid_out(10))
    cache.get("c", lambda: laid_out(10))
    asked: list[str] = []
    for key in ("a", "c", "b"):
        cache.get(key, lambda key=key: asked.append(key) or laid_out(10))
    assert asked == ["b"]


def test_a_layout_larger_than_the_cache_is_kept_alone() -> None:
    cache = LayoutCache(most_primitives=5)
    cache.get("small", lambda: laid_out(1))
    cache.get("large", lambda: laid_out(50))
    assert len(cache) == 1


def test_a_pickled_cache_is_empty() -> None:
    cache = LayoutCache(7)
    cache.get("tune", lambda: laid_out(1))
    again = pickle.loads(pickle.dumps(cache))
    assert (len(again), again.most_primitives) == (0, 7)


def test_a_copy_of_a_score_has_the_same_layout_and_an_edited_one_has_not() -> None:
    engraver = VerovioEngraver()
    score = load_score(data=TUNE, format="abc").score
    first = engraver.engrave(score)
    again = copy.deepcopy(score)
    assert engraver.engrave(again).pages is first.pages
    note = next(again.notes())
    note.pitch = note.pitch.transposed(1, 2)
    again.update()
    assert engraver.engrave(again).pages is not first.pages
    assert engraver.engrave(score, LayoutOptions(staff_space=1.5)).pages is not first.pages
