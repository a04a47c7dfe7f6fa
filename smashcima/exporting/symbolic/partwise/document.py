"""A whole `score-partwise` document."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from smashcima.exporting.symbolic.partwise.barlines import Barlines
from smashcima.exporting.symbolic.partwise.directions import Directions
from smashcima.exporting.symbolic.partwise.elements import Shared, add
from smashcima.exporting.symbolic.partwise.grouping import Tuplets, beam_states
from smashcima.exporting.symbolic.partwise.notations import Notations
from smashcima.exporting.symbolic.partwise.part_writer import PartWriter
from smashcima.exporting.symbolic.partwise.streams import voice_streams
from smashcima.exporting.symbolic.partwise.vocabulary import GROUP_SYMBOLS
from smashcima.scene.semantic import (
    Accidental,
    Event,
    GroupSymbol,
    Measure,
    MultiMeasureRest,
    Part,
    Score,
    SemanticObject,
    StaffGroup,
)
from smashcima.scene.semantic.parts import is_one_part


def build_document(score: Score, shared: Shared) -> ET.Element:
    """Builds the document of an up-to-date score."""
    root = ET.Element("score-partwise", {"version": "4.0"})
    _write_head(root, score)
    shared.used_ids.update(f"P{part.n}" for part in score.parts)
    _write_part_list(add(root, "part-list"), score)
    measures = score.measures
    below = score.all_below()
    shared.has_hidden = any(each.is_hidden_itself for each in (score, *below))
    tuplets, beams = Tuplets(below), beam_states(below)
    streams = {part: [voice_streams(measure, part) for measure in measures] for part in score.parts}
    order = [
        item.element
        for part in score.parts
        for each in streams[part]
        for stream in each
        for item in stream.items
        if isinstance(item.element, Event)
    ]
    if not shared.hidden:
        streams = {
            part: [voice_streams(measure, part, hidden=False) for measure in measures] for part in score.parts
        }
    notations = Notations(below, shared, tuplets, order)
    directions = Directions(score, shared, measures)
    barlines = Barlines(score, below, measures, shared)
    rests: dict[Measure | None, list[MultiMeasureRest]] = {}
    for rest in below:
        if isinstance(rest, MultiMeasureRest):
            rests.setdefault(rest.measure, []).append(rest)
    for index, part in enumerate(score.parts):
        element = add(root, "part", id=f"P{part.n}")
        writer = PartWriter(part, measures, shared, notations, tuplets, beams, directions, barlines, rests)
        for place, (measure, each) in enumerate(zip(measures, streams[part], strict=True)):
            writer.write(element, measure, each, place == 0, index == 0)
    for accidental in below:
        if not isinstance(accidental, Accidental):
            continue
        if accidental.note is None and accidental.is_visible:
            shared.lose(accidental, "left out: MusicXML has no accidental without a note")
    return root


def _is_start(score: Score) -> bool:
    return score.excerpt is None or score.excerpt.first_measure == 0


def _write_head(root: ET.Element, score: Score) -> None:
    """Writes title and names if the slice includes the start of the score; later pages do not show them."""
    is_start = _is_start(score)
    if is_start and score.title:
        add(add(root, "work"), "work-title", score.title)
    identification = add(root, "identification")
    if is_start:
        for role, name in (("composer", score.composer), ("lyricist", score.lyricist)):
            if name:
                add(identification, "creator", name, type=role)
    encoding = add(identification, "encoding")
    add(encoding, "software", "Smashcima")
    for attribute in ("new-system", "new-page"):
        add(encoding, "supports", element="print", attribute=attribute, type="yes", value="yes")


def _write_part_list(element: ET.Element, score: Score) -> None:
    definition = score.definition
    is_start = _is_start(score)
    numbers = iter(range(1, 100))
    written: set[Part] = set()

    def write(container: SemanticObject) -> None:
        for child in container.objects():
            if not isinstance(child, StaffGroup) or is_one_part(child):
                for part in score.parts:
                    if part not in written and child in (*part.staves, *_groups_of(part)):
                        _write_part(element, part, is_start)
                        written.add(part)
                continue
            symbol = _symbol(child)
            number = str(next(numbers))
            is_group = symbol is not None and len(child.staves) > 1
            if is_group:
                group = add(element, "part-group", number=number, type="start")
                add(group, "group-symbol", symbol)
                add(group, "group-barline", "yes" if child.mei.get("bar.thru") == "true" else "no")
            write(child)
            if is_group:
                add(element, "part-group", number=number, type="stop")

    if definition is not None:
        write(definition)
    for part in score.parts:
        if part not in written:
            _write_part(element, part, is_start)


def _groups_of(part: Part) -> list[StaffGroup]:
    return [
        found for staff in part.staves[:1] for found in staff.ancestors() if isinstance(found, StaffGroup)
    ]


def _symbol(group: StaffGroup) -> str | None:
    found = group.child_of(GroupSymbol)
    name = found.symbol if found is not None else group.mei.get("symbol")
    return GROUP_SYMBOLS.get(name or "")


def _write_part(element: ET.Element, part: Part, is_start: bool) -> None:
    """Adds a part with its names; the long name is only drawn before the first system."""
    made = add(element, "score-part", id=f"P{part.n}")
    add(made, "part-name", " ".join(part.name.split()), print_object=None if is_start else "no")
    if part.abbreviation:
        add(made, "part-abbreviation", " ".join(part.abbreviation.split()))
