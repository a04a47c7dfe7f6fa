"""The notification of synthesizers when a page begins."""

from __future__ import annotations

from smashcima._moved import FormerAttributes
from smashcima.short_repr import ShortRepr


class StartsPages(FormerAttributes, ShortRepr):
    """Base class of synthesizers that are notified when a page begins.

    - **May override** `begin_page`.
    """

    def begin_page(self, index: int) -> None:
        """Hook: called before anything on page `index` (from 0) is drawn; does nothing by default.

        The random generator of each service is at the start of its stream for the page. Discard random numbers and
        ink that were precomputed, so that a page does not depend on the pages drawn before it; values that depend
        only on the style may be kept. Call `begin_page` of every synthesizer that this one uses.
        """
