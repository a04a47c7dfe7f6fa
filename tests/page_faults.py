"""Faults that are put into scenes, to see whether a proof finds them. Each returns how to undo it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from smashcima.geometry import Contours, Transform
from smashcima.orchestration import MusicScene
from smashcima.scene.semantic import Note
from smashcima.scene.visual import (
    AccidentalMark,
    AffineSpace,
    AugmentationDot,
    BeamSegment,
    ClefMark,
    Flag,
    Glyph,
    InkPath,
    KeySignatureMark,
    LabeledRegion,
    Notehead,
    RestMark,
    Stem,
    VisualObject,
)

Undo = Callable[[], None]


_FIRST_ORDER: WeakKeyDictionary[MusicScene, dict[VisualObject, int]] = WeakKeyDictionary()
"""The order of the objects on the pages of a scene before the first fault; undoing one can move objects to the end."""


@dataclass(frozen=True)
class Mutation:
    """A fault in a scene."""

    words: str
    undo: Undo


def chosen(scene: MusicScene, kind: type[VisualObject], rng: np.random.Generator) -> VisualObject | None:
    """One object of a class on the pages of a scene, whatever was taken from the pages before and put back."""
    found = [thing for page in scene.pages for thing in kind.many_of(page, "page")]
    if scene not in _FIRST_ORDER:
        objects = (thing for page in scene.pages for thing in VisualObject.many_of(page, "page"))
        _FIRST_ORDER[scene] = {thing: number for number, thing in enumerate(objects)}
    found.sort(key=_FIRST_ORDER[scene].__getitem__)
    return found[int(rng.integers(len(found)))] if found else None


def moved(glyph: Glyph, dx: float, dy: float) -> Undo:
    """Moves ink and region of a glyph."""
    space, before = glyph.space, glyph.space.transform
    space.transform = before.then(Transform(e=dx, f=dy))

    def undo() -> None:
        space.transform = before

    return undo


def removed(thing: VisualObject) -> Undo:
    """Takes an object with its ink from its page."""
    names = [name for name in type(thing).edges() if name != "glyph"]
    before = {
        name: list(value) if isinstance(value := thing.__dict__.get(name), list) else value for name in names
    }
    incoming = {name: list(thing.sources(name)) for name in thing.incoming_edges()}
    lists = [
        (source, name, list(source.__dict__[name]))
        for name, sources in incoming.items()
        for source in sources
        if isinstance(source.__dict__.get(name), list)
    ]
    singles = [
        (source, name)
        for name, sources in incoming.items()
        for source in sources
        if source.__dict__.get(name) is thing
    ]
    space, parent = thing.glyph.space, thing.glyph.space.parent_space
    for source, name, _ in lists:
        setattr(source, name, [item for item in getattr(source, name) if item is not thing])
    for source, name in singles:
        setattr(source, name, None)
    for name, value in before.items():
        setattr(thing, name, [] if isinstance(value, list) else None)
    space.parent_space = None

    def undo() -> None:
        space.parent_space = parent
        for name, value in before.items():
            setattr(thing, name, value)
        for source, name, values in lists:
            setattr(source, name, values)
        for source, name in singles:
            setattr(source, name, thing)

    return undo


def relabelled(thing: VisualObject, label: str) -> Undo:
    """Gives an object another label."""
    region, before = thing.glyph.region, thing.glyph.region.label
    region.label = label

    def undo() -> None:
        region.label = before

    return undo


# -- the faults ----------------------------------------------------------------------------------------------


def move_head_by_a_step(scene: MusicScene, rng: np.random.Generator) -> Mutation | None:
    head = chosen(scene, Notehead, rng)
    if not isinstance(head, Notehead) or head.note is None or head.staff is None:
        return None
    if head.note.pitch is None and head.note.staff_position is None:
        return None
    step = float(rng.choice([-1, 1])) * head.staff.staff_space / 2
    return Mutation(f"{head.note.pitch} moved by {step:.2f} mm", moved(head.glyph, 0.0, step))


def _remove(kind: type[VisualObject]) -> Callable[[MusicScene, np.random.Generator], Mutation | None]:
    def mutate(scene: MusicScene, rng: np.random.Generator) -> Mutation | None:
        thing = chosen(scene, kind, rng)
        return None if thing is None else Mutation(f"{thing!r} removed", removed(thing))

    return mutate


def swap_two_labels(scene: MusicScene, rng: np.random.Generator) -> Mutation | None:
    one, other = chosen(scene, VisualObject, rng), chosen(scene, VisualObject, rng)
    if one is None or other is None or one.label == other.label:
        return None
    first, second = str(one.glyph.region.label), str(other.glyph.region.label)
    undos = [relabelled(one, second), relabelled(other, first)]
    return Mutation(f"{first} and {second} swapped", lambda: [undo() for undo in undos] and None)


def swap_two_signs(scene: MusicScene, rng: np.random.Generator) -> Mutation | None:
    kind = [AccidentalMark, Notehead, Flag, RestMark, KeySignatureMark][int(rng.integers(5))]
    one, other = chosen(scene, kind, rng), chosen(scene, kind, rng)
    if one is None or other is None or one.label == other.label:
        return None
    first, second = str(one.glyph.region.label), str(other.glyph.region.label)
    # The record of the engraver is swapped too, so that only the score can tell.
    before = one.primitive, other.primitive
    undos = [relabelled(one, second), relabelled(other, first)]
    one.primitive, other.primitive = None, None

    def undo() -> None:
        one.primitive, other.primitive = before
        for each in undos:
            each()

    return Mutation(f"{first} and {second} swapped", undo)


def add_a_head(scene: MusicScene, rng: np.random.Generator) -> Mutation | None:
    head = chosen(scene, Notehead, rng)
    if not isinstance(head, Notehead) or head.staff is None:
        return None
    old = head.glyph
    place = old.space.transform.then(Transform(e=2.0 * head.staff.staff_space))
    space = AffineSpace(old.space.parent_space, place)
    region = LabeledRegion(space, old.region.label, old.region.contours)
    paths = [InkPath(space, path.contours, path.color) for path in old.paths]
    glyph = Glyph(space, region, [], paths)
    with_note = bool(rng.integers(2))
    note = head.note if with_note else None
    added = Notehead(
        glyph, note, head.page, head.system, head.staff, head.measure, "notehead", "ink", head.primitive, note
    )

    def undo() -> None:
        removed(added)

    return Mutation(f"a second head of {head.note}" if with_note else "a head of no note", undo)


def shift_a_region(scene: MusicScene, rng: np.random.Generator) -> Mutation | None:
    thing = chosen(scene, VisualObject, rng)
    if thing is None:
        return None
    region, before = thing.glyph.region, thing.glyph.region.contours
    unit = 1.0 / max(region.space.transform.mean_scale, 1e-6)
    offset = unit * np.array([float(rng.choice([-1, 1])), float(rng.choice([-1, 0, 1]))])
    region.contours = Contours(tuple(ring + offset for ring in before.rings))

    def undo() -> None:
        region.contours = before

    return Mutation(f"the region of {thing!r} shifted", undo)


def shift_ink(scene: MusicScene, rng: np.random.Generator) -> Mutation | None:
    thing = chosen(scene, VisualObject, rng)
    if thing is None or not thing.glyph.paths:
        return None
    path, before = thing.glyph.paths[0], thing.glyph.paths[0].transform
    unit = 1.0 / max(path.space.transform.mean_scale, 1e-6)
    path.transform = before.then(Transform(e=unit * float(rng.choice([-1, 1])), f=unit))

    def undo() -> None:
        path.transform = before

    return Mutation(f"the ink of {thing!r} shifted", undo)


def change_a_key_sign(scene: MusicScene, rng: np.random.Generator) -> Mutation | None:
    sign = chosen(scene, KeySignatureMark, rng)
    if sign is None or sign.staff is None:
        return None
    choice = int(rng.integers(3))
    if choice == 0:
        return Mutation("a sign of a key moved", moved(sign.glyph, 0.0, sign.staff.staff_space))
    if choice == 1:
        return Mutation("a sign of a key removed", removed(sign))
    other = "smufl::accidentalFlat" if "Sharp" in str(sign.label) else "smufl::accidentalSharp"
    before = sign.primitive
    sign.primitive = None
    undo_label = relabelled(sign, other)

    def undo() -> None:
        undo_label()
        sign.primitive = before

    return Mutation("a sign of a key changed", undo)


def swap_two_notes(scene: MusicScene, rng: np.random.Generator) -> Mutation | None:
    one, other = chosen(scene, Notehead, rng), chosen(scene, Notehead, rng)
    if not (isinstance(one, Notehead) and isinstance(other, Notehead)):
        return None
    first, second = one.note, other.note
    if first is None or second is None or first.pitch == second.pitch:
        return None

    def link(head: Notehead, note: Note) -> None:
        head.note = note
        head.semantic = note

    link(one, second)
    link(other, first)

    def undo() -> None:
        link(one, first)
        link(other, second)

    return Mutation(f"the heads of {first.pitch} and {second.pitch} swapped", undo)


MUTATIONS: dict[str, Callable[[MusicScene, np.random.Generator], Mutation | None]] = {
    "move a head by a step": move_head_by_a_step,
    "drop an accidental": _remove(AccidentalMark),
    "swap two labels": swap_two_labels,
    "swap two labels and what the engraver recorded": swap_two_signs,
    "hide a clef": _remove(ClefMark),
    "add a head": add_a_head,
    "shift a region": shift_a_region,
    "shift ink": shift_ink,
    "delete a dot": _remove(AugmentationDot),
    "delete a flag": _remove(Flag),
    "delete a beam": _remove(BeamSegment),
    "delete a stem": _remove(Stem),
    "delete a rest": _remove(RestMark),
    "delete a head": _remove(Notehead),
    "change a sign of a key": change_a_key_sign,
    "swap the notes of two heads": swap_two_notes,
}
