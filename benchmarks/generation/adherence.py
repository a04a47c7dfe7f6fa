"""Does a score follow its text? Key, metre, staves and instruments, read back by music21."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from texts import Description

ASPECTS = ("key", "metre", "staves", "instruments")


@dataclass(frozen=True)
class ReadScore:
    """What music21 reads at the beginning of a score."""

    tonic: str | None
    mode: str | None
    metre: str | None
    staves: int
    instruments: tuple[str, ...]
    """Classes of music21's instruments, each part once, from top to bottom."""


def read_score(musicxml: str) -> ReadScore:
    """Reads MusicXML with music21.

    A file need not state the mode. Then the key is that of the two with its signature of which the last bass note is the
    tonic, or, if it is neither, the one that music21 finds likelier by the durations of all pitches.
    """
    import music21

    score: Any = music21.converter.parseData(musicxml, format="musicxml")
    metre = next(iter(score.recurse().getElementsByClass("TimeSignature")), None)
    key = _key(score)
    return ReadScore(
        key.tonic.name if key is not None else None,
        key.mode if key is not None else None,
        metre.ratioString if metre is not None else None,
        len(score.parts),
        tuple(_instruments(score)),
    )


def _key(score: Any) -> Any:
    import music21

    sounding = score.toSoundingPitch()
    signature = next(iter(sounding.recurse().getElementsByClass("KeySignature")), None)
    if signature is None or isinstance(signature, music21.key.Key):
        return signature
    both = signature.asKey("major"), signature.asKey("minor")
    last = sounding.parts[-1].recurse().notes.last()
    if last is not None:
        bass = min(last.pitches).name
        for key in both:
            if key.tonic.name == bass:
                return key
    found = sounding.analyze("key")
    ranks = [(each.tonic.name, each.mode) for each in (found, *found.alternateInterpretations)]
    return min(both, key=lambda key: ranks.index((key.tonic.name, key.mode)))


def _instruments(score: Any) -> list[str]:
    """The class of each player's instrument, or the one that music21 knows by the name of the part."""
    import music21

    groups = [set(group.getSpannedElements()) for group in score.recurse().getElementsByClass("StaffGroup")]
    found = []
    before: Any = None
    for part in score.parts:
        # The staves of a piano are two parts of music21 in one group.
        is_second_staff = isinstance(part, music21.stream.PartStaff) and any(
            before in group and part in group for group in groups
        )
        before = part
        if is_second_staff:
            continue
        instrument = part.getInstrument(returnDefault=True)
        if type(instrument) is music21.instrument.Instrument and part.partName:
            instrument = music21.instrument.fromString(part.partName)
        found.append(type(instrument).__name__)
    return found


def faults(wanted: Description, read: ReadScore) -> dict[str, str]:
    """What differs from the text, by aspect; empty if the score follows it."""
    pairs = {
        "key": ((wanted.tonic, wanted.mode), (read.tonic, read.mode)),
        "metre": (wanted.metre, read.metre),
        "staves": (wanted.staves, read.staves),
        "instruments": (wanted.instruments, read.instruments),
    }
    return {name: f"{want} wanted, {is_} read" for name, (want, is_) in pairs.items() if want != is_}


def adherence(found: Iterable[dict[str, str]]) -> dict[str, float]:
    """Share of the scores that follow their text, by aspect, from the faults of each score."""
    rows = list(found)
    wrong = Counter(name for row in rows for name in row)
    return {name: 1 - wrong[name] / len(rows) for name in ASPECTS}
