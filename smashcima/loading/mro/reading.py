"""Interpretation of MRO documents as scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from smashcima.errors import Issue, MalformedSourceError
from smashcima.loading.mro.assembly import measures_of, timed_columns
from smashcima.loading.mro.building import MeasureBuilder
from smashcima.loading.mro.cells import Column, columns_of
from smashcima.loading.mro.crossing_beams import add_crossing_beams, take_crossing_beams
from smashcima.loading.mro.curves import CurveReader
from smashcima.loading.mro.directions import DirectionReader
from smashcima.loading.mro.findings import Findings, Located, MroPath
from smashcima.loading.mro.lyrics import LyricsReader
from smashcima.loading.mro.staves import joined_groups, match_staves, systems_of
from smashcima.loading.mro.times import TimesInForce
from smashcima.notations.mro import MroDocument, MroSystem
from smashcima.scene.graph import garbage_collection_paused
from smashcima.scene.semantic import (
    GroupSymbol,
    Note,
    Score,
    ScoreDefinition,
    Section,
    Staff,
    StaffGroup,
    Tie,
)
from smashcima.scene.semantic.accidentals import fill_alters


@dataclass(frozen=True, slots=True)
class MroReading:
    """Score of an MRO document, and what stands for what."""

    document: MroDocument

    score: Score

    ids: Mapping[MroPath, str]
    """Id of the object of the score that stands for each object of the document.

    A path is the name of the slot in the file, followed by indices from 0:

    | path | object of the score |
    |---|---|
    | `("stave", page, system, stave)` | `Staff` |
    | `("bar", page, system, stave, bar)` | `Measure` |
    | `("barline", page, system, stave, bar)` | `Measure`, or `Barline` inside a measure |
    | `("clef", page, system, stave, bar, clef)` | `Clef`; where systems repeat a clef, the one in force |
    | `("keysig", page, system, stave, bar, keysig)` | `KeySignature`; likewise |
    | `("timesig", page, system, stave, bar)` | `TimeSignature`; likewise |
    | `("chord", page, system, stave, bar, chord)` | `Note`, `Chord`, `Rest`, `MeasureRest` or `MultiMeasureRest` |
    | `("note", page, system, stave, bar, chord, note)` | `Note`, or the rest |
    | `("accid", page, system, stave, bar, chord, note)` | `Accidental` |
    | `("beam", page, system, stave, bar, chord)` | `Beam` or `BeamSpan` |
    | `("tuplet", page, system, stave, bar, chord)` | `Tuplet` or `TupletSpan` |
    | `("accent", page, system, stave, bar, chord)`, and so on | `Articulation`, `Fermata` (`pause`), `Trill`, `Mordent` |
    | `("slur", page, system, slur)` | `Slur` or `Tie`; one of two systems has two paths |
    | `("lyricelement", page, system, stave, line, element)` | `Syllable` |
    | `("text", page, system, stave, text)` | `Direction` or `Harmony` |
    | `("dynamic", page, system, stave, dynamic)` | `Dynamic` or `Hairpin` |
    """

    issues: tuple[Issue, ...]
    """What was not read, or is doubtful: flaws of the rhythm are kept as they were recognised."""


def read_document(document: MroDocument) -> MroReading:
    """Interprets a document as a score.

    Raises:
        MalformedSourceError: the document has no bars.
    """
    with garbage_collection_paused():
        return _read(document)


def _read(document: MroDocument) -> MroReading:
    findings = Findings()
    systems = systems_of(document)
    matched = match_staves(systems, findings)
    staves, definition = _define_staves(joined_groups(systems, matched))
    times = TimesInForce(findings)
    columns: list[Column] = []
    for system, indices in zip(systems, matched, strict=True):
        columns += columns_of(system, indices, findings)
        for stave, index in enumerate(indices):
            findings.keep("stave", (*system.indices, stave), staves[index])
    if not columns:
        raise MalformedSourceError(
            "The MRO document has no bars: expected score > pages > page > systems > system > staves > stave > bars."
        )
    section = Section()
    score = Score(document.score.title, children=[definition, section])
    builder = MeasureBuilder(definition, section, staves, findings)
    measures = measures_of(timed_columns(columns, times, findings))
    crossing = take_crossing_beams(measures)
    for parts in measures:
        builder.add(parts)
    builder.finish()
    add_crossing_beams(crossing, findings)
    times.leave()
    _attach(systems, matched, staves, document.header.version, builder, score, findings)
    issues = [
        issue for issue in score.update() if issue.element != "layer"
    ]  # the lengths of measures are reported above
    return MroReading(document, score, findings.ids(), (*findings.issues, *issues))


def _define_staves(groups: list[list[int]]) -> tuple[list[Staff], ScoreDefinition]:
    staves = [Staff(str(index + 1)) for group in groups for index in group]
    outer = StaffGroup()
    for group in groups:
        members = [staves[index] for index in group]
        if len(members) == 1:
            outer.children += members
        else:
            inner = StaffGroup(children=[GroupSymbol("brace"), *members])
            inner.mei["bar.thru"] = "true"
            outer.children.append(inner)
    return staves, ScoreDefinition(children=[outer])


def _attach(
    systems: list[Located[MroSystem]],
    matched: list[list[int]],
    staves: list[Staff],
    version: int,
    builder: MeasureBuilder,
    score: Score,
    findings: Findings,
) -> None:
    """Reads what is attached to notes by position; pitches before ties, and again if ties extend accidentals."""
    anchors = builder.anchors
    anchors.sort()
    score.update()
    fill_alters(score, builder.unmarked)
    curves = CurveReader(anchors, findings)
    lyrics = LyricsReader(anchors, findings)
    directions = DirectionReader(anchors, staves, version, findings)
    for system, indices in zip(systems, matched, strict=True):
        curves.read(system)
        for number, (stave, index) in enumerate(zip(system.value.staves, indices, strict=True)):
            located = Located(stave, (*system.indices, number))
            lyrics.read(located, index)
            directions.read(located, index)
    curves.finish()
    if any(_changes_pitch(tie) for tie in score.descendants(Tie)):
        fill_alters(score, builder.unmarked)


def _changes_pitch(tie: Tie) -> bool:
    """Whether a tie extends an accidental to its end."""
    start, end = tie.start, tie.end
    assert isinstance(start, Note)
    assert isinstance(end, Note)
    return start.pitch != end.pitch
