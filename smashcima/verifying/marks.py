"""Labels and ink of drawn objects: each label has its ink, and each ink its label."""

from __future__ import annotations

import numpy as np

from smashcima.engraving.primitives import Symbol
from smashcima.geometry import Contours
from smashcima.scene import visual
from smashcima.scene.semantic import Accidental, Articulation
from smashcima.scene.visual import (
    AccidentalMark,
    AffineSpace,
    ArticulationMark,
    AugmentationDot,
    BeamSegment,
    ClefMark,
    Flag,
    Glyph,
    InkPath,
    KeySignatureMark,
    LedgerLine,
    Notehead,
    RestMark,
    SlurCurve,
    Sprite,
    Stem,
    TieCurve,
    TimeSignatureMark,
    VisualObject,
)
from smashcima.verifying.drawn_page import Affine, DrawnPage, boxes_of
from smashcima.verifying.symbols import SIGN_OF_KIND
from smashcima.verifying.verification import Findings
from smashcima.verifying.words import accidental_words, place_words

_LABELS: dict[type[VisualObject], tuple[str, ...]] = {
    visual.AccidentalMark: ("accidental",),
    visual.ArpeggioMark: ("arpeggio", "wiggle"),
    visual.AugmentationDot: ("augmentationDot", "mensural", "uni"),
    visual.BarlineMark: ("barline",),
    visual.BeamSegment: ("beam",),
    visual.BraceMark: ("brace",),
    visual.BlotMark: ("distractorBlot",),
    visual.BracketMark: ("bracket",),
    visual.CancellationMark: ("cancellation",),
    visual.CustosMark: ("custos",),
    visual.ErasureMark: ("erasure",),
    visual.FermataMark: ("fermata",),
    visual.Flag: ("flag", "mensural"),
    visual.GraceSlash: ("graceSlash",),
    visual.HairpinMark: ("hairpin",),
    visual.KeySignatureMark: ("accidental", "uni"),
    visual.LedgerLine: ("legerLine",),
    visual.LyricLineMark: ("lyric",),
    visual.LyricMark: ("lyric",),
    visual.MeasureNumberMark: ("measureNumber",),
    visual.Notehead: ("note", "mensural", "uni"),
    visual.OctaveMark: ("octave", "ottava", "quindicesima", "ventiduesima"),
    visual.PageFootMark: ("pageFoot",),
    visual.RepeatDotMark: ("repeatDot",),
    visual.RestMark: ("rest", "mensural", "uni"),
    visual.SlurCurve: ("slur",),
    visual.StaffLabelMark: ("staffLabel",),
    visual.StaffLine: ("staffLine",),
    visual.Stem: ("stem", "mensuralCombStem"),
    visual.SystemStartLine: ("systemStart",),
    visual.TieCurve: ("tie",),
    visual.TitleMark: ("title",),
    visual.TremoloMark: ("tremolo",),
    visual.TupletMark: ("tuplet",),
    visual.TurnMark: ("turnMark",),
    visual.TimeSignatureMark: ("timeSig", "mensural", "uni", "text"),
    visual.VoltaMark: ("volta",),
}
"""How the labels of each class begin."""

_WITH_MEANING: tuple[type[VisualObject], ...] = (
    Notehead, AccidentalMark, ClefMark, Flag, Stem, BeamSegment, LedgerLine, AugmentationDot, RestMark, SlurCurve, TieCurve,
    KeySignatureMark, TimeSignatureMark, ArticulationMark,
)  # fmt: skip
"""Classes whose objects draw an object of the score."""

_ARTICULATIONS = {
    "stacc": "articStaccato",
    "ten": "articTenuto",
    "acc": "articAccent",
    "marc": "articMarcato",
    "stacciss": "articStaccatissimo",
    "upbow": "stringsUpBow",
    "dnbow": "stringsDownBow",
}
"""How the labels of articulations begin, by their MEI names."""

_OFF_PAGE = 0.5
"""How far ink may lie beyond the page, in mm."""

_SHIFTED_SS = 0.25
"""How far the box of a region may differ from that of its ink, in staff spaces."""


class MarkChecker:
    """Checks the labels, the ink and the meaning of all objects of a page."""

    def __init__(self, drawn: DrawnPage, findings: Findings) -> None:
        self._drawn = drawn
        self._findings = findings
        self._space = max(
            (s.staff_space for system in drawn.page.systems for s in system.staves), default=1.8
        )

    def check(self) -> None:
        """Checks all objects of the page."""
        self._check_labels()
        self._check_boxes()
        self._check_ink()
        self._check_loose_ink()

    def _report(self, kind: str, row: int, what: str) -> None:
        thing = self._drawn.things[row]
        self._findings.report(
            kind, place_words(self._drawn, row), getattr(thing.semantic, "tag", thing.kind), what
        )

    def _check_labels(self) -> None:
        drawn = self._drawn
        names = drawn.names
        engraved = [fields["primitive"] for fields in drawn.fields]
        for row, (primitive, name) in enumerate(zip(engraved, names, strict=True)):
            if type(primitive) is Symbol and primitive.name != name:
                self._report("label", row, f"engraved as {primitive.name}, labelled {name or 'nothing'}")
        if "" in names:
            self._report("label", names.index(""), "drawn without a label")
        for kind, rows in drawn.rows.items():
            begins = _LABELS.get(kind)
            wrong = {name for name in {names[row] for row in rows} if begins and not name.startswith(begins)}
            for row in rows if wrong else ():
                if names[row] in wrong:
                    self._report("label", row, f"a {kind.__name__} is labelled {names[row]}")
            if kind in _WITH_MEANING:
                for row in rows:
                    if drawn.fields[row]["semantic"] is None:
                        self._report("meaning", row, f"{names[row]} is drawn, the score has nothing for it")
        self._check_signs()
        self._check_strokes()
        self._findings.checked["labels"] += len(names)

    def _check_signs(self) -> None:
        """Compares accidentals and articulations with the names that the score gives them."""
        drawn = self._drawn
        for row in drawn.of(AccidentalMark):
            semantic, name = drawn.things[row].semantic, drawn.names[row]
            if isinstance(semantic, Accidental) and semantic.kind in SIGN_OF_KIND:
                if name not in SIGN_OF_KIND[semantic.kind]:
                    wanted = accidental_words(SIGN_OF_KIND[semantic.kind][0])
                    self._report(
                        "label", row, f"drawn as a {accidental_words(name)}, the score says {wanted}"
                    )
                else:
                    self._findings.checked["accidentals"] += 1
        for row in drawn.of(ArticulationMark):
            semantic, name = drawn.things[row].semantic, drawn.names[row]
            if isinstance(semantic, Articulation):
                begins = tuple(_ARTICULATIONS.get(kind, "") for kind in semantic.kinds)
                if begins and not name.startswith(begins):
                    self._report("label", row, f"drawn as {name}, the score says {' '.join(semantic.kinds)}")
                else:
                    self._findings.checked["articulations"] += 1

    def _check_strokes(self) -> None:
        """Checks the labels of strokes, which depend on what is beside them: single barlines, and hooks of beams."""
        drawn = self._drawn
        for row in drawn.of(BeamSegment):
            is_hook = drawn.names[row] == "beamHook"
            if is_hook is not drawn.things[row].__dict__["is_hook"]:
                self._report(
                    "label", row, f"{'a beam' if is_hook else 'a hook'} is labelled {drawn.names[row]}"
                )
        bars: dict[tuple[object, object, object, bool], list[int]] = {}
        for row in drawn.of(visual.BarlineMark):
            thing, measure = drawn.things[row], drawn.measures[row]
            # A measure has barlines at both of its sides.
            is_left = measure is not None and measure.semantic is not thing.semantic
            if drawn.staves[row] is not None:  # others join the staves, and lean
                bars.setdefault((thing.semantic, thing.system, drawn.staves[row], is_left), []).append(row)
        for rows in bars.values():
            lefts = drawn.boxes[rows, 0]
            has_single = any(drawn.names[row] == "barlineSingle" for row in rows)
            if has_single and 0.2 * self._space < float(np.ptp(lefts)) < 1.5 * self._space:
                self._report("label", rows[0], "a stroke of a double barline is labelled barlineSingle")

    def _check_boxes(self) -> None:
        boxes, page = self._drawn.boxes, self._drawn.page
        empty = np.isnan(boxes[:, 0])
        for row in np.flatnonzero(empty).tolist():
            self._report("ink", row, f"labelled {self._drawn.names[row]}, but nothing is drawn")
        with np.errstate(invalid="ignore"):
            off = (
                (boxes[:, 0] < -_OFF_PAGE)
                | (boxes[:, 1] < -_OFF_PAGE)
                | (boxes[:, 2] > page.width + _OFF_PAGE)
                | (boxes[:, 3] > page.height + _OFF_PAGE)
            )
        for row in np.flatnonzero(off & ~empty).tolist():
            self._report("ink", row, f"{self._drawn.names[row]} is drawn beyond the edge of the page")
        self._findings.checked["ink inside the page"] += len(boxes)

    def _check_ink(self) -> None:
        """Checks that the region of each object is where its ink is."""
        drawn = self._drawn
        rows: list[int] = []
        shapes: list[Contours] = []
        ways: list[Affine] = []
        for row, (glyph, region) in enumerate(zip(drawn.glyphs, drawn.regions, strict=True)):
            paths, sprites = glyph["paths"], glyph["sprites"]
            if len(paths) == 1 and not sprites:
                path = paths[0].__dict__
                if (
                    path["contours"] is region["contours"]
                    and path["space"] is region["space"]
                    and path["transform"] is _IDENTITY
                ):
                    continue
            if not paths and not sprites:
                if len(region["contours"].rings):
                    self._report("ink", row, f"labelled {drawn.names[row]}, but without ink")
                continue
            for ink in (*sprites, *paths):
                rows.append(row)
                shapes.append(ink.ink_contours() if isinstance(ink, Sprite) else ink.contours)
                ways.append(
                    drawn.way(ink.space)
                    if isinstance(ink, Sprite)
                    else drawn.way_through(ink.transform, ink.space)
                )
        if not rows:
            return
        boxes = boxes_of(shapes, np.array(ways, dtype=np.float64))
        owners = np.array(rows)
        firsts = np.flatnonzero(np.concatenate([[True], np.diff(owners) != 0]))
        low = np.fmin.reduceat(boxes[:, :2], firsts)
        high = np.fmax.reduceat(boxes[:, 2:], firsts)
        own = drawn.boxes[owners[firsts]]
        away = np.abs(np.concatenate([low, high], axis=1) - own).max(axis=1)
        for index in np.flatnonzero(away > _SHIFTED_SS * self._space).tolist():
            row = int(owners[firsts[index]])
            self._report(
                "ink", row,
                f"the region of {drawn.names[row]} is {away[index]:.1f} mm away from its ink",
            )  # fmt: skip

    def _check_loose_ink(self) -> None:
        """Checks that all ink on the page belongs to a labelled object."""
        drawn = self._drawn
        known = {glyph["space"] for glyph in drawn.glyphs}
        spaces = drawn.page.space.sources("parent_space")
        loose = [space for space in spaces if space not in known]
        glyphs = {thing.glyph for thing in drawn.things} if loose else set()
        while loose:
            space = loose.pop()
            if not isinstance(space, AffineSpace):
                continue
            loose.extend(inner for inner in space.sub_spaces if inner not in known)
            for ink in space.sources("space"):
                if isinstance(ink, (Sprite, InkPath)) and ink is not drawn.page.paper:
                    owners = [*ink.sources("sprites"), *ink.sources("paths")]
                    if not any(owner in glyphs for owner in owners if isinstance(owner, Glyph)):
                        self._findings.report(
                            "label", "page", "ink", "ink is drawn that belongs to no labelled object"
                        )
                        break


_IDENTITY = AffineSpace().transform
