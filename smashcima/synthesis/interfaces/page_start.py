"""What synthesizers are told when a page begins."""

from __future__ import annotations


class StartsPages:
    """A synthesizer that is told which page comes next.

    - **May override** `begin_page`.
    """

    def begin_page(self, index: int) -> None:
        """Hook: called before anything of page `index` (from 0) is drawn; does nothing by default.

        The random generator of each service is at the beginning of its stream for the page. Whoever keeps numbers
        or ink that were drawn ahead forgets them here, so that a page is the same whichever pages were drawn before
        it. What follows from the style alone may be kept. Whoever draws with other synthesizers tells them, too.
        """
