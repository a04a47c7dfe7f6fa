"""Labels, ink and links of drawn objects: each label has its ink, each ink its label, and links join neighbours."""

from __future__ import annotations

import numpy as np

from smashcima.engraving.primitives import Symbol
from smashcima.geometry import Contours
from smashcima.scene import visual
from smashcima.scene.semantic import Accidental, Articulation, Note
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
    SystemMeasure,
    TieCurve,
    TimeSignatureMark,
    VisualObject,
)
from smashcima.verifying.drawn_page import Affine, DrawnPage, FloatArray, boxes_of
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
    visual.BracketMark: ("bracket",),
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
    visual.Stem: ("stem",),
    visual.SystemStartLine: ("systemStart",),
    visual.TieCurve: ("tie",),
    visual.TitleMark: ("title",),
    visual.TremoloMark: ("tremolo",),
    visual.TupletMark: ("tuplet",),
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
        spaces = drawn.page.space.__dict__.get("_incoming", {}).get("parent_space", {})
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


def check_links(drawn: DrawnPage, findings: Findings) -> None:
    """Checks that linked objects lie side by side."""
    links = _Links(drawn, findings)
    links.stems()
    links.beside_heads()
    links.flags_and_beams()
    links.ties()
    links.measures()


class _Links:
    """Pairs of linked objects of one page."""

    def __init__(self, drawn: DrawnPage, findings: Findings) -> None:
        self._drawn = drawn
        self._findings = findings
        self._spaces: FloatArray = np.array(
            [2.0 if s is None else s.__dict__["staff_space"] for s in drawn.staves]
        )

    def _pairs(self, kind: type[VisualObject], edge: str) -> tuple[np.ndarray, np.ndarray]:
        drawn, row_of = self._drawn, self._drawn.row_of
        ones: list[int] = []
        others: list[int] = []
        for row in drawn.of(kind):
            targets = drawn.things[row].__dict__[edge]
            for target in targets if isinstance(targets, list) else (targets,):
                if target in row_of:
                    ones.append(row)
                    others.append(row_of[target])
        return np.array(ones, dtype=np.intp), np.array(others, dtype=np.intp)

    def _report(self, bad: np.ndarray, ones: np.ndarray, others: np.ndarray, words: str) -> None:
        names = self._drawn.names
        for index in np.flatnonzero(bad).tolist():
            row, other = int(ones[index]), int(others[index])
            self._findings.report(
                "link", place_words(self._drawn, row), getattr(self._drawn.things[row].semantic, "tag", ""),
                f"{names[row]} belongs to {names[other]} by its label, but {words}",
            )  # fmt: skip
        self._findings.checked["links"] += len(ones) - int(bad.sum())

    def _between(
        self, kind: type[VisualObject], edge: str
    ) -> tuple[np.ndarray, np.ndarray, FloatArray, FloatArray, FloatArray]:
        ones, others = self._pairs(kind, edge)
        return ones, others, self._drawn.boxes[ones], self._drawn.boxes[others], self._spaces[ones]

    def stems(self) -> None:
        """A stem touches its heads, and draws the note or chord of each."""
        ones, others, stem, head, space = self._between(Stem, "noteheads")
        if not len(ones):
            return
        slack = 0.9 * space
        middle = (head[:, 1] + head[:, 3]) / 2
        bad = (
            (stem[:, 0] > head[:, 2] + slack)
            | (stem[:, 2] < head[:, 0] - slack)
            | (middle < stem[:, 1] - 0.9 * space)
            | (middle > stem[:, 3] + 0.9 * space)
        )
        self._report(bad, ones, others, "does not touch it")

    def beside_heads(self) -> None:
        """Accidentals stand before their heads, and dots behind them."""
        ones, others, sign, head, space = self._between(AccidentalMark, "notehead")
        if len(ones):
            things = self._drawn.things
            above = np.array(
                [getattr(things[row].semantic, "function", None) == "edit" for row in ones.tolist()]
            )
            gap = head[:, 0] - sign[:, 2]
            middle = (head[:, 1] + head[:, 3]) / 2
            bad = (
                (gap < -1.0 * space)
                | (gap > 9.0 * space)
                | (middle < sign[:, 1] - 0.5 * space)
                | (middle > sign[:, 3] + 0.5 * space)
            ) & ~above
            self._report(bad, ones, others, "does not stand before it")
        for edge in ("noteheads", "rest"):
            ones, others, dot, owner, space = self._between(AugmentationDot, edge)
            if not len(ones):
                continue
            gap = dot[:, 0] - owner[:, 2]
            y = (dot[:, 1] + dot[:, 3]) / 2
            bad = (gap < -0.6 * space) | (gap > 6.0 * space)
            bad |= (y < owner[:, 1] - 1.0 * space) | (y > owner[:, 3] + 1.0 * space)
            self._report(bad, ones, others, "does not stand behind it")
        ones, others, line, head, space = self._between(LedgerLine, "noteheads")
        if len(ones):
            bad = (line[:, 0] > head[:, 2] + 0.3 * space) | (line[:, 2] < head[:, 0] - 0.3 * space)
            self._report(bad, ones, others, "does not cross it")

    def flags_and_beams(self) -> None:
        """Flags and beams touch their stems."""
        self._flag_directions()
        for kind, edge, words in (
            (Flag, "stem", "does not hang on it"),
            (BeamSegment, "stems", "does not reach it"),
        ):
            ones, others, mark, stem, space = self._between(kind, edge)
            if not len(ones):
                continue
            slack = 0.8 * space
            bad = (
                (mark[:, 0] > stem[:, 2] + slack)
                | (mark[:, 2] < stem[:, 0] - slack)
                | (mark[:, 1] > stem[:, 3] + slack)
                | (mark[:, 3] < stem[:, 1] - slack)
            )
            self._report(bad, ones, others, words)

    def _flag_directions(self) -> None:
        """Flags of stems that go up, and of those that go down, are different symbols."""
        drawn = self._drawn
        for row in drawn.of(Flag):
            stem = drawn.row_of.get(drawn.things[row].__dict__["stem"])
            heads = drawn.things[stem].__dict__["noteheads"] if stem is not None else ()
            rows = [drawn.row_of[head] for head in heads if head in drawn.row_of]
            if not rows:
                continue
            head = drawn.boxes[rows]
            goes_up = (head[:, 1] + head[:, 3]).mean() > drawn.boxes[stem, 1] + drawn.boxes[stem, 3]
            name = drawn.names[row]
            if ("Down" if goes_up else "Up") in name:
                self._findings.report(
                    "label", place_words(drawn, row), getattr(drawn.things[row].semantic, "tag", ""),
                    f"a flag of a stem that goes {'up' if goes_up else 'down'} is labelled {name}",
                )  # fmt: skip

    def ties(self) -> None:
        """Ties end near their heads, at the same height."""
        for edge, side in (("start_noteheads", 0), ("end_noteheads", 2)):
            ones, others, tie, head, space = self._between(TieCurve, edge)
            if not len(ones):
                continue
            # A tie between two staves leads to neither.
            staves = self._drawn.staves
            same = np.array(
                [staves[a] is staves[b] for a, b in zip(ones.tolist(), others.tolist(), strict=True)]
            )
            x, middle = (head[:, 0] + head[:, 2]) / 2, (head[:, 1] + head[:, 3]) / 2
            bad = (np.abs(tie[:, side] - x) > 4.0 * space) | (middle < tie[:, 1] - 4.5 * space)
            bad = (bad | (middle > tie[:, 3] + 4.5 * space)) & same
            self._report(bad, ones, others, "does not lead to it")

    def measures(self) -> None:
        """Noteheads lie between the barlines of their measure, and draw the note that they are linked to."""
        drawn = self._drawn
        rows = drawn.of(Notehead)
        if not rows:
            return
        for row in rows:
            fields = drawn.fields[row]
            if fields["note"] is not fields["semantic"] or not isinstance(fields["note"], Note):
                what = f"{drawn.names[row]} is drawn for no note, or for two"
                self._findings.report("link", place_words(drawn, row), "note", what)
        sides: dict[SystemMeasure | None, tuple[float, float]] = {None: (-np.inf, np.inf)}
        for measure in {drawn.measures[row] for row in rows}:
            if measure is not None and not measure.region.contours.is_empty:
                box = measure.region.bbox_in(drawn.page.space)
                sides[measure] = (box.left, box.right)
        ends = np.array([sides.get(drawn.measures[row], sides[None]) for row in rows])
        x = (drawn.boxes[rows, 0] + drawn.boxes[rows, 2]) / 2
        slack = 1.5 * self._spaces[rows]
        for index in np.flatnonzero((x < ends[:, 0] - slack) | (x > ends[:, 1] + slack)).tolist():
            what = "a notehead lies outside of the barlines of its measure"
            self._findings.report("link", place_words(drawn, rows[index]), "note", what)
