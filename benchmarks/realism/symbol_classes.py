"""Classes of the benchmark: those of MUSCIMA++ 2.0 that correspond to labels of Smashcima."""

from __future__ import annotations

CLASSES: dict[str, tuple[str, ...]] = {
    "noteheadFull": ("noteheadBlack",),
    "noteheadHalf": ("noteheadHalf",),
    "noteheadWhole": ("noteheadWhole",),
    "flag8thUp": ("flag8thUp",),
    "flag8thDown": ("flag8thDown",),
    "restWholeOrHalf": ("restHalf", "restWhole"),
    "restQuarter": ("restQuarter",),
    "rest8th": ("rest8th",),
    "rest16th": ("rest16th",),
    "gClef": ("gClef",),
    "fClef": ("fClef",),
    "cClef": ("cClef",),
    "accidentalSharp": ("accidentalSharp",),
    "accidentalFlat": ("accidentalFlat",),
    "accidentalNatural": ("accidentalNatural",),
    "accidentalDoubleSharp": ("accidentalDoubleSharp",),
    "dot": ("augmentationDot", "articStaccatoAbove"),
    "articulationAccent": ("articAccentAbove",),
    "articulationTenuto": ("articTenutoAbove",),
    "ornamentTrill": ("ornamentTrill",),
    "fermataAbove": ("fermataAbove",),
    "timeSigCommon": ("timeSigCommon",),
    "numeral2": ("timeSig2",),
    "numeral3": ("timeSig3", "tuplet3"),
    "numeral4": ("timeSig4",),
    "numeral6": ("timeSig6", "tuplet6"),
    "numeral8": ("timeSig8",),
    "dynamicLetterF": ("dynamicForte",),
    "dynamicLetterP": ("dynamicPiano",),
    "dynamicLetterS": ("dynamicSforzando",),
}
"""SMuFL names drawn for each class of the benchmark."""

REAL_NAMES: dict[str, tuple[str, ...]] = {
    **{name: (name,) for name in CLASSES},
    "restWholeOrHalf": ("restWhole", "restHalf"),
    "dot": ("augmentationDot", "articulationStaccato", "repeatDot"),
}
"""Classes of MUSCIMA++ for each class of the benchmark. Dots, and half and whole rests, have the same shape."""
