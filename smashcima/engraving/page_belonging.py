"""Relations between the primitives of one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from smashcima.short_repr import ShortRepr


@dataclass(frozen=True, slots=True)
class BeamPiece:
    """One straight piece of a beam."""

    level: int
    """Level of the beam, from 1 for the beam of eighth notes."""

    stems: tuple[int, ...]
    """The stems it touches, from left to right, as the indices of their primitives on the page."""

    @property
    def is_hook(self) -> bool:
        """Whether it is a hook, which touches only one stem."""
        return self.level > 1 and len(self.stems) == 1


@dataclass(frozen=True, slots=True)
class PageBelonging(ShortRepr):
    """Relations between primitives of one page, and between primitives and the score.

    Primitives are identified by their indices on the page, and musical objects by their ids in the score. The relations
    therefore stay valid when primitives are moved, as long as their order is kept.
    """

    events: tuple[str | None, ...]
    """For each primitive, the id of the chord, single note or rest it belongs to, or `None`."""

    noteheads: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Noteheads of stems, accidentals, dots, ledger lines, articulations, fingerings, tremolos, clusters, arpeggios."""

    stems: Mapping[int, int] = field(default_factory=dict)
    """Stems of flags, grace note slashes and tremolos."""

    rests: Mapping[int, int] = field(default_factory=dict)
    """Rests of augmentation dots."""

    start_noteheads: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Noteheads at which slurs, ties and glissandi start, in their own system."""

    end_noteheads: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Noteheads at which slurs, ties and glissandi end, in their own system."""

    start_events: Mapping[int, str] = field(default_factory=dict)
    """Ids of the chords, single notes and rests at which slurs, ties and glissandi start, in any system."""

    end_events: Mapping[int, str] = field(default_factory=dict)
    """Ids of the chords, single notes and rests at which slurs, ties and glissandi end, in any system."""

    covered_events: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Ids of all chords and notes of an arpeggio."""

    beams: Mapping[int, BeamPiece] = field(default_factory=dict)
    """Beam pieces, by the indices of their primitives."""

    barline_strokes: tuple[tuple[int, ...], ...] = ()
    """Strokes across several staves that the engraver drew in pieces, each as its pieces from top to bottom."""

    barlines: tuple[tuple[int, ...], ...] = ()
    """Barlines, each through all staves of a system, as the indices of their strokes and repeat dots."""

    single_barlines: frozenset[int] = frozenset()
    """Continuous strokes that form a barline alone; other strokes are parts of double bars, repeats and so on."""

    systems_elsewhere: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """For pieces of marks that are broken by page turns (slurs, hairpins, ...): the numbers of systems on earlier and on
    later pages in which the mark is drawn."""
