"""Links between drawn objects: what belongs together lies side by side."""

from __future__ import annotations

import numpy as np

from smashcima.scene.semantic import Note
from smashcima.scene.visual import (
    AccidentalMark,
    AugmentationDot,
    BeamSegment,
    Flag,
    LedgerLine,
    Notehead,
    Stem,
    SystemMeasure,
    TieCurve,
    VisualObject,
)
from smashcima.verifying.drawn_page import DrawnPage, FloatArray
from smashcima.verifying.symbols import is_off_staff
from smashcima.verifying.verification import Findings
from smashcima.verifying.words import place_words


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
                [
                    getattr(things[row].semantic, "function", None) == "edit"
                    or is_off_staff(things[row].semantic)
                    for row in ones.tolist()
                ]
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
