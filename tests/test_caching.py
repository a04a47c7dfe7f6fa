"""Caches stay small, and threads that share one agree."""

from __future__ import annotations

import copy
import pickle
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from smashcima.assets.fonts import SmuflFont, TextFont
from smashcima.caching import BoundedCache, OnDemand
from smashcima.synthesis.paper.style import PaperStyle
from smashcima.synthesis.paper.tile import Tile, TileStore, make_tile

THREADS = 8


def _together(work: Callable[[], object]) -> list[object]:
    """What the work gives in several threads that begin at once."""
    begin = threading.Barrier(THREADS)

    def run(_: int) -> object:
        begin.wait()
        return work()

    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(run, range(THREADS)))


def test_a_value_is_made_once() -> None:
    cache: BoundedCache[str, object] = BoundedCache(2)
    first = cache.get("a", object)
    assert cache.get("a", object) is first


def test_none_is_a_value() -> None:
    cache: BoundedCache[str, None] = BoundedCache(1)
    made: list[None] = []
    for _ in range(2):
        assert cache.get("a", lambda: made.append(None)) is None
    assert made == [None]


def test_the_oldest_values_make_room() -> None:
    cache: BoundedCache[int, int] = BoundedCache(3)
    for number in range(5):
        assert cache.get(number, lambda number=number: number * 10) == number * 10  # type: ignore[misc]
    assert len(cache) == 3
    assert cache.get(4, lambda: -1) == 40
    assert cache.get(0, lambda: -1) == -1


def test_a_value_can_be_dropped() -> None:
    cache: BoundedCache[int, int] = BoundedCache(2)
    cache.keep(1, 10)
    for _ in range(2):
        cache.drop(1)
    assert len(cache) == 0
    assert cache.get(1, lambda: 11) == 11


def test_making_a_value_may_ask_for_another() -> None:
    cache: BoundedCache[int, int] = BoundedCache(10)

    def factorial(n: int) -> int:
        return cache.get(n, lambda: n * factorial(n - 1) if n else 1)

    assert factorial(5) == 120
    assert len(cache) == 6


def test_an_error_leaves_nothing_behind() -> None:
    cache: BoundedCache[str, int] = BoundedCache(1)
    with pytest.raises(KeyError):
        cache.get("a", lambda: {}["a"])
    assert len(cache) == 0
    assert cache.get("a", lambda: 1) == 1


def test_copies_and_pickles_are_empty() -> None:
    cache: BoundedCache[str, object] = BoundedCache(7)
    cache.get("a", object)
    for twin in (copy.deepcopy(cache), pickle.loads(pickle.dumps(cache))):
        assert (len(twin), twin.most) == (0, 7)


def test_a_cache_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        BoundedCache(0)


def test_threads_get_the_same_value() -> None:
    cache: BoundedCache[int, object] = BoundedCache(4)
    for key in range(50):
        values = _together(lambda key=key: cache.get(key, object))  # type: ignore[misc]
        assert all(value is values[0] for value in values)
        assert len(cache) <= 4


def test_threads_that_crowd_a_cache_get_their_own_values() -> None:
    cache: BoundedCache[int, int] = BoundedCache(2)

    def work() -> bool:
        return all(cache.get(key % 7, lambda key=key: key % 7) == key % 7 for key in range(2000))  # type: ignore[misc]

    assert _together(work) == [True] * THREADS
    assert len(cache) == 2


def test_threads_load_one_font_each_of_a_name() -> None:
    fonts = _together(lambda: SmuflFont.load("Leland"))
    assert all(font is fonts[0] for font in fonts)
    assert TextFont.load(True) is TextFont.load(bold=True, italic=False)


def test_threads_that_share_a_text_font_get_whole_glyphs() -> None:
    text = "The quick brown fox jumps over the lazy dog, 0123456789: ÀÉÎÕÜ"
    alone = TextFont(bold=True, italic=True)
    expected = [(alone.glyph(c).outline.area, alone.advance(c), alone.kern("T", c)) for c in text]
    shared = TextFont(bold=True, italic=True)

    def work() -> object:
        return [(shared.glyph(c).outline.area, shared.advance(c), shared.kern("T", c)) for c in text]

    assert _together(work) == [expected] * THREADS


def test_threads_may_share_a_store_of_tiles() -> None:
    tile = make_tile(PaperStyle.preset("white-office"), 20)
    store = TileStore(most_bytes=tile.size_bytes * 2)

    def work() -> bool:
        for number in range(500):
            found = store.find(number % 5)
            assert found is None or isinstance(found, Tile)
            store.keep(number % 5, tile)
        return True

    assert _together(work) == [True] * THREADS
    assert len(store) == 2


def test_threads_may_pickle_scenes_at_once() -> None:
    from smashcima.scene.semantic import Score, Section

    def work() -> int:
        score = Score(children=[Section(id=str(number)) for number in range(300)])
        return len(pickle.loads(pickle.dumps(score)).children)

    assert _together(work) == [300] * THREADS


def test_values_of_a_table_are_made_when_they_are_looked_up() -> None:
    made: list[int] = []

    def square(key: int) -> int:
        made.append(key)
        return key * key

    table = OnDemand({2: None, 3: None}, square)
    assert (len(table), list(table), 3 in table, 5 in table) == (2, [2, 3], True, False)
    assert made == []
    assert (table[3], table[3], table.get(5)) == (9, 9, None)
    assert made == [3]
    with pytest.raises(KeyError):
        table[5]
