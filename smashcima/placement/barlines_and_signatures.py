"""Placement of barlines, clefs, key and time signatures, and of the page frame."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from smashcima.engraving import EngravedSystem, Primitive, PrimitiveKind, Symbol
from smashcima.placement.page_arrays import KIND_CODES, BoolArray, FloatArray, IntArray, PageArrays
from smashcima.placement.random_quantities import QuantityDraws
from smashcima.placement.time_warp import TimeWarp

_K = PrimitiveKind

_AMONG_NOTES = 0.15

_MOST_SS = 1.5
"""Maximum displacement of a clef or signature relative to the object before it."""

_NEAREST_SS = 0.1
"""Minimum white space between a clef and a signature; on real pages, 5 % have less."""

_NESTED_SS = 0.25
"""Maximum reduction of the engraved distance between signs of a key signature; on real pages, 2 % of them touch."""

_MOST_CLEF_Y_SS = {"g": 0.6, "f": 0.6, "c": 0.35}
"""Maximum vertical offset of a clef from its line. Readers expect treble and bass clefs on one line; C clefs stand on any,
and half a space from its line it is not known on which."""

_MOST_SIGN_Y_SS = 0.35
"""Maximum vertical offset of a sign of a key signature, of which readers know the order."""

_CLEARANCE_SS = 0.25
"""Minimum white space between these signs and notes or barlines."""

_BETWEEN_DIGITS_SS = 0.25
"""Minimum white space between the two numbers of a time signature, as far as their usual ink reaches."""

_MOST_DIGIT_Y_SS = 0.3
"""Maximum displacement of each number away from the other; taller digits are made smaller."""


def place_barlines(arrays: PageArrays, warp: TimeWarp, draws: QuantityDraws) -> None:
    """Places barlines. A barline is tilted as a whole through all its staves; touching strokes stay connected."""
    belonging = arrays.page.belonging
    assert belonging is not None
    count = len(belonging.barlines)
    if not count:
        for name in ("barline_x", "barline_angle", "barline_top", "barline_bottom"):
            draws.offsets(name, 0)
        return
    group_of = {index: number for number, group in enumerate(belonging.barlines) for index in group}
    bars = np.array(sorted(group_of), dtype=np.intp)
    group = np.array([group_of[index] for index in bars.tolist()], dtype=np.intp)
    space, x = arrays.space[bars], arrays.low[bars, 0]
    top, bottom = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(top, group, arrays.low[bars, 1])
    np.maximum.at(bottom, group, arrays.high[bars, 1])
    middle_x = np.zeros(count)
    middle_x[group] = x
    wide = np.zeros(count)
    wide[group] = space
    system = np.zeros(count, dtype=np.intp)
    system[group] = arrays.system[bars]
    shift = warp.shifts(system, middle_x) + np.clip(draws.offsets("barline_x", count), -0.3, 0.3) * wide
    lean = np.tan(np.radians(np.clip(draws.offsets("barline_angle", count), -15, 15)))
    limit = 0.8 * wide / np.maximum((bottom - top) / 2, 1e-3)
    lean = np.clip(lean, -limit, limit)
    over, under = draws.offsets("barline_top", count), draws.offsets("barline_bottom", count)

    starts, numbers = arrays.first[bars], arrays.count[bars]
    points = np.repeat(starts - np.cumsum(numbers) + numbers, numbers) + np.arange(numbers.sum())
    own = np.repeat(group, numbers)
    xy = arrays.engraved[points].copy()
    is_line = np.repeat(arrays.kind[bars] == KIND_CODES[_K.BARLINE], numbers)
    at_top = is_line & (np.abs(xy[:, 1] - top[own]) < 1e-3)
    at_bottom = is_line & (np.abs(xy[:, 1] - bottom[own]) < 1e-3)
    tilt = lean[own] * ((top + bottom)[own] / 2 - xy[:, 1])
    xy[:, 0] += shift[own] + tilt
    xy[:, 1] += np.where(at_bottom, under[own] * wide[own], 0.0) - np.where(
        at_top, over[own] * wide[own], 0.0
    )
    arrays.xy[points] = xy


def place_signatures(arrays: PageArrays, warp: TimeWarp, draws: QuantityDraws) -> None:
    """Places clefs, then key and time signatures; the signs of a key signature keep their order."""
    clefs = arrays.of(_K.CLEF)
    signs = arrays.of(_K.KEY_ACCIDENTAL)
    times = arrays.of(_K.TIME_SIGNATURE)
    starts = [_group_starts(arrays, found) for found in (clefs, signs, times)]
    shifts: list[FloatArray] = []
    for found, name in ((clefs, "clef_x"), (signs, "key_x"), (times, "time_x")):
        group = starts[len(shifts)]
        count = int(group.max(initial=-1)) + 1
        drawn = draws.offsets(name, count)
        shifts.append(drawn[group] * arrays.space[found] if count else np.zeros(0))
    # Only the start of a system has room for variation; a clef between notes is limited by its neighbours.
    shifts[0] *= np.where(_starts_system(arrays, clefs), 1.0, _AMONG_NOTES)
    clef_dy = _clef_heights(arrays, clefs, draws)
    sharp, flat = draws.offsets("key_sign_y_sharp", len(signs)), draws.offsets("key_sign_y_flat", len(signs))
    is_flat = arrays.named("accidentalFlat", indices=signs)
    group = starts[1]
    order = np.lexsort((arrays.left[signs], group))
    rank = np.empty(len(signs), dtype=np.intp)
    first = np.searchsorted(group[order], group[order])
    rank[order] = np.arange(len(signs)) - first
    gap = np.maximum(draws.offsets("key_sign_gap", len(signs)), -_NESTED_SS) * arrays.space[signs]
    spread = np.empty(len(signs))
    running = np.cumsum(np.where(rank[order] > 0, gap[order], 0.0))
    spread[order] = running - running[first] if len(signs) else running
    time_dy = draws.offsets("time_y", int(starts[2].max(initial=-1)) + 1)

    clef_dx, key_dx, time_dx = shifts
    clef_dx = np.clip(clef_dx, -_to_the_edge(arrays, clefs), _MOST_SS * arrays.space[clefs])
    key_dx = _kept_apart(arrays, signs, group, clefs, key_dx - _slack(arrays, signs, group, clefs))
    key_total = key_dx + spread + _carried(arrays, signs, clefs, clef_dx)
    before, moved = np.concatenate([clefs, signs]), np.concatenate([clef_dx, key_total])
    time_dx = time_dx - _slack(arrays, times, starts[2], before)
    time_dx = _kept_apart(arrays, times, starts[2], before, time_dx)
    time_total = time_dx + _carried(arrays, times, before, moved)
    items = np.concatenate([clefs, signs, times])
    warped = warp.shifts(arrays.system[items], arrays.left[items])
    dx = _fitted_in(arrays, items, warped, np.concatenate([moved, time_total]))
    dy = np.concatenate([clef_dy, np.where(is_flat, flat, sharp), time_dy[starts[2]]]) * arrays.space[items]
    applied = np.concatenate(
        [
            np.array([draws.strength(f"clef_y_{letter}") for letter in _MOST_CLEF_Y_SS])[
                _clef_forms(arrays, clefs)
            ],
            np.where(is_flat, draws.strength("key_sign_y_flat"), draws.strength("key_sign_y_sharp")),
            np.full(len(times), draws.strength("time_y")),
        ]
    )
    dy -= applied * arrays.lower_ink(items)
    most = np.concatenate(
        [_most_clef_heights(arrays, clefs), np.full(len(signs), _MOST_SIGN_Y_SS), np.full(len(times), np.inf)]
    )
    dy = np.clip(dy, -most * arrays.space[items], most * arrays.space[items])
    arrays.move(items, warped + dx, dy)
    for number in range(int(starts[2].max(initial=-1)) + 1):
        _part_digits(arrays, times[starts[2] == number])


def _part_digits(arrays: PageArrays, digits: IntArray) -> None:
    """Keeps the upper and the lower number of a time signature apart."""
    sides = arrays.sides(digits)
    if np.allclose(sides[:, 3] - sides[:, 1], (arrays.bottom - arrays.top)[digits]):
        return  # Printed digits fill their halves of the staff, and touch.
    low, high = (corners[:, 1] for corners in arrays.boxes_of(digits))
    middle = (low + high) / 2
    is_upper = middle < (middle.min() + middle.max()) / 2
    upper, lower = digits[is_upper], digits[~is_upper]
    if not len(upper) or not len(lower):
        return
    space = arrays.space[digits[0]]
    missing = high[is_upper].max() + _BETWEEN_DIGITS_SS * space - low[~is_upper].min()
    if missing <= 0:
        return
    aside = min(missing / 2, _MOST_DIGIT_Y_SS * space)
    arrays.move(upper, 0.0, -aside)
    arrays.move(lower, 0.0, aside)
    too_tall = missing - 2 * aside
    heights = high - low
    factor = 1 - too_tall / (heights[is_upper].max() + heights[~is_upper].max())
    if factor < 1:
        _shrink(arrays, upper, factor, high[is_upper] - aside)
        _shrink(arrays, lower, factor, low[~is_upper] + aside)


def _shrink(arrays: PageArrays, signs: IntArray, factor: float, inner: FloatArray) -> None:
    """Makes signs smaller about the middle of their outer sides; `inner` is the y of the sides that move away."""
    low, high = arrays.boxes_of(signs)
    outer = np.where(np.abs(low[:, 1] - inner) > np.abs(high[:, 1] - inner), low[:, 1], high[:, 1])
    fixed = np.stack([(low + high)[:, 0] / 2, outer], axis=1)
    at = arrays.first[signs]
    arrays.xy[at] = fixed + factor * (arrays.xy[at] - fixed)
    arrays.scale[signs] *= factor


def _edges(arrays: PageArrays) -> tuple[FloatArray, FloatArray]:
    """Left and right end of the staves of each system, and infinity for objects outside of systems."""
    systems = arrays.page.systems
    left = [min((staff.left for staff in system.staves), default=0.0) for system in systems]
    right = [max((staff.right for staff in system.staves), default=np.inf) for system in systems]
    return np.array([*left, 0.0]), np.array([*right, np.inf])


def _starts_system(arrays: PageArrays, found: IntArray) -> BoolArray:
    """Whether signs are at the left end of their system."""
    left = _edges(arrays)[0][arrays.system[found]]
    result: BoolArray = arrays.left[found] - left < 4 * arrays.space[found]
    return result


def _group_starts(arrays: PageArrays, found: IntArray) -> IntArray:
    """Group index of each sign; a signature groups signs of one kind, measure, staff and object of the score."""

    def number() -> IntArray:
        keys: dict[tuple[str | None, int, int, int], int] = {}
        staff, measure, system = (
            arrays.staff[found].tolist(), arrays.measure[found].tolist(), arrays.system[found].tolist()
        )  # fmt: skip
        return np.array(
            [
                keys.setdefault((arrays.primitives[i].element, staff[k], measure[k], system[k]), len(keys))
                for k, i in enumerate(found.tolist())
            ],
            dtype=np.intp,
        )

    return arrays.facts.kept("signatures", found, number)


def _clef_heights(arrays: PageArrays, clefs: IntArray, draws: QuantityDraws) -> FloatArray:
    """Vertical offsets of clefs, in staff spaces."""
    drawn = np.stack([draws.offsets(f"clef_y_{letter}", len(clefs)) for letter in _MOST_CLEF_Y_SS])
    result: FloatArray = drawn[_clef_forms(arrays, clefs), np.arange(len(clefs))]
    return result


def _most_clef_heights(arrays: PageArrays, clefs: IntArray) -> FloatArray:
    """The largest vertical offset of each clef, in staff spaces."""
    result: FloatArray = np.array(list(_MOST_CLEF_Y_SS.values()))[_clef_forms(arrays, clefs)]
    return result


def _clef_forms(arrays: PageArrays, clefs: IntArray) -> IntArray:
    """The form of each clef, as its place in `_MOST_CLEF_Y_SS`."""
    return arrays.facts.table("clef forms", clefs, _clef_form).astype(np.intp)


def _clef_form(clef: Primitive) -> int:
    name = clef.name if isinstance(clef, Symbol) else ""
    return 0 if name.startswith("gClef") else 1 if name.startswith("fClef") else 2


def _carried(arrays: PageArrays, found: IntArray, before: IntArray, shift: FloatArray) -> FloatArray:
    """Shift that each sign inherits from the nearest sign before it, if that is close enough."""
    result = np.zeros(len(found))
    if not len(before) or not len(found):
        return result
    distance = arrays.left[found][:, None] - arrays.right[before]
    near = (
        (arrays.staff[found][:, None] == arrays.staff[before])
        & (distance > -0.5)
        & (distance < 8 * arrays.space[found][:, None])
    )
    distance = np.where(near, distance, np.inf)
    nearest = distance.argmin(axis=1)
    has = near[np.arange(len(found)), nearest]
    result[has] = shift[nearest[has]]
    return result


def _slack(arrays: PageArrays, found: IntArray, group: IntArray, before: IntArray) -> FloatArray:
    """White space between a sign and the one before it that is due to ink narrower than the engraved symbols, in mm.

    The signs of a group have the same. Negative for wider ink.
    """
    right = arrays.printed_sides(before)[:, 1] - arrays.right[before]
    left = np.full(int(group.max(initial=-1)) + 1, np.inf)
    np.minimum.at(left, group, arrays.left[found] - arrays.printed_sides(found)[:, 0])
    result: FloatArray = _carried(arrays, found, before, right) + left[group]
    return result


def _to_the_edge(arrays: PageArrays, items: IntArray) -> FloatArray:
    """Distance by which signs can move left before they reach the left end of their system."""
    edge = _edges(arrays)[0][arrays.system[items]]
    result: FloatArray = np.maximum(arrays.left[items] - edge - 0.1 * arrays.space[items], 0.0)
    return result


def _kept_apart(
    arrays: PageArrays, found: IntArray, group: IntArray, before: IntArray, dx: FloatArray
) -> FloatArray:
    """Shifts of signatures, limited so that none comes too close to the sign before it."""
    space = arrays.space[found]
    least = np.full(int(group.max(initial=-1)) + 1, -_MOST_SS)
    if len(before):
        gap = arrays.left[found][:, None] - arrays.right[before]
        gap = np.where((arrays.staff[found][:, None] == arrays.staff[before]) & (gap > 0), gap, np.inf)
        np.maximum.at(least, group, np.minimum(_NEAREST_SS - gap.min(axis=1) / space, 0.0))
    result: FloatArray = np.clip(dx / space, least[group], _MOST_SS) * space
    return result


def _fitted_in(arrays: PageArrays, items: IntArray, warped: FloatArray, dx: FloatArray) -> FloatArray:
    """Shifts limited so that signs do not overlap the placed notes and barlines of their staff, nor leave the staff.

    Signs at one place on a staff are limited as a group, which keeps their order.
    """
    blockers = arrays.of(_K.NOTEHEAD, _K.REST, _K.MEASURE_REST, _K.ACCIDENTAL, _K.BARLINE)
    low, high = arrays.boxes()
    near = arrays.staff[items][:, None] == arrays.staff[blockers]
    room = []
    for engraved, now in (
        (arrays.left[items][:, None] - arrays.right[blockers], (arrays.left[items] + warped)[:, None] - high[blockers, 0]),
        (arrays.left[blockers] - arrays.right[items][:, None], low[blockers, 0] - (arrays.right[items] + warped)[:, None]),
    ):  # fmt: skip
        clear = np.minimum(engraved, _CLEARANCE_SS * arrays.space[items][:, None])
        room.append(np.where(near & (engraved >= 0), now - clear, np.inf).min(axis=1, initial=np.inf))
    left, right = (edges[arrays.system[items]] for edges in _edges(arrays))
    clear = _CLEARANCE_SS * arrays.space[items]
    for side, engraved, shift in (
        (0, arrays.left[items] - left, warped),
        (1, right - arrays.right[items], -warped),
    ):
        room[side] = np.minimum(room[side], np.maximum(engraved + shift - np.clip(engraved, 0.0, clear), 0.0))
    part = np.ones(len(items))
    for sign, most in ((-1.0, room[0]), (1.0, room[1])):
        part = np.minimum(
            part, np.where(sign * dx > most, np.maximum(most, 0.0) / np.maximum(np.abs(dx), 1e-9), 1.0)
        )
    _, place = np.unique(np.stack([arrays.staff[items], arrays.measure[items]]), axis=1, return_inverse=True)
    place = place.reshape(-1)
    least = np.ones(len(items))
    np.minimum.at(least, place, part)
    dx = dx * least[place]
    # A barline or note that was moved too close pushes them back, as far as there is room before them.
    over, behind = np.zeros(len(items)), np.full(len(items), np.inf)
    np.maximum.at(over, place, np.maximum(dx - room[1], 0.0))
    np.minimum.at(behind, place, np.maximum(room[0] + dx, 0.0))
    result: FloatArray = dx - np.minimum(over, behind)[place]
    return result


def moved_systems(arrays: PageArrays, warp: TimeWarp) -> tuple[EngravedSystem, ...]:
    """The systems after the warp: measures end at their moved barlines; staves are unchanged."""
    result = []
    for number, system in enumerate(arrays.page.systems):
        edges = warp.places(number, [(measure.left, measure.right) for measure in system.measures])
        measures = tuple(
            replace(measure, left=left, right=right)
            for measure, (left, right) in zip(system.measures, edges, strict=True)
        )
        result.append(replace(system, measures=measures))
    return tuple(result)
