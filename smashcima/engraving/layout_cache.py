"""A cache of layouts, which costs memory by the number of primitives."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from smashcima.engraving.engraving import Engraving

_MOST_PRIMITIVES = 40_000
"""About 25 pages of piano music, 70 MB."""


class LayoutCache:
    """The layouts that were used last; threads can share it.

    An `Engraving` is a frozen value that refers to the score by ids, so one layout serves all copies of a score. No lock
    is held while a layout is made. Copies and pickles are empty.
    """

    def __init__(self, most_primitives: int = _MOST_PRIMITIVES) -> None:
        """Makes an empty cache for layouts with `most_primitives` in total; a larger one is kept alone."""
        self.most_primitives = most_primitives
        self._layouts: OrderedDict[Hashable, tuple[Engraving, int]] = OrderedDict()
        self._total = 0
        self._storing = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Engraving]) -> Engraving:
        """Returns the layout of a key; calls `make` if it is not in the cache."""
        with self._storing:
            kept = self._layouts.get(key)
            if kept is not None:
                self._layouts.move_to_end(key)
                return kept[0]
        made = make()
        size = sum(len(page.primitives) for page in made.pages)
        with self._storing:
            if key not in self._layouts:
                self._layouts[key] = made, size
                self._total += size
                while self._total > self.most_primitives and len(self._layouts) > 1:
                    self._total -= self._layouts.popitem(last=False)[1][1]
        return made

    def __len__(self) -> int:
        return len(self._layouts)

    def __reduce__(self) -> tuple[Any, ...]:
        return (LayoutCache, (self.most_primitives,))
