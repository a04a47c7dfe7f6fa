"""SMuFL names of the symbols of common music notation."""

from __future__ import annotations

from collections.abc import Mapping

from smashcima.scene.semantic import Clef, ClefShape, DurationType

ACCIDENTALS: Mapping[str, str] = {
    "s": "accidentalSharp",
    "f": "accidentalFlat",
    "n": "accidentalNatural",
    "x": "accidentalDoubleSharp",
    "ss": "accidentalSharpSharp",
    "ff": "accidentalDoubleFlat",
    "ns": "accidentalNaturalSharp",
    "nf": "accidentalNaturalFlat",
    "xs": "accidentalTripleSharp",
    "sx": "accidentalTripleSharp",
    "ts": "accidentalTripleSharp",
    "tf": "accidentalTripleFlat",
    "1qs": "accidentalQuarterToneSharpStein",
    "3qs": "accidentalThreeQuarterTonesSharpStein",
    "1qf": "accidentalQuarterToneFlatStein",
    "3qf": "accidentalThreeQuarterTonesFlatZimmermann",
}
"""Accidentals by MEI name."""

_ARTICULATIONS: Mapping[str, str] = {
    "stacc": "articStaccato*",
    "ten": "articTenuto*",
    "acc": "articAccent*",
    "marc": "articMarcato*",
    "stacciss": "articStaccatissimo*",
    "spicc": "articStaccatissimoWedge*",
    "upbow": "stringsUpBow",
    "dnbow": "stringsDownBow",
    "harm": "stringsHarmonic",
    "snap": "pluckedSnapPizzicato*",
    "lhpizz": "pluckedLeftHandPizzicato",
    "open": "brassMuteOpen",
    "stop": "brassMuteClosed",
}
"""Articulations by MEI name; a star stands for `Above` or `Below`."""

DYNAMICS: Mapping[str, str] = {
    "p": "dynamicPiano", "m": "dynamicMezzo", "f": "dynamicForte", "r": "dynamicRinforzando", "s": "dynamicSforzando",
    "z": "dynamicZ", "n": "dynamicNiente", "pp": "dynamicPP", "ppp": "dynamicPPP", "pppp": "dynamicPPPP",
    "mp": "dynamicMP", "mf": "dynamicMF", "pf": "dynamicPF", "ff": "dynamicFF", "fff": "dynamicFFF",
    "ffff": "dynamicFFFF", "fp": "dynamicFortePiano", "fz": "dynamicForzando", "sf": "dynamicSforzando1",
    "sfp": "dynamicSforzandoPiano", "sfpp": "dynamicSforzandoPianissimo", "sfz": "dynamicSforzato",
    "sfzp": "dynamicSforzatoPiano", "sffz": "dynamicSforzatoFF", "rf": "dynamicRinforzando1",
    "rfz": "dynamicRinforzando2",
}  # fmt: skip
"""Dynamics by their letters."""

_HEADS: Mapping[DurationType, str] = {
    DurationType.LONG: "noteheadDoubleWholeSquare",
    DurationType.BREVE: "noteheadDoubleWholeSquare",
    DurationType.WHOLE: "noteheadWhole",
    DurationType.HALF: "noteheadHalf",
}

_RESTS: Mapping[DurationType, str] = {
    DurationType.MAXIMA: "restMaxima",
    DurationType.LONG: "restLonga",
    DurationType.BREVE: "restDoubleWhole",
    DurationType.WHOLE: "restWhole",
    DurationType.HALF: "restHalf",
    DurationType.QUARTER: "restQuarter",
}

_SHORT: Mapping[int, str] = {
    1: "8th",
    2: "16th",
    3: "32nd",
    4: "64th",
    5: "128th",
    6: "256th",
    7: "512th",
    8: "1024th",
}
"""Names of durations by their number of flags."""

_CLEFS: Mapping[tuple[ClefShape, int], str] = {
    (ClefShape.G, 0): "gClef",
    (ClefShape.G, -1): "gClef8vb",
    (ClefShape.G, 1): "gClef8va",
    (ClefShape.G, -2): "gClef15mb",
    (ClefShape.G, 2): "gClef15ma",
    (ClefShape.F, 0): "fClef",
    (ClefShape.F, -1): "fClef8vb",
    (ClefShape.F, 1): "fClef8va",
    (ClefShape.F, -2): "fClef15mb",
    (ClefShape.F, 2): "fClef15ma",
    (ClefShape.C, 0): "cClef",
    (ClefShape.C, -1): "cClef8vb",
    (ClefShape.DOUBLE_G, 0): "gClef8vbOld",
    (ClefShape.PERCUSSION, 0): "unpitchedPercussionClef1",
    (ClefShape.TAB, 0): "6stringTabClef",
}

_CHANGES: Mapping[str, str] = {"gClef": "gClefChange", "fClef": "fClefChange", "cClef": "cClefChange"}


def notehead_name(duration: DurationType) -> str:
    """Notehead of a note value; black for quarters and shorter notes."""
    return _HEADS.get(duration, "noteheadBlack")


def rest_name(duration: DurationType) -> str:
    """Rest of a note value; the shortest is that of 1024th notes."""
    name = _RESTS.get(duration)
    return name if name is not None else f"rest{_SHORT[min(duration.flags, 8)]}"


def articulation_name(kind: str, above: bool) -> str | None:
    """Symbol of an articulation (MEI name); `None` if there is no symbol for it."""
    name = _ARTICULATIONS.get(kind)
    return None if name is None else name.replace("*", "Above" if above else "Below")


def flag_name(flags: int, up: bool) -> str:
    """Flag of a stem, for 1 flag (eighth note) to 8 flags."""
    return f"flag{_SHORT[min(max(flags, 1), 8)]}{'Up' if up else 'Down'}"


def clef_name(clef: Clef, is_change: bool = False) -> str | None:
    """Symbol of a clef, the smaller one for a change; `None` if there is no symbol for it."""
    effective = clef.effective
    name = _CLEFS.get((effective.shape or ClefShape.G, effective.octave_shift))
    return _CHANGES.get(name, name) if is_change and name is not None else name


def digit_names(number: int | str, family: str = "timeSig") -> tuple[str, ...]:
    """Symbols of a number, digit by digit; a plus sign is allowed in time signatures.

    `family` is `timeSig` or `tuplet`. Other characters are omitted.
    """
    names = []
    for character in str(number):
        if character.isascii() and character.isdigit():
            names.append(f"{family}{character}")
        elif character == "+" and family == "timeSig":
            names.append("timeSigPlusSmall")
    return tuple(names)
