"""Random descriptions of pages, with what a reader must find on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LOOKS = {
    "printed-bitonal": "printed, bitonal",
    "printed-scan": "printed, scanned",
    "printed-photo": "printed, photographed",
    "handwritten-scan": "handwritten, aged paper, scanned",
    "handwritten-photo": "handwritten, photographed",
}
"""How sets of pages look: the last words of their descriptions."""

ENSEMBLES: dict[str, tuple[int, tuple[str, ...]]] = {
    "piano": (2, ("Piano",)),
    "violin": (1, ("Violin",)),
    "cello": (1, ("Violoncello",)),
    "flute and piano": (3, ("Flute", "Piano")),
    "violin and piano": (3, ("Violin", "Piano")),
    "string trio": (3, ("Violin", "Viola", "Violoncello")),
    "string quartet": (4, ("Violin", "Violin", "Viola", "Violoncello")),
    "two flutes": (2, ("Flute", "Flute")),
}
"""Words for players, with the number of staves and the classes of music21's instruments, from top to bottom."""

_TONICS = {
    "major": ("C", "G", "D", "A", "E", "F", "B flat", "E flat"),
    "minor": ("A", "E", "B", "D", "G", "C", "F sharp"),
}
_METRES = ("2/4", "3/4", "4/4", "3/8", "6/8", "9/8", "12/8", "5/4", "2/2")


@dataclass(frozen=True)
class Description:
    """A text, and what it asks for."""

    text: str
    tonic: str
    mode: str
    metre: str
    staves: int
    instruments: tuple[str, ...]


def random_description(rng: np.random.Generator, look: str = "printed") -> Description:
    """A text such as `music for piano in G minor, 3/4, 52 bars, printed, scanned`."""
    mode = str(rng.choice(list(_TONICS)))
    tonic, metre = str(rng.choice(_TONICS[mode])), str(rng.choice(_METRES))
    players = str(rng.choice(list(ENSEMBLES)))
    staves, instruments = ENSEMBLES[players]
    bars = int(rng.integers(16, 28)) * (3 if staves == 1 else 2)
    text = f"music for {players} in {tonic} {mode}, {metre}, {bars} bars, {look}"
    sign = {"flat": "-", "sharp": "#"}
    name = tonic.split(maxsplit=1)[0] + "".join(sign[word] for word in tonic.split()[1:])
    return Description(text, name, mode, metre, staves, instruments)
