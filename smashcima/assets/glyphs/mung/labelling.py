"""Labels of annotated objects, from their classes and relations."""

from __future__ import annotations

from collections.abc import Callable

from smashcima.assets.glyphs.labels import known_labels
from smashcima.assets.glyphs.mung.class_names import CONTAINERS
from smashcima.assets.glyphs.mung.page_graph import PageGraph, Thing
from smashcima.scene.visual.labels import Label

_OURS = {
    "legerLine": "legerLine",
    "slur": "slur",
    "tie": "tie",
    "crescendo": "hairpin",
    "diminuendo": "hairpin",
    "tupletBracket": "tupletBracket",
    "arpeggio": "arpeggioLine",
    "glissando": "glissando",
    "graceSlash": "graceSlash",
    "multipleNoteTremolo": "tremoloStroke",
    "systemDivider": "systemDivider",
    "barlineHeavy": "barlineHeavy",
    "noteheadBlackSmall": "noteheadBlackSmall",
    "noteheadHalfSmall": "noteheadHalfSmall",
    "ornament": "ornament",
    "characterDot": "letterDot",
    "characterOther": "letterOther",
}
"""Classes with a Smashcima label."""

_DYNAMICS = {
    "P": "dynamicPiano",
    "M": "dynamicMezzo",
    "F": "dynamicForte",
    "S": "dynamicSforzando",
    "R": "dynamicRinforzando",
    "Z": "dynamicZ",
    "N": "dynamicNiente",
}

_SIDED = {
    "accent": "articAccent",
    "staccato": "articStaccato",
    "tenuto": "articTenuto",
    "marcato": "articMarcato",
    "fermata": "fermata",
}
"""Signs with separate labels above and below a note."""

_TALL_SS = 6.0
"""Maximum height of a barline of one staff in staff spaces. It is nominally 4; handwritten ones may be longer, but do
not reach the next staff."""

_LONGA_SS = 1.6
"""Height in staff spaces that separates the blocks of multi-measure rests, which are one or two staff spaces high."""


def label_of(thing: Thing, page: PageGraph) -> str | None:
    """The label of an object, or `None` if it is not drawn itself, is part of a flag, or has no label.

    Flags are labelled together with the others of their stem, in `flags`.
    """
    name = thing.name
    if name in CONTAINERS:
        return None
    special = _SPECIAL.get(name)
    if special is not None:
        return special(thing, page)
    if name in _SIDED:
        return Label.smufl(_SIDED[name] + side_of(thing))
    if name in _OURS:
        return Label.own(_OURS[name])
    if name.startswith("character") and len(name) > len("character"):
        return _letter(thing, page)
    if name.startswith("dynamicLetter"):
        return Label.smufl(_DYNAMICS[name[-1]])
    if name.startswith("numeral"):
        return _numeral(thing)
    label = Label.smufl(name)
    return label if label in known_labels() else None


def side_of(thing: Thing) -> str:
    """`Above` or `Below`, relative to the object it belongs to; `Above` if there is none."""
    owners = thing.heads or thing.owners
    if not owners:
        return "Above"
    return "Above" if thing.y <= sum(owner.y for owner in owners) / len(owners) else "Below"


def _open_head(thing: Thing, page: PageGraph) -> str:
    return "smufl::noteheadHalf" if thing.to("stem") else "smufl::noteheadWhole"


def _beam(thing: Thing, page: PageGraph) -> str:
    stems = {stem.source.object_id for head in thing.heads for stem in head.to("stem")}
    return "smashcima::beam" if len(stems) != 1 else "smashcima::beamHook"


def _barline(thing: Thing, page: PageGraph) -> str:
    if thing.owned_by("staffGrouping"):
        return "smashcima::systemStart"
    space = page.staff_space or thing.source.height / 4
    return "smufl::barlineSingle" if thing.source.height < _TALL_SS * space else "smashcima::barlineTall"


def _spanner(thing: Thing, page: PageGraph) -> str:
    if thing.owned_by("volta"):
        return "smashcima::volta"
    if thing.owned_by("transpositionText"):
        return "smashcima::octaveLine"
    return "smashcima::extenderLine"


def _long_rest(thing: Thing, page: PageGraph) -> str:
    space = page.staff_space or thing.source.height
    return "smufl::restLonga" if thing.source.height > _LONGA_SS * space else "smufl::restDoubleWhole"


def _instrument_sign(thing: Thing, page: PageGraph) -> str:
    """Label of an instrument sign: bow marks belong to a note, whereas a pedal release does not."""
    if not thing.heads:
        return "smufl::keyboardPedalUp"
    mask = thing.mask
    part = max(1, len(mask) // 5)
    # A down-bow is closed at the top and open at the bottom, an up-bow vice versa.
    top, bottom = int(mask[:part].any(axis=0).sum()), int(mask[-part:].any(axis=0).sum())
    return "smufl::stringsDownBow" if top > bottom and top > 0.8 * mask.shape[1] else "smufl::stringsUpBow"


def _letter(thing: Thing, page: PageGraph) -> str | None:
    size, letter = thing.name[len("character") : -1], thing.name[-1]
    if thing.owned_by("dynamicsText"):
        if page.has_dynamic_letters:
            return None
        if letter in _DYNAMICS:
            return Label.smufl(_DYNAMICS[letter])
    label = Label.own(f"letter{size}{letter}")
    return label if label in known_labels() else None


def _numeral(thing: Thing) -> str:
    digit = thing.name[-1]
    if thing.owned_by("timeSignature"):
        return Label.smufl(f"timeSig{digit}")
    if thing.owned_by("tuplet"):
        return Label.smufl(f"tuplet{digit}")
    return Label.own(f"numeral{digit}")


_SPECIAL: dict[str, Callable[[Thing, PageGraph], str | None]] = {
    "noteheadEmpty": _open_head,
    "beam": _beam,
    "barline": _barline,
    "multiMeasureRest": _long_rest,
    "instrumentSpecific": _instrument_sign,
    "horizontalSpanner": _spanner,
    "dottedHorizontalSpanner": _spanner,
}
