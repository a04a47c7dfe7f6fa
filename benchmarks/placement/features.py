"""Features of the placement on a page, in staff spaces, degrees or ratios."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise

import numpy as np
from notation_graph import GraphPage, Staff, Thing

Values = dict[str, list[float]]
HEADS = ("noteheadFull", "noteheadHalf")
_ACCIDENTALS = ("accidentalSharp", "accidentalFlat", "accidentalNatural")
_KEY_STEPS = {"accidentalSharp": (4, 1, 5, 2, -1, 3, 0), "accidentalFlat": (0, 3, -1, 2, -2, 1, -3)}
_CLEF_SHIFT = {"gClef": 0, "fClef": -2, "cClef": -1}


def measure(page: GraphPage) -> Values:
    """Values of all features of a page, in reading order."""
    values: Values = defaultdict(list)
    page.sort()
    for part in _PARTS:
        part(page, values)
    return dict(values)


def _heads(page: GraphPage, out: Values) -> None:
    for head in page.all(*HEADS):
        staff = head.staff
        if staff is None:
            continue
        short = "full" if head.name == "noteheadFull" else "half"
        out[f"head_{short}_width"].append(head.width / staff.space)
        out[f"head_{short}_height"].append(head.height / staff.space)
        if head.step is not None and abs(head.step) <= 5:
            error = staff.ss(head.y, head.x) + head.step / 2
            if abs(error) < 1.2:
                out["head_y_on_line" if head.step % 2 == 0 else "head_y_in_space"].append(error)
        for ledger in head.of("legerLine"):
            error = (head.y - ledger.lying.y_at(head.x)) / staff.space
            if abs(error) < 0.2:  # otherwise it is in the adjacent space
                out["head_y_on_ledger"].append(error)


def _stems(page: GraphPage, out: Values) -> None:
    for stem in page.all("stem"):
        heads = sorted((h for h in stem.owners(*HEADS) if h.staff is not None), key=lambda head: head.y)
        if not heads or heads[0].staff is None or stem.height < heads[0].staff.space:
            continue
        staff, line = heads[0].staff, stem.upright
        up = np.mean([head.y for head in heads]) > stem.y
        base = heads[-1] if up else heads[0]
        free = heads[0] if up else heads[-1]
        lean = np.degrees(np.arctan2(line.x1 - line.x0, line.y1 - line.y0))
        out["stem_angle_up" if up else "stem_angle_down"].append(-lean)
        tip_y, base_y, base_x = (line.y0, line.y1, line.x1) if up else (line.y1, line.y0, line.x0)
        length = (free.y - tip_y if up else tip_y - free.y) / staff.space
        beamed = bool(free.of("beam"))
        flagged = any(thing.name.startswith("flag") for thing in free.related)
        out[f"stem_length_{'beamed' if beamed else 'flagged' if flagged else 'plain'}"].append(length)
        side = "up" if up else "down"
        edge = base.right if up else base.left
        out[f"stem_head_x_{side}"].append((base_x - edge) / staff.space)
        out[f"stem_head_y_{side}"].append((base_y - base.y) / staff.space)
        gap = (base_y - base.bottom if not up else base.top - base_y) / staff.space
        out[f"stem_gap_{side}"].append(max(gap, 0.0))
        out["stem_thickness"].append(line.thickness / staff.space)
        if len(heads) == 2 and abs(heads[0].y - heads[1].y) > 0.8 * staff.space:
            out["chord_head_dx"].append((heads[0].x - heads[1].x) / staff.space)
        for flag in (t for t in free.related if t.name.startswith("flag8th")):
            out[f"flag_x_{side}"].append((flag.left - (line.x0 if up else line.x1)) / staff.space)
            out[f"flag_y_{side}"].append((flag.top - tip_y if up else tip_y - flag.bottom) / staff.space)


def _beams(page: GraphPage, out: Values) -> None:  # noqa: C901 - a list of measures
    for beam in page.all("beam"):
        heads = [h for h in beam.owners(*HEADS) if h.staff is not None]
        stems = sorted({s for h in heads for s in h.of("stem")}, key=lambda s: s.x)
        if len(stems) < 2 or heads[0].staff is None:
            continue
        space, line = heads[0].staff.space, beam.lying
        if line.x1 - line.x0 < 1.5 * space:
            continue
        slope = (line.y1 - line.y0) / (line.x1 - line.x0)
        below = [head.y > line.y_at(head.x) for head in heads]
        up = all(below)
        if not up and any(below):
            continue  # noteheads on both sides
        by_x = sorted(heads, key=lambda h: h.x)
        head_slope = (by_x[-1].y - by_x[0].y) / max(by_x[-1].x - by_x[0].x, space)
        out["beam_thickness"].append(line.thickness / space)
        tips = [_tip(stem, up) for stem in stems]
        inner = any(
            other is not beam and (other.lying.y_at(beam.x) < beam.y) == up and _covers(other, beam)
            for head in heads
            for other in head.of("beam")
        )
        levels = [
            other
            for other in {o for head in heads for o in head.of("beam")}
            if other is not beam and other.width > 1.5 * space
        ]
        if not inner:
            out["beam_slope"].append(slope)
            if abs(head_slope) > 0.02:
                out["beam_slope_to_heads"].append(float(np.clip(slope / head_slope, -1, 2)))
            out["beam_left_end"].append((line.x0 - tips[0][0]) / space)
            out["beam_right_end"].append((line.x1 - tips[-1][0]) / space)
            for name, tip in (("outer", tips[0]), ("outer", tips[-1]), *(("inner", t) for t in tips[1:-1])):
                past = (line.y_at(tip[0]) - tip[1]) / space
                out[f"stem_past_beam_{name}"].append(past if up else -past)
        for other in levels:
            if inner or not _covers(beam, other):
                continue
            second = other.lying
            other_slope = (second.y1 - second.y0) / max(second.x1 - second.x0, 1.0)
            out["beam_parallel"].append(np.degrees(np.arctan(other_slope) - np.arctan(slope)))
            gap = abs(second.y_at(other.x) - line.y_at(other.x)) / space
            if gap < 1.4:
                out["beam_distance"].append(gap)
        if not inner and len(tips) >= 4:
            gaps = np.diff([head.x for head in _first_heads(stems)])
            if (gaps > 0).all():
                out["spacing_in_beam"].extend(np.log(gaps / gaps.mean()).tolist())


def _covers(beam: Thing, other: Thing) -> bool:
    return beam.left - 12 <= other.left and other.right <= beam.right + 12


def _first_heads(stems: list[Thing]) -> list[Thing]:
    return [min(stem.owners(*HEADS), key=lambda h: h.y) for stem in stems]


def _tip(stem: Thing, up: bool) -> tuple[float, float]:
    line = stem.upright
    return (line.x0, line.y0) if up else (line.x1, line.y1)


def _beside_heads(page: GraphPage, out: Values) -> None:
    for head in page.all(*HEADS):
        if head.staff is None:
            continue
        space = head.staff.space
        for name in ("Sharp", "Flat", "Natural"):
            for sign in head.of(f"accidental{name}"):
                gap = (head.left - sign.right) / space
                alone = sum(len(other.of(*_ACCIDENTALS)) for other in _chord(head)) == 1
                if abs(sign.y - head.y) < 1.5 * space and -1 < gap < 2.5:
                    if alone:
                        out[f"accidental_alone_gap_{name.lower()}"].append(gap)
                    out[f"accidental_gap_{name.lower()}"].append(gap)
                    out[f"accidental_y_{name.lower()}"].append((sign.y - head.y) / space)
        _dots(head, space, out)
        for mark in head.of("articulationStaccato"):
            siblings = mark.owners(*HEADS)
            if head is min(siblings, key=lambda h: abs(h.y - mark.y)):
                out["staccato_x"].append((mark.x - head.x) / space)
                gap = (max(mark.top, head.top) - min(mark.bottom, head.bottom)) / space
                if gap < 2.5:
                    out["staccato_gap"].append(gap)
        for mark in head.of("articulationAccent"):
            out["accent_x"].append((mark.x - head.x) / space)


def _dots(head: Thing, space: float, out: Values) -> None:
    for dot in head.of("augmentationDot"):
        gap = (dot.left - head.right) / space
        if -0.5 < gap < 2.5 and abs(dot.y - head.y) < 1.5 * space:
            out["dot_gap"].append(gap)
            out["dot_y"].append((dot.y - head.y) / space)
            if head.step is not None:
                out[f"dot_y_{'space' if head.step % 2 else 'line'}"].append((dot.y - head.y) / space)


def _ledgers(page: GraphPage, out: Values) -> None:
    for ledger in page.all("legerLine"):
        heads = [h for h in ledger.owners(*HEADS) if h.staff is not None]
        if not heads or heads[0].staff is None:
            continue
        staff, line = heads[0].staff, ledger.lying
        near = [h for h in heads if abs(h.y - ledger.y) < 2.5 * staff.space]
        if not near:
            continue
        left, right = min(h.left for h in near), max(h.right for h in near)
        out["ledger_left"].append((left - ledger.left) / staff.space)
        out["ledger_right"].append((ledger.right - right) / staff.space)
        out["ledger_tilt"].append(np.degrees(np.arctan2(line.y1 - line.y0, line.x1 - line.x0)))
        out["ledger_thickness"].append(line.thickness / staff.space)
        depth = abs(staff.ss(ledger.y, ledger.x)) - 2
        if 0.4 < depth < 1.6:
            out["ledger_first"].append(depth)
    for head in page.all(*HEADS):
        lines = sorted(head.of("legerLine"), key=lambda thing: thing.y)
        if head.staff is not None and len(lines) > 1:
            out["ledger_distance"].extend((np.diff([t.y for t in lines]) / head.staff.space).tolist())


def _barlines(page: GraphPage, out: Values) -> None:
    for bar in page.all("barline"):
        staves = [
            s
            for s in page.staves
            if s.line_ys[:, 0].min() < bar.bottom
            and s.line_ys[:, -1].max() > bar.top
            and bar.height > 3 * s.space
        ]
        touched = [
            s
            for s in staves
            if min(bar.bottom, s.line(4, bar.x)) - max(bar.top, s.line(0, bar.x)) > 2 * s.space
        ]
        if not touched:
            continue
        line, space = bar.upright, touched[0].space
        out["barline_angle"].append(-np.degrees(np.arctan2(line.x1 - line.x0, line.y1 - line.y0)))
        out["barline_top"].append((touched[0].line(0, bar.x) - line.y0) / space)
        out["barline_bottom"].append((line.y1 - touched[-1].line(4, bar.x)) / space)
        out["barline_thickness"].append(line.thickness / space)
        for staff in touched:
            x = line.x_at(staff.middle(bar.x))
            after = [t.left for t in staff.things if 0 < t.left - x < 4 * space]
            before = [t.right for t in staff.things if 0 < x - t.right < 6 * space]
            if after:
                out["barline_to_next"].append((min(after) - x) / space)
            if before:
                out["barline_to_last"].append((x - max(before)) / space)


def _curves(page: GraphPage, out: Values) -> None:
    for kind in ("slur", "tie"):
        for curve in page.all(kind):
            heads = sorted((h for h in curve.owners(*HEADS) if h.staff is not None), key=lambda head: head.x)
            if len(heads) < 2 or heads[0].staff is None:
                continue
            space, first, last = heads[0].staff.space, heads[0], heads[-1]
            left_y, right_y = curve.end_height("left"), curve.end_height("right")
            if abs(curve.left - first.x) < 4 * space:
                out[f"{kind}_start_x"].append((curve.left - first.x) / space)
                out[f"{kind}_start_y"].append(min(abs(left_y - first.y) / space, 6.0))
            if abs(curve.right - last.x) < 4 * space:
                out[f"{kind}_end_x"].append((curve.right - last.x) / space)
                out[f"{kind}_end_y"].append(min(abs(right_y - last.y) / space, 6.0))
            chord = (left_y + right_y) / 2
            bulge = max(chord - curve.top, curve.bottom - chord)
            side = -1 if chord - curve.top > curve.bottom - chord else 1
            for place, head, y in (("start", first, left_y), ("end", last, right_y)):
                gap = _curve_gap(head, y, side) / space
                if kind == "slur" and -0.8 < gap < 2:  # other curves do not end at this part of the note
                    out[f"slur_{place}_gap"].append(gap)
            out[f"{kind}_height"].append(bulge / max(curve.width, space))


def _chord(head: Thing) -> list[Thing]:
    """Noteheads on the stem of a notehead."""
    stems = head.of("stem")
    return stems[0].owners(*HEADS) if stems else [head]


def _curve_gap(head: Thing, y: float, side: int) -> float:
    """Gap between a note (its notehead or the end of its stem) and the end of a slur above (-1) or below it (1)."""
    chord = _chord(head)
    edge = min(h.top for h in chord) if side < 0 else max(h.bottom for h in chord)
    gaps = [side * (y - edge)]
    for stem in head.of("stem"):
        tip = stem.top if side < 0 else stem.bottom
        if side * (tip - edge) > 0:
            gaps.append(side * (y - tip))
    return min(gaps, key=abs)


def _rests(page: GraphPage, out: Values) -> None:
    for kind in ("restWhole", "restHalf", "restQuarter", "rest8th", "rest16th"):
        for rest in page.all(kind):
            if rest.staff is not None and abs(rest.staff.ss(rest.y, rest.x)) < 1:
                out[f"{kind}_y"].append(rest.staff.ss(rest.y, rest.x))


def _signatures(page: GraphPage, out: Values) -> None:
    for staff in page.staves:
        clefs = sorted((t for t in staff.things if t.name in _CLEF_SHIFT), key=lambda t: t.left)
        keys = sorted(_key_signs(staff), key=lambda signs: signs[0].left)
        times = [t for t in staff.things if t.name == "timeSignature"]
        notes = sorted(t.left for t in staff.things if t.name in HEADS or t.name.startswith("rest"))
        if clefs and clefs[0].left - staff.left < 4 * staff.space:
            clef = clefs[0]
            out["clef_x"].append((clef.left - staff.left) / staff.space)
            out[f"clef_y_{clef.name}"].append(staff.ss(clef.y, clef.x))
            if keys and 0 < keys[0][0].left - clef.right < 4 * staff.space:
                out["clef_to_key"].append((keys[0][0].left - clef.right) / staff.space)
        for signs in keys:
            gaps = [(b.left - a.right) / staff.space for a, b in pairwise(signs)]
            out["key_sign_gap"].extend(gap for gap in gaps if gap < 1.5)
            before = [clef for clef in clefs if clef.left < signs[0].left]
            if before and signs[0].name in _KEY_STEPS:
                for sign, step in zip(signs, _KEY_STEPS[signs[0].name], strict=False):
                    error = staff.ss(sign.y, sign.x) + (step + _CLEF_SHIFT[before[-1].name]) / 2
                    if abs(error) < 1:
                        out[f"key_sign_y_{signs[0].name[10:].lower()}"].append(error)
            for time in times:
                if 0 < time.left - signs[-1].right < 4 * staff.space:
                    out["key_to_time"].append((time.left - signs[-1].right) / staff.space)
        _opening(staff, [*clefs[:1], *(s for signs in keys for s in signs), *times], notes, out)
        for time in times:
            out["time_y"].append(staff.ss(time.y, time.x))
            later = [x for x in notes if x > time.right]
            if later and later[0] - time.right < 6 * staff.space:
                out["time_to_note"].append((later[0] - time.right) / staff.space)


def _opening(staff: Staff, signs: list[Thing], notes: list[float], out: Values) -> None:
    """Gap between the symbols at the start of a staff and its first note."""
    ends = [t.right for t in signs if t.right - staff.left < 14 * staff.space]
    music = [*notes, *(t.left for t in staff.things if t.name in _ACCIDENTALS)]
    after = min((x for x in music if ends and x > max(ends)), default=np.inf)
    if ends and after - max(ends) < 6 * staff.space:
        out["signature_to_note"].append((after - max(ends)) / staff.space)


def _key_signs(staff: Staff) -> list[list[Thing]]:
    found = []
    for key in staff.things:
        if key.name == "keySignature":
            signs = sorted(key.of("accidentalSharp", "accidentalFlat"), key=lambda t: t.left)
            if signs:
                found.append(signs)
    return found


def _across_staves(page: GraphPage, out: Values) -> None:
    for upper, lower in pairwise(page.staves):
        if upper.system != lower.system:
            continue
        below = np.array([t.x for t in lower.things if t.name in HEADS])
        for head in upper.things:
            if head.name in HEADS and len(below):
                offset = below[np.argmin(np.abs(below - head.x))] - head.x
                if abs(offset) < 1.0 * upper.space:
                    out["alignment"].append(offset / upper.space)


def _dynamics(page: GraphPage, out: Values) -> None:
    obstacles = page.all(*HEADS, *_ACCIDENTALS, "stem", "beam", "legerLine", "flag8thUp", "flag8thDown")

    def staves_over(thing: Thing) -> list[Staff]:
        if thing.staff is not None and thing.y < thing.staff.middle(thing.x):
            return []  # it belongs to the staff below
        return [s for s in page.staves if 0 < thing.y - s.line(4, thing.x) < 8 * s.space]

    for words in page.all("dynamicsText"):
        above = staves_over(words)
        if above:
            staff = min(above, key=lambda s: words.y - s.line(4, words.x))
            out["dynamic_y"].append((words.y - staff.line(4, words.x)) / staff.space)
            _under_music(words, staff, obstacles, "dynamic_gap", out)
            lefts = [t.left for t in staff.things if t.name in HEADS]
            nearest = min((words.left - left for left in lefts), key=abs, default=np.inf) / staff.space
            if abs(nearest) < 2.5:
                out["dynamic_x"].append(nearest)
    for hairpin in page.all("dynamicCrescendoHairpin", "dynamicDiminuendoHairpin"):
        if page.staves and hairpin.width > 2 * page.staves[0].space:
            space = page.staves[0].space
            out["hairpin_opening"].append(hairpin.height / space)
            above = staves_over(hairpin)
            if above:
                staff = min(above, key=lambda s: hairpin.y - s.line(4, hairpin.x))
                _under_music(hairpin, staff, obstacles, "hairpin_gap", out)


def _under_music(thing: Thing, staff: Staff, obstacles: list[Thing], name: str, out: Values) -> None:
    """Gap between an object below a staff and the lowest ink of its music."""
    near = [
        o.bottom
        for o in obstacles
        if o.staff is staff and o.y < thing.y and o.left < thing.right and o.right > thing.left
    ]
    gap = (thing.top - max([*near, staff.line(4, thing.x)])) / staff.space
    if -1.5 < gap < 6:
        out[name].append(gap)


_PARTS: tuple[Callable[[GraphPage, Values], None], ...] = (
    _heads,
    _stems,
    _beams,
    _beside_heads,
    _ledgers,
    _barlines,
    _curves,
    _rests,
    _signatures,
    _across_staves,
    _dynamics,
)
