"""The value that says what belongs to what on one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class BeamPiece:
    """One straight piece of a beam."""

    level: int
    """1 for the beam of eighth notes."""

    stems: tuple[int, ...]
    """The stems that it touches, from left to right, by the indices of their primitives on the page."""

    @property
    def is_hook(self) -> bool:
        """Whether it leads from one stem to no other."""
        return self.level > 1 and len(self.stems) == 1


@dataclass(frozen=True, slots=True)
class PageBelonging:
    """What belongs to what on one page.

    Drawn things are named by the indices of their primitives on the page, music by the ids of the score. So it holds
    wherever the primitives are moved to, as long as they keep their order.
    """

    events: tuple[str | None, ...]
    """For each primitive the id of the chord, single note or rest that it is a part of; `None` for other things."""

    noteheads: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Noteheads of stems, accidentals, dots, ledger lines, articulations, fingerings, tremolos, clusters, arpeggios."""

    stems: Mapping[int, int] = field(default_factory=dict)
    """The stem of flags, strokes of grace notes and tremolos."""

    rests: Mapping[int, int] = field(default_factory=dict)
    """The rest of dots."""

    start_noteheads: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Noteheads at which slurs, ties and glissandi start, in their own system."""

    end_noteheads: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Noteheads at which they end."""

    start_events: Mapping[int, str] = field(default_factory=dict)
    """Ids of the chords, single notes and rests at which slurs, ties and glissandi start, in whatever system."""

    end_events: Mapping[int, str] = field(default_factory=dict)
    """Ids of those at which they end."""

    covered_events: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Ids of all chords and notes that an arpeggio joins."""

    beams: Mapping[int, BeamPiece] = field(default_factory=dict)
    """The pieces of beams."""

    barline_strokes: tuple[tuple[int, ...], ...] = ()
    """Strokes across several staves that the engraver drew in pieces, each as its pieces from the top down."""

    barlines: tuple[tuple[int, ...], ...] = ()
    """Barlines, each through all staves of a system, as the indices of their strokes and repeat dots."""

    single_barlines: frozenset[int] = frozenset()
    """Continuous strokes that are a barline by themselves; others are parts of double bars, repeats and so on."""
