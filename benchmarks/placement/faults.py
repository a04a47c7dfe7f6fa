"""Detects unwanted contacts and missed connections of ink, in the same way on real and generated pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations, pairwise

import cv2
import numpy as np
from notation_graph import GraphPage, Staff, Thing

Faults = dict[str, list[float]]
HEADS = ("noteheadFull", "noteheadHalf", "noteheadWhole")
ACCIDENTALS = ("accidentalSharp", "accidentalFlat", "accidentalNatural")
RESTS = ("restWhole", "restHalf", "restQuarter", "rest8th", "rest16th")
TOUCHES_SS = 0.06
"""Maximum gap of a connection, since the eye joins smaller ones."""


def faults(page: GraphPage) -> Faults:
    """For each fault, a list with an entry for each pair that could have it: 1 if it has, else 0."""
    out: Faults = defaultdict(list)
    spaces = [staff.space for staff in page.staves]
    if not spaces:
        return {}
    near = TOUCHES_SS * float(np.median(spaces))
    heads, accidentals = page.all(*HEADS), page.all(*ACCIDENTALS)
    stems, beams, curves = page.all("stem"), page.all("beam"), page.all("slur", "tie")
    _joints(page, stems, near, out)
    for sign in accidentals:
        if sign.owners(*HEADS):
            out["accidental touches a head"].append(_meets(sign, heads, 1))
            others = [other for other in accidentals if other is not sign and _beside(sign, other)]
            if others:
                out["accidental touches one beside it"].append(_meets(sign, others, 1))
            out["accidental touches a stem or rest"].append(_meets(sign, [*stems, *page.all(*RESTS)], 1))
    for dot in page.all("augmentationDot"):
        out["dot touches a head"].append(_meets(dot, heads, 1))
        out["dot touches a stem, flag or accidental"].append(
            _meets(dot, [*stems, *accidentals, *page.all("flag8thUp", "flag8thDown", "flag16thUp")], 1)
        )
        staff = next((head.staff for head in dot.owners(*HEADS) if head.staff is not None), None)
        if staff is not None:
            out["line goes through a dot"].append(_on_a_line(dot, staff))
    for ledger in page.all("legerLine"):
        owners = [h for h in ledger.owners(*HEADS) if h.staff is not None]
        if owners:
            out["ledger line misses its head"].append(float(not _covers_heads(ledger, owners)))
    for rest in page.all(*RESTS):
        out["rest touches a head or stem"].append(_meets(rest, [*heads, *stems], 1))
    for curve in curves:
        out[f"{curve.name} touches a head"].append(_meets(curve, heads, 1))
        if curve.name == "slur":
            out["slur goes through a beam"].append(_meets(curve, beams, 0))
    _signatures(page, out)
    _words(page, [*heads, *stems, *beams], out)
    return dict(out)


def _beside(a: Thing, b: Thing) -> bool:
    """Whether two accidentals are close enough, vertically as well, to collide."""
    return abs(a.y - b.y) < 0.6 * (a.height + b.height) and abs(a.x - b.x) < 2 * (a.width + b.width)


def _joints(page: GraphPage, stems: list[Thing], near: float, out: Faults) -> None:
    for stem in stems:
        owned = stem.owners(*HEADS)
        if owned:
            out["stem misses its head"].append(1 - _meets(stem, owned, near))
        flags = {t for head in owned for t in head.related if t.name.startswith("flag")}
        for flag in flags:
            out["flag misses its stem"].append(1 - _meets(flag, [stem], near))
        own_beams = {beam for head in owned for beam in head.of("beam")}
        if own_beams:
            out["stem misses its beams"].append(1 - _meets(stem, own_beams, near))


def _signatures(page: GraphPage, out: Faults) -> None:
    for staff in page.staves:
        clefs = [t for t in staff.things if t.name in ("gClef", "fClef", "cClef")]
        times = [t for t in staff.things if t.name == "timeSignature"]
        notes = [t for t in staff.things if t.name in HEADS]
        for key in (t for t in staff.things if t.name == "keySignature"):
            signs = sorted(
                key.of("accidentalSharp", "accidentalFlat", "accidentalNatural"), key=lambda t: t.left
            )
            if not signs:
                continue
            out["clef touches a key signature"].append(_meets(signs[0], clefs, 1))
            out["key signature touches a time signature or note"].append(
                _meets(signs[-1], [*times, *notes], 1)
            )
            for a, b in pairwise(signs):
                out["signs of a key touch"].append(_meets(a, [b], 1))
        for time in times:
            out["time signature touches a note or clef"].append(_meets(time, [*notes, *clefs], 1))
        for clef in clefs:
            out["clef touches a note"].append(_meets(clef, notes, 1))
            if clef.left - staff.left > 4 * staff.space:
                out["later clef touches a barline"].append(_meets(clef, page.all("barline"), 1))


def _words(page: GraphPage, music: list[Thing], out: Faults) -> None:
    for words in page.all("dynamicsText"):
        out["dynamic touches notes"].append(_meets(words, music, 1))
        out["dynamic lies on a staff"].append(_on_a_staff(words, page.staves))
        out["dynamic touches a slur or tie"].append(_meets(words, page.all("slur", "tie"), 1))
    for hairpin in page.all("dynamicCrescendoHairpin", "dynamicDiminuendoHairpin"):
        out["hairpin touches notes"].append(_meets(hairpin, music, 1))
        out["hairpin touches a slur or tie"].append(_meets(hairpin, page.all("slur", "tie"), 1))
        out["hairpin touches a dynamic"].append(_meets(hairpin, page.all("dynamicsText"), 1))
        out["hairpin lies on a staff"].append(_on_a_staff(hairpin, page.staves))
    lyrics = page.all("lyricsText")
    for words in lyrics:
        out["lyric lies on a staff"].append(_on_a_staff(words, page.staves))
        out["lyric touches notes"].append(_meets(words, music, 1))
    if lyrics:
        close = sum(_meets(a, [b], 1) for a, b in combinations(lyrics, 2) if _boxes_near(a, b, 2))
        out["lyric touches a lyric"] += [1.0] * int(close) + [0.0] * (len(lyrics) - int(close))


def _meets(thing: Thing, others: Iterable[Thing], reach: float) -> float:
    """1 if the ink of an object is within `reach` pixels of that of one of the others."""
    return float(
        any(gap(thing, other, reach) <= reach for other in others if _boxes_near(thing, other, reach))
    )


def _boxes_near(a: Thing, b: Thing, reach: float) -> bool:
    return (
        a.left - reach <= b.right
        and b.left - reach <= a.right
        and a.top - reach <= b.bottom
        and b.top - reach <= a.bottom
    )


def gap(a: Thing, b: Thing, reach: float) -> float:
    """Gap between the ink of two objects in pixels; exact up to `reach`, 0 if they overlap or touch."""
    pad = int(np.ceil(reach)) + 2
    left, top = int(max(a.left, b.left)) - pad, int(max(a.top, b.top)) - pad
    right, bottom = int(min(a.right, b.right)) + pad, int(min(a.bottom, b.bottom)) + pad
    first, second = (_window(thing, left, top, right, bottom) for thing in (a, b))
    if not first.any() or not second.any():
        return np.inf
    distance = cv2.distanceTransform(1 - first, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return max(float(distance[second > 0].min()) - 1.0, 0.0)


def _window(thing: Thing, left: int, top: int, right: int, bottom: int) -> np.ndarray:  # type: ignore[type-arg]
    """Mask of an object in a section of the page."""
    result = np.zeros((bottom - top, right - left), np.uint8)
    x, y = int(thing.left), int(thing.top)
    x0, y0 = max(left, x), max(top, y)
    x1, y1 = min(right, x + thing.mask.shape[1]), min(bottom, y + thing.mask.shape[0])
    if x0 < x1 and y0 < y1:
        result[y0 - top : y1 - top, x0 - left : x1 - left] = thing.mask[y0 - y : y1 - y, x0 - x : x1 - x] > 0
    return result


def _on_a_line(dot: Thing, staff: Staff) -> float:
    off = min(abs(staff.line(line, dot.x) - dot.y) for line in range(5))
    return float(off < 0.12 * staff.space)


def _covers_heads(ledger: Thing, heads: list[Thing]) -> bool:
    """Whether the line covers more than half of the width of a notehead."""
    shared = (min(ledger.right, h.right) - max(ledger.left, h.left) for h in heads)
    return any(part > 0.5 * h.width for part, h in zip(shared, heads, strict=True))


def _on_a_staff(thing: Thing, staves: list[Staff]) -> float:
    """1 if the box crosses a staff line."""
    for staff in staves:
        if staff.left < thing.x < staff.right:
            top, bottom = staff.line(0, thing.x), staff.line(4, thing.x)
            if thing.top < bottom and thing.bottom > top:
                return 1.0
    return 0.0
