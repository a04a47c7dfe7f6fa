"""Figures of accompaniment: how the tones of a chord are spread over its time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from smashcima.composing.theory import Metre, Tone

Piece = tuple[int, tuple[Tone, ...]]
"""Length in ticks, and tones; no tones for a rest."""


@dataclass(frozen=True)
class FigureTime:
    """The time of one chord in its measure."""

    start: int
    ticks: int
    metre: Metre
    unit: int
    """Ticks of the short notes of broken chords."""
    variant: int
    """A number from 0 to 2 that chooses between forms of a figure, the same through the piece."""

    @property
    def beats(self) -> list[tuple[int, int]]:
        """Place in the measure and length of the beats in this time."""
        found = []
        for at, length in zip(self.metre.starts, self.metre.beats, strict=True):
            low, high = max(at, self.start), min(at + length, self.start + self.ticks)
            if low < high:
                found.append((low, high - low))
        return found


Figure = Callable[[FigureTime, Tone, Sequence[Tone]], list[Piece]]
"""Makes the notes for a time, a bass and the tones above it, from low to high."""


def _alberti(time: FigureTime, bass: Tone, upper: Sequence[Tone]) -> list[Piece]:
    tones = [bass, *upper[:2]]
    pattern = (0, 2, 1, 2) if time.variant else (0, 1, 2, 1)
    found: list[Piece] = []
    for _, length in time.beats:
        unit = time.unit if length % time.unit == 0 else length
        if length % 9 == 0:
            unit = length // 3
        count = length // unit
        shape = (0, 1, 2) if count == 3 else pattern
        offset = len(found) if count < 3 else 0
        found += [
            (unit, (tones[min(shape[(offset + index) % len(shape)], len(tones) - 1)],))
            for index in range(count)
        ]
    return found


def _block_chords(time: FigureTime, bass: Tone, upper: Sequence[Tone]) -> list[Piece]:
    chord = (bass, *upper[:2])
    if time.variant == 0:
        return [(time.ticks, chord)]
    return [(length, chord) for _, length in time.beats]


def _arpeggio(time: FigureTime, bass: Tone, upper: Sequence[Tone]) -> list[Piece]:
    tones = [bass, *upper]
    turn = list(range(len(tones))) + list(range(len(tones) - 2, 0, -1))
    found: list[Piece] = []
    for _, length in time.beats:
        unit = length // 3 if length % 9 == 0 else time.unit if length % time.unit == 0 else length
        for _ in range(length // unit):
            found.append((unit, (tones[turn[len(found) % len(turn)]],)))
    return found


def _waltz(time: FigureTime, bass: Tone, upper: Sequence[Tone]) -> list[Piece]:
    chord = tuple(upper[:2])
    beats = time.beats
    if len(time.metre.beats) == 1 or time.metre.is_compound:
        found: list[Piece] = []
        for _, length in beats:
            if length % 9 == 0:
                found += [(length // 3, (bass,)), (length // 3, chord), (length // 3, chord)]
            else:
                found += [(length // 2, (bass,)), (length // 2, chord)]
        return found
    # The bass is on the first beat of the measure only; a chord that begins later has no beat for it.
    return [(length, (bass,) if at == 0 else chord) for at, length in beats]


def _stride(time: FigureTime, bass: Tone, upper: Sequence[Tone]) -> list[Piece]:
    chord = tuple(upper[:2])
    found: list[Piece] = []
    for index, (_, length) in enumerate(time.beats):
        if length % 9 == 0:
            found += [(length * 2 // 3, (bass,)), (length // 3, chord)]
        elif time.variant == 0:
            found += [(length // 2, (bass,)), (length // 2, chord)]
        else:
            found.append((length, (bass,) if index % 2 == 0 else chord))
    return found


def _polonaise(time: FigureTime, bass: Tone, upper: Sequence[Tone]) -> list[Piece]:
    chord = tuple(upper[:2])
    found: list[Piece] = []
    for at, length in time.beats:
        if length % 960:
            found.append((length, (bass, *chord)))
        elif at == 0:
            found += [(length // 2, (bass,)), (length // 4, chord), (length // 4, chord)]
        else:
            found += [(length // 2, chord), (length // 2, chord)]
    return found


def _drone(time: FigureTime, bass: Tone, upper: Sequence[Tone]) -> list[Piece]:
    fifth = next((tone for tone in upper if (tone[0] - bass[0]) % 7 == 4), None)
    return [(time.ticks, (bass,) if fifth is None else (bass, fifth))]


def _repeated_chords(time: FigureTime, bass: Tone, upper: Sequence[Tone]) -> list[Piece]:
    chord = (bass, *upper[:2])
    found: list[Piece] = []
    for _, length in time.beats:
        parts = 3 if length % 9 == 0 else 2
        found += [(length // parts, chord)] * parts
    return found


def _octaves(time: FigureTime, bass: Tone, upper: Sequence[Tone]) -> list[Piece]:
    low = (bass[0] - 7, bass[1])
    if time.variant == 0:
        return [(length, (low, bass)) for _, length in time.beats]
    found: list[Piece] = []
    for _, length in time.beats:
        if length % 9 == 0:
            found += [(length * 2 // 3, (low,)), (length // 3, (bass,))]
        else:
            found += [(length // 2, (low,)), (length // 2, (bass,))]
    return found


FIGURES: Mapping[str, Figure] = MappingProxyType(
    {
        "alberti": _alberti,
        "block chords": _block_chords,
        "arpeggio": _arpeggio,
        "waltz": _waltz,
        "stride": _stride,
        "polonaise": _polonaise,
        "drone": _drone,
        "repeated chords": _repeated_chords,
        "octaves": _octaves,
    }
)
"""Figures by the name of their texture."""

BASS_RANGES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "alberti": ("A2", "A3"),
        "block chords": ("G2", "A3"),
        "arpeggio": ("E2", "F3"),
        "waltz": ("E2", "F3"),
        "stride": ("E2", "F3"),
        "polonaise": ("E2", "F3"),
        "drone": ("F2", "F3"),
        "repeated chords": ("A2", "A3"),
        "octaves": ("D2", "D3"),
        "walking bass": ("E2", "C4"),
        "counterpoint": ("E2", "D4"),
        "chorale": ("E2", "C4"),
        "melody": ("C2", "C4"),
    }
)
"""Range of the bass of a keyboard."""


def upper_steps(texture: str, bass: Tone, steps: Sequence[int]) -> list[int]:
    """Steps of a chord above its bass that a figure uses, from those within two octaves above it."""
    if texture == "arpeggio":
        wide = [step for step in steps if step - bass[0] >= 3]
        return wide[:4] if len(wide) >= 3 else list(steps[:4])
    if texture in ("waltz", "stride", "polonaise"):
        high = [step for step in steps if step - bass[0] >= 5]
        return high[:3]
    return list(steps[:3])
