"""Which pages are kept."""

from __future__ import annotations

import math
from dataclasses import dataclass

from smashcima.datasets.curation.colour_depth import DEPTHS
from smashcima.datasets.curation.quality import PageQuality
from smashcima.errors import SettingsError

REASONS: dict[str, str] = {
    "depth": "deeper colour than wanted",
    "no music": "not a page of music",
    "part of page": "too little of the page is music",
    "skewed": "lines are not horizontal",
    "specks": "too many isolated dots",
    "duplicate": "shows the same as an earlier page",
    "unreadable": "cannot be read",
}
"""Reasons for which pages are rejected."""


@dataclass(frozen=True, kw_only=True)
class CurationRules:
    """Limits within which pages are kept.

    `CurationRules.musicscore()` are those of the data set MusicScore.
    """

    max_depth: int = 24
    """Most bits per pixel: 1 keeps black and white, 8 also shades of gray, 24 everything."""

    min_score_probability: float = 0.5
    """Least probability that the page shows music; 0 keeps all pages."""

    min_music_share: float = 0.4
    """Least share of the page that music takes up."""

    max_skew_deg: float = 3.0
    """Greatest angle of the lines, in either direction."""

    max_specks: float = 4000.0
    """Most isolated dots per megapixel."""

    duplicates: bool = False
    """Whether to keep pages that show the same as an earlier one."""

    def __post_init__(self) -> None:
        if self.max_depth not in DEPTHS:
            known = ", ".join(f"{bits} ({name})" for bits, name in DEPTHS.items())
            raise SettingsError(f"The colour depth must be one of {known}, not {self.max_depth!r}.")
        for name, most in (
            ("min_score_probability", 1.0),
            ("min_music_share", 1.0),
            ("max_skew_deg", math.inf),
            ("max_specks", math.inf),
        ):
            value = getattr(self, name)
            if not 0 <= value <= most:
                raise SettingsError(f"{name} must be between 0 and {most:g}, not {value!r}.")

    @staticmethod
    def musicscore() -> CurationRules:
        """The rules of MusicScore: black and white pages, two thirds of which are music."""
        return CurationRules(max_depth=1, min_music_share=2 / 3)

    def objections(self, page: PageQuality) -> list[str]:
        """The reasons against a page, among `REASONS`; empty if it is kept."""
        checks = {
            "depth": page.depth > self.max_depth,
            "no music": page.score_probability < self.min_score_probability,
            "part of page": page.music_share < self.min_music_share,
            "skewed": abs(page.skew_deg) > self.max_skew_deg,
            "specks": page.specks > self.max_specks,
        }
        return [reason for reason, fails in checks.items() if fails]
