"""Converts scenes to notation graphs, with regions rasterised at the resolution of MUSCIMA++."""

from __future__ import annotations

from collections import defaultdict

import cv2
import numpy as np
from notation_graph import GraphPage, Staff, Thing

from smashcima.engraving import PrimitiveKind, Symbol
from smashcima.orchestration import MusicScene
from smashcima.scene.semantic import Chord, Note
from smashcima.scene.visual import (
    AccidentalMark,
    ArticulationMark,
    AugmentationDot,
    BeamSegment,
    Flag,
    LedgerLine,
    Notehead,
    Page,
    SlurCurve,
    Stem,
    TieCurve,
    VisualObject,
)

PIXELS_PER_SPACE = 28.7
"""The median of MUSCIMA++; thicknesses are whole pixels, so the resolutions must agree."""
_EDGE = np.ones((3, 3), np.uint8)
_FINER = 4
"""Factor at which masks are drawn before they are sampled."""
_SYMBOLS = {
    "noteheadBlack": "noteheadFull",
    "noteheadHalf": "noteheadHalf",
    "noteheadWhole": "noteheadWhole",
    "flag8thUp": "flag8thUp",
    "flag8thDown": "flag8thDown",
    "flag16thUp": "flag16thUp",
    "flag16thDown": "flag16thDown",
    "accidentalSharp": "accidentalSharp",
    "accidentalFlat": "accidentalFlat",
    "accidentalNatural": "accidentalNatural",
    "gClef": "gClef",
    "fClef": "fClef",
    "cClef": "cClef",
    "restWhole": "restWhole",
    "restHalf": "restHalf",
    "restQuarter": "restQuarter",
    "rest8th": "rest8th",
    "rest16th": "rest16th",
    "articStaccatoAbove": "articulationStaccato",
    "articStaccatoBelow": "articulationStaccato",
    "articAccentAbove": "articulationAccent",
    "articAccentBelow": "articulationAccent",
}
_KINDS = {
    PrimitiveKind.STEM: "stem",
    PrimitiveKind.BEAM: "beam",
    PrimitiveKind.LEDGER_LINE: "legerLine",
    PrimitiveKind.AUGMENTATION_DOT: "augmentationDot",
    PrimitiveKind.SLUR: "slur",
    PrimitiveKind.TIE: "tie",
    PrimitiveKind.HAIRPIN: "dynamicCrescendoHairpin",
}


def graph_pages(scene: MusicScene, writer: str, with_lyrics: bool = False) -> list[GraphPage]:
    """Converts the pages of a scene; includes syllables, which take time, only on request."""
    return [_GraphBuilder(scene, page, writer).build(with_lyrics) for page in scene.pages]


class _GraphBuilder:
    def __init__(self, scene: MusicScene, page: Page, writer: str) -> None:
        spaces = [staff.staff_space for system in page.systems for staff in system.staves]
        self._px = PIXELS_PER_SPACE / float(np.median(spaces))
        self._page, self._writer = page, writer
        self._objects = [v for v in VisualObject.many_of(page, "page") if v.layer == "ink"]
        self._things: dict[VisualObject, Thing] = {}
        self._extra: list[Thing] = []
        self._staves: dict[object, Staff] = {}

    def build(self, with_lyrics: bool) -> GraphPage:
        for number, system in enumerate(self._page.systems):
            for staff in system.staves:
                if len(staff.line_ys) == 5:
                    box = staff.region.bbox_in(self._page.space)
                    xs = np.array([box.left, box.right]) * self._px
                    ys = np.tile(np.array(staff.line_ys) * self._px, (2, 1))
                    self._staves[staff] = Staff(xs, ys, xs[0], xs[1], system=number)
        for joined in _joined_beams([v for v in self._objects if isinstance(v, BeamSegment)]):
            beam = _rasterised("beam", joined, self._page, self._px)
            if beam is not None:
                self._things.update(dict.fromkeys(joined, beam))
        for visual in self._objects:
            name = _name(visual)
            if name and visual not in self._things:
                self._add(visual, name)
        self._barlines()
        self._relate()
        for thing in self._things.values():
            if thing.name == "stem":
                thing.hide_behind(thing.owners("noteheadFull", "noteheadHalf"))
        self._groups(PrimitiveKind.KEY_ACCIDENTAL, "keySignature")
        self._groups(PrimitiveKind.TIME_SIGNATURE, "timeSignature")
        self._groups(PrimitiveKind.DYNAMIC, "dynamicsText")
        if with_lyrics:
            self._lyrics()
        return GraphPage(self._writer, str(self._page.index), list(self._staves.values()), self._all())

    def _all(self) -> list[Thing]:
        return list(dict.fromkeys([*self._things.values(), *self._extra]))

    def _add(self, visual: VisualObject, name: str) -> None:
        thing = _rasterised(name, [visual], self._page, self._px)
        if thing is None:
            return
        self._things[visual] = thing
        thing.staff = self._staves.get(visual.staff)
        if thing.staff is not None:
            thing.staff.things.append(thing)
        if isinstance(visual, Notehead) and visual.note is not None:
            thing.step = visual.note.position

    def _lyrics(self) -> None:
        """Adds syllables, which belong to no staff."""
        for visual in self._objects:
            if visual.kind == PrimitiveKind.LYRIC.value:
                thing = _rasterised("lyricsText", [visual], self._page, self._px)
                if thing is not None:
                    self._extra.append(thing)

    def _barlines(self) -> None:
        """Joins the strokes of a barline on several staves into one object."""
        columns: dict[tuple[object, object], list[VisualObject]] = defaultdict(list)
        for visual in self._objects:
            if visual.label == "smufl::barlineSingle":
                columns[visual.system, visual.measure].append(visual)
        for strokes in columns.values():
            thing = _rasterised("barline", strokes, self._page, self._px)
            if thing is not None:
                self._extra.append(thing)

    def _relate(self) -> None:  # noqa: C901 - a list of relations
        heads_of: dict[object, list[Thing]] = defaultdict(list)
        for visual, thing in self._things.items():
            if isinstance(visual, (Stem, LedgerLine, AugmentationDot, ArticulationMark)):
                for head in visual.noteheads:
                    self._link(head, thing)
                    if head in self._things:
                        heads_of[visual].append(self._things[head])
            elif isinstance(visual, AccidentalMark) and visual.notehead is not None:
                self._link(visual.notehead, thing)
            elif isinstance(visual, (SlurCurve, TieCurve)):
                for head in (*visual.start_noteheads, *visual.end_noteheads):
                    self._link(head, thing)
        for visual, thing in self._things.items():
            if isinstance(visual, Flag) and visual.stem is not None:
                for head in heads_of[visual.stem]:
                    head.relate(thing)
            elif isinstance(visual, BeamSegment):
                for head in (head for stem in visual.stems for head in heads_of[stem]):
                    if thing not in head.related:
                        head.relate(thing)

    def _link(self, head: VisualObject, thing: Thing) -> None:
        if head in self._things:
            self._things[head].relate(thing)

    def _groups(self, kind: PrimitiveKind, name: str) -> None:
        groups: dict[object, list[VisualObject]] = defaultdict(list)
        for visual in self._objects:
            if visual.kind == kind.value:
                groups[visual.semantic, visual.staff, visual.measure].append(visual)
        for (_, staff, _), members in groups.items():
            group = _rasterised(name, members, self._page, self._px)
            if group is None:
                continue
            group.staff = self._staves.get(staff)
            for member in members:
                if member in self._things:
                    group.relate(self._things[member])
            self._extra.append(group)
            if group.staff is not None:
                group.staff.things.append(group)


def _joined_beams(segments: list[BeamSegment]) -> list[list[VisualObject]]:
    """Joins touching pieces of one beam level into one stroke."""
    found: list[list[VisualObject]] = []
    for segment in segments:
        for group in found:
            last = group[-1]
            if (
                isinstance(last, BeamSegment)
                and (last.semantic, last.system, last.level)
                == (segment.semantic, segment.system, segment.level)
                and not (last.is_hook or segment.is_hook)
                and _touch(last, segment)
            ):
                group.append(segment)
                break
        else:
            found.append([segment])
    return found


def _touch(a: BeamSegment, b: BeamSegment) -> bool:
    first, second = a.primitive.points, b.primitive.points  # type: ignore[union-attr]
    return bool(np.abs(first[1] - second[0]).max() < 0.15 or np.abs(second[1] - first[0]).max() < 0.15)


def _name(visual: VisualObject) -> str | None:
    primitive = visual.primitive
    if isinstance(primitive, Symbol) and primitive.kind is not PrimitiveKind.DYNAMIC:
        name = primitive.name
        small = isinstance(visual.semantic, Note) and visual.semantic.is_grace
        return None if small else _SYMBOLS.get(name)
    if isinstance(visual, Stem) and isinstance(visual.semantic, (Note, Chord)) and visual.semantic.is_grace:
        return None
    return _KINDS.get(PrimitiveKind(visual.kind))


def _rasterised(name: str, visuals: list[VisualObject], page: Page, px: float) -> Thing | None:
    rings = [ring for v in visuals for ring in v.glyph.region.contours_in(page.space).rings if len(ring) > 2]
    if not rings:
        return None
    points = np.concatenate(rings) * px
    left, top = np.floor(points.min(axis=0)).astype(int)
    right, bottom = np.ceil(points.max(axis=0)).astype(int)
    height, width = max(bottom - top, 1), max(right - left, 1)
    fine = np.zeros((height * _FINER, width * _FINER), np.uint8)
    shift = np.array([left, top])
    polygons = [np.round(((ring * px - shift) * _FINER - 0.5) * 16).astype(np.int32) for ring in rings]
    for polygon in polygons:  # one by one: together, overlaps of rings would be left out
        cv2.fillPoly(fine, [polygon], 255, shift=4)
    # `fillPoly` also fills the pixels that the outline touches: one on each side.
    fine = cv2.erode(cv2.copyMakeBorder(fine, 1, 1, 1, 1, cv2.BORDER_CONSTANT), _EDGE)[1:-1, 1:-1]
    mask = (cv2.resize(fine, (width, height), interpolation=cv2.INTER_AREA) >= 128).astype(np.uint8)
    rows, columns = np.nonzero(mask.any(axis=1))[0], np.nonzero(mask.any(axis=0))[0]
    if not len(rows):
        return None
    mask = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Thing(name, int(left + columns[0]), int(top + rows[0]), mask)
