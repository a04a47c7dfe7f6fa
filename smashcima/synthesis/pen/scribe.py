"""The tool of a writer, and the habits of its time: what a hand has beyond the numbers of a `PenWriter`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from smashcima.errors import SettingsError
from smashcima.short_repr import ShortRepr
from smashcima.synthesis.style.json_fields import check_names

Period = Literal["", "baroque", "classical", "romantic"]
PERIODS: tuple[str, ...] = get_args(Period)

TextHand = Literal["", "roundhand", "italic", "kurrent", "copperplate"]
TEXT_HANDS: tuple[str, ...] = get_args(TextHand)

_WORDS = frozenset({"name", "period", "text_hand"})
_SWITCHES = frozenset({"overlaps"})
_SHARES = frozenset(
    {
        "long_s",
        "abbreviations",
        "split",
        "thin_opacity",
        "dry_opacity",
        "pooling",
        "fading",
        "skips",
        "tooth",
        "custodes",
        "stems_right",
        "turn_marks",
        "cancellations",
        "erasures",
        "empty_staves",
    }
)
"""Fields from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Scribe(ShortRepr):
    """A writing tool with its ink, and the habits of its time. Lengths are in mm, for a staff space of 1.8 mm.

    The nib itself is that of the `PenWriter`: `pen_width`, `nib_contrast` and `nib_angle`. By default, nothing differs
    from a pen without a scribe, except that strokes have the ends of the nib.
    """

    name: str = "plain"

    # the nib
    flexibility: float = 0.0
    """Additional width of strokes straight down, where pressure spreads the nib, relative to the width."""

    # the ink
    dip_length: float = 0.0
    """Mean length of the strokes from one dip to the next; 0 for a pen that never runs dry."""

    dry_opacity: float = 1.0
    """Opacity of the ink before the next dip, relative to that after a dip."""

    dry_width: float = 1.0
    """Thickness of lines before the next dip, relative to that after a dip."""

    split: float = 0.0
    """Share of the lines written with nearly no ink in which the two halves of the nib leave separate tracks."""

    thin_opacity: float = 1.0
    """Opacity of the thinnest strokes, relative to heads and beams: a thin layer of ink covers less."""

    thin_warmth: float = 0.0
    """How much lighter and browner thin strokes are: 1 for the colour of the paper side of iron gall ink."""

    load: float = 1.0
    """Amount of ink of an even stroke of a full pen, where 1 covers the paper fully."""

    dry_load: float = 1.0
    """Amount of ink before the next dip, relative to that after a dip."""

    thick_load: float = 1.0
    """Amount of ink in thick strokes and areas, relative to that of the pen."""

    pooling: float = 0.0
    """Additional ink where a stroke starts, ends or turns, relative to the amount that covers the paper."""

    fading: float = 0.0
    """Loss of ink along a stroke."""

    unevenness: float = 0.0
    """Standard deviation of the amount of ink along a stroke."""

    skips: float = 0.0
    """Share of the strokes that the point skips."""

    tooth: float = 0.0
    """Share of the paper that stays bare under a pen without ink, because its grain is lower there."""

    even_load: float = 1.0
    """Amount of ink from which no paper stays bare."""

    full_opacity: float = 1.0
    """Opacity where there is most ink, relative to the ink of the writer; can be above 1."""

    overlaps: bool = False
    """Whether strokes of one symbol are darker where they overlap, as those of translucent ink."""

    # forms
    period: Period = ""
    """Forms of clefs, rests, heads and flags; empty for those of the plain pen."""

    text_hand: TextHand = ""
    """Hand of words; empty for those of the plain pen."""

    text_contrast: float = 0.0
    """Contrast of the nib for words, at the angle of their hand; see `PenWriter.nib_contrast`."""

    text_flexibility: float = 0.0
    """As `flexibility`, for words."""

    long_s: float = 0.0
    """Share of writers who write a long s inside words."""

    abbreviations: float = 0.0
    """Share of frequent words that are abbreviated: a stroke over the vowel before a doubled or final m or n, `u.`."""

    # lines
    stem_length: float = 1.0
    """Length of stems, relative to the placement of the plain pen."""

    stems_right: float = 0.0
    """Share of scribes whose stems down begin at the right side of their heads."""

    compactness: float = 1.0
    """Note spacing, relative to that of the layout options."""

    irregularity: float = 1.0
    """Variation of the spacing of notes, relative to the placement of the plain pen."""

    ruling_width: float = 0.17
    """Thickness of staff lines ruled with a rastrum."""

    ruling_opacity: float = 1.0
    """Opacity of the ink of the rastrum, relative to that of the writer."""

    ruling_warmth: float = 0.0
    """As `thin_warmth`, for the ink of the rastrum."""

    ruling_ends: float = 0.25
    """Standard deviation of the ends of the staff lines."""

    ruling_dryness: float = 0.0
    """Mean number of gaps per staff line where a point of the rastrum loses its ink."""

    # marks
    custodes: float = 0.0
    """Share of scribes who put a custos at the ends of staves, which tells the first note of the next."""

    turn_marks: float = 0.0
    """Share of pages, but the last, with `V.S.` or `volti` at the foot."""

    cancellations: float = 0.0
    """Share of systems with a wrong bar that is crossed out."""

    erasures: float = 0.0
    """Share of systems with a place where something was scraped off."""

    blots: float = 0.0
    """Mean number of blots on a page."""

    empty_staves: float = 0.0
    """Share of last pages whose foot is filled with empty staves."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name in _WORDS:
                if not isinstance(value, str):
                    raise SettingsError(f"{field.name} of a scribe must be text, not {value!r}.")
            elif field.name in _SWITCHES:
                if not isinstance(value, bool):
                    raise SettingsError(f"{field.name} of a scribe must be True or False, not {value!r}.")
            elif isinstance(value, bool) or not isinstance(value, int | float) or not value >= -360:
                raise SettingsError(f"{field.name} of a scribe must be a number, not {value!r}.")
            elif field.name in _SHARES and not 0 <= value <= 1:
                raise SettingsError(f"{field.name} of a scribe must be from 0 to 1, not {value!r}.")
        if self.even_load <= 0:
            raise SettingsError(f"even_load of a scribe must be positive, not {self.even_load!r}.")
        if self.period not in PERIODS:
            raise SettingsError(f"The period must be one of {_listed(PERIODS)}, not {self.period!r}.")
        if self.text_hand not in TEXT_HANDS:
            raise SettingsError(
                f"The text hand must be one of {_listed(TEXT_HANDS)}, not {self.text_hand!r}."
            )

    @staticmethod
    def of(value: Scribe | Mapping[str, Any] | None) -> Scribe | None:
        """A scribe from its fields, as JSON has them; raises a `SettingsError` for unknown ones."""
        if value is None or isinstance(value, Scribe):
            return value
        if not isinstance(value, Mapping):
            raise SettingsError(f"A scribe must be an object of its parameters, not {value!r}.")
        check_names(value, Scribe, "scribe")
        return Scribe(**value)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(map(repr, names))
