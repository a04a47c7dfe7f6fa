"""Correction of clef changes that Verovio puts at a wrong place, draws twice, or loses.

Verovio 6.4.1 repeats a clef in the other voices of its staff, but after a `<forward>` in such a voice one event too late:
its notes are drawn under the old clef. A clef after the grace notes of its note is read before them the other way round. A
clef for the next measure is put before one that warns of it, or drawn beside it; at the start of a multi-measure rest,
the first clef is drawn again; on a staff without notes in the previous measure, since its voice crossed to
another staff, a clef is lost.

The clefs of each staff and measure are compared with those of the source, and written anew where they disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from lxml import etree

from smashcima.loading.musicxml.repairs.clef_layers import CLEF, ClefLayers
from smashcima.loading.musicxml.repairs.repair import ImportResult, MusicXmlSource, Repair
from smashcima.loading.musicxml.staff_clefs import END, ClefKind, StaffClef, StaffMeasure, staff_measures
from smashcima.loading.musicxml.tree import integer, numbered_parts

_MEI = "{http://www.music-encoding.org/ns/mei}"


class RestoreClefs(Repair):
    """Puts each change of clef at its time, once, before the same notes in all voices of its staff."""

    def restore(self, source: MusicXmlSource, result: ImportResult) -> None:
        measures = list(_measures(result.root))
        with_clefs = {
            staff.get("n", "")
            for measure, _ in measures
            for staff in measure.iterfind(f"{_MEI}staff")
            if next(staff.iter(CLEF), None) is not None
        }
        units = {staff.get("n", ""): staff.get("ppq", "") for staff in result.root.iter(f"{_MEI}staffDef")}
        length = sum(size for _, size in measures)
        for part in numbered_parts(source.root):
            numbers = {str(number) for number in part.all}
            if with_clefs.isdisjoint(numbers) and not _changes_clef(part.part):
                continue
            wanted = list(staff_measures(part))
            divisions = integer(part.part.findtext("measure/attributes/divisions"), 0)
            if len(wanted) != length or not divisions:
                continue
            for number in sorted(numbers):
                scale = Fraction(integer(units.get(number), 0), divisions)
                if scale:
                    _restore_staff(
                        measures, [each[int(number)] for each in wanted], number, scale, divisions, result
                    )


def _changes_clef(part: etree._Element) -> bool:
    """Whether a part of MusicXML has a clef after its first measure."""
    first = part.find("measure")
    return first is not None and sum(1 for _ in part.iter("clef")) > sum(1 for _ in first.iter("clef"))


def _restore_staff(
    measures: list[tuple[etree._Element, int]],
    wanted: list[StaffMeasure],
    number: str,
    scale: Fraction,
    divisions: int,
    result: ImportResult,
) -> None:
    index = 0
    waiting: list[StaffClef] = []
    for position, (measure, length) in enumerate(measures):
        following = measures[position + 1][0] if position + 1 < len(measures) else None
        content, waiting = _content(
            waiting,
            wanted[index : index + length],
            following is None or following.getparent() is measure.getparent(),
        )
        staff = next((each for each in measure.iterfind(f"{_MEI}staff") if each.get("n") == number), None)
        if staff is not None and (content.clefs or next(staff.iter(CLEF), None) is not None):
            layers = ClefLayers(staff, content, scale, divisions, result)
            if layers.are_understood and not layers.agree():
                layers.write(f"clef-{number}-{index + 1}")
                result.change()
        index += length


def _measures(root: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """The measures, with the number of measures of the source that each stands for."""
    for measure in root.iter(f"{_MEI}measure"):
        rest = next(measure.iter(f"{_MEI}multiRest"), None)
        yield measure, 1 if rest is None else max(1, integer(rest.get("num"), 1))


def _content(
    before: list[StaffClef], measures: list[StaffMeasure], is_followed: bool
) -> tuple[StaffMeasure, list[StaffClef]]:
    """What a measure of the MEI should hold, and the clefs left for the start of the next one.

    The clefs of the next measure stand at the end of this one, unless another ending or section begins in between.
    A clef that only repeats the one before it at the same place, as a warning of the next measure does, is left out.
    """
    clefs = [replace(clef, at=Fraction(0), order=-1) for clef in before]
    last = [clef for clef in measures[-1].clefs if clef.is_of_next]
    for measure in measures:
        for clef in measure.clefs:
            latest = clefs[-1] if clefs else None
            is_kept = is_followed or clef not in last
            if is_kept and (latest is None or _look(latest) != _look(clef) or latest.at < END):
                clefs.append(clef)
    return replace(measures[0], clefs=clefs), [] if is_followed else last


def _look(clef: StaffClef) -> tuple[ClefKind, bool]:
    return clef.kind, clef.is_visible
