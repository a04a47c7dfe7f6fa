"""Durations of notes and rests, read from heads, stems, flags, beams, dots, tuplets and tremolos."""

from __future__ import annotations

import math
from collections import defaultdict

from smashcima.scene.graph import SceneObject
from smashcima.scene.semantic import (
    Chord,
    Duration,
    DurationType,
    FingeredTremolo,
    Note,
    Rest,
    SemanticObject,
    Tuplet,
    TupletSpan,
)
from smashcima.scene.visual import (
    AugmentationDot,
    BeamSegment,
    Flag,
    Notehead,
    RestMark,
    Stem,
    TremoloMark,
    TupletMark,
)
from smashcima.verifying.drawn_page import DrawnPage
from smashcima.verifying.score_survey import Context, ScoreSurvey
from smashcima.verifying.symbols import digit, flag_count, head_form, rest_length
from smashcima.verifying.verification import Findings
from smashcima.verifying.words import place_words

_SAME = 1e-9

_FORMS = {"maxima": "breve", "long": "breve", "breve": "breve", "whole": "whole", "half": "half"}
"""Heads of notes by the names of their types; shorter ones have black heads."""

_FLAGS = {kind.value: max(0, place - 5) for place, kind in enumerate(DurationType)}
"""Numbers of flags or beams by the names of types; the types are in order, from the maxima, and the sixth is the quarter."""

_FORM_WORDS = {"breve": "a breve", "whole": "a whole note", "half": "a half note", "white": "an open note"}
_BLACK_WORDS = (
    "a quarter note",
    "an eighth note",
    "a 16th note",
    "a 32nd note",
    "a 64th note",
    "a 128th note",
)


class LengthReader:
    """Reads the durations of one page, and compares them with those of the score."""

    def __init__(self, drawn: DrawnPage, survey: ScoreSurvey, findings: Findings) -> None:
        self._drawn = drawn
        self._survey = survey
        self._findings = findings
        self._stem_of: dict[int, int] = {}
        """The stem of each notehead, as rows."""
        self._flags: dict[int, int] = {}
        self._levels: dict[int, set[int]] = {}
        """The levels of beams at each stem."""
        self._dots: dict[int, int] = defaultdict(int)
        """The number of dots of each notehead or rest."""
        self._heads_of_chord: dict[SceneObject, list[int]] = defaultdict(list)
        self._collect()

    def _collect(self) -> None:
        things, row_of = self._drawn.things, self._drawn.row_of
        for row in self._drawn.of(Stem):
            heads = [row_of[head] for head in things[row].__dict__["noteheads"] if head in row_of]
            for head in heads:
                self._stem_of[head] = row
        for row in self._drawn.of(Flag):
            stem = things[row].__dict__["stem"]
            if stem in row_of:
                count = flag_count(self._drawn.names[row])
                own = row_of[stem]
                self._flags[own] = self._flags.get(own, 0) + (count or 0)
        for row in self._drawn.of(BeamSegment):
            values = things[row].__dict__
            for stem in values["stems"]:
                if stem in row_of:
                    self._levels.setdefault(row_of[stem], set()).add(values["level"])
        for row in self._drawn.of(AugmentationDot):
            values = things[row].__dict__
            for owner in (*values["noteheads"], values["rest"]):
                if owner in row_of:
                    self._dots[row_of[owner]] += 1

    def read(self) -> None:
        """Reads all notes and rests of the page."""
        self._read_tuplets()
        self._read_tremolos()
        things, contexts = self._drawn.things, self._survey.contexts
        notes: list[tuple[int, Note, Context]] = []
        for row in self._drawn.of(Notehead):
            note = things[row].__dict__["note"]
            around = contexts.get(note)
            if around is not None:
                notes.append((row, note, around))
                if isinstance(around.parent, Chord):
                    self._heads_of_chord[around.parent].append(row)
        for row, note, around in notes:
            self._read_note(row, note, around)
        for row in self._drawn.of(RestMark):
            rest = things[row].semantic
            if isinstance(rest, Rest) and rest in contexts:
                self._read_rest(row, rest, contexts[rest])

    # -- notes ---------------------------------------------------------------------------------------------

    def _read_note(self, row: int, note: Note, around: Context) -> None:
        duration, parent = note.duration, around.parent
        if duration is None and isinstance(parent, Chord):
            duration = parent.duration
        if duration is None:
            self._findings.unproven["note without a written duration"] += 1
            return
        form = head_form(self._drawn.names[row])
        if form is None:
            self._findings.unproven["notehead that tells no duration"] += 1
            return
        stem = self._stem_of.get(row)
        if form == "white":
            form = "half" if stem is not None else "whole"
        if form != _form_of(duration) and note.mei.get("head.fill") is not None:
            self._findings.unproven["notehead filled or hollow on purpose"] += 1
            return
        dots = self._dots.get(row, 0)
        if dots != duration.dots:
            dots = self._dots_beside(row, parent, duration.dots)
        wrong = self._wrong_form(form, stem, note, around, duration)
        if wrong is None and dots != duration.dots:
            wrong = self._words(form, stem)
        if wrong is not None:
            self._differ(row, note, wrong + _dot_words(dots), duration)
        elif self._is_played_as_written(row, note, around, duration):
            self._findings.checked["durations"] += 1

    def _wrong_form(
        self, form: str, stem: int | None, note: Note, around: Context, duration: Duration
    ) -> str | None:
        """What head, stem, flags and beams say, if it is not what the score says; `None` if they agree."""
        if form != _form_of(duration):
            return self._words(form, stem)
        if stem is None and form in ("black", "half"):
            if not _is_stem_hidden(note, around.parent):
                return f"a {form} head without a stem"
            self._findings.unproven["note without a stem in the score"] += 1
        elif form == "black" and around.is_tremolo:
            self._findings.unproven["beams of a tremolo between notes"] += 1
        elif stem is not None and self._tails(stem) != _FLAGS[duration.type._value_]:
            return self._words(form, stem)
        return None

    def _tails(self, stem: int) -> int:
        """Flags or beams at a stem."""
        return self._flags.get(stem, 0) + len(self._levels.get(stem, ()))

    def _words(self, form: str, stem: int | None) -> str:
        tails = self._tails(stem) if stem is not None else 0
        if form == "black":
            return _BLACK_WORDS[tails] if tails < len(_BLACK_WORDS) else f"a note with {tails} flags or beams"
        return _FORM_WORDS[form] + (f" with {tails} flags or beams" if tails else "")

    def _differ(self, row: int, note: SemanticObject, words: str, duration: Duration) -> None:
        self._findings.report(
            "duration", place_words(self._drawn, row), note.tag,
            f"drawn as {words}, the score says {_duration_words(duration)}",
        )  # fmt: skip

    def _dots_beside(self, row: int, parent: SemanticObject | None, wanted: int) -> int:
        """The number of dots of a note.

        The dots of a chord stand in the spaces around it, so that heads a step apart can share them out unequally: if
        there are as many as the notes need, each has its own.
        """
        own = self._dots.get(row, 0)
        if own == wanted or not isinstance(parent, Chord):
            return own
        heads = self._heads_of_chord[parent]
        # A chord of several durations has no common number of dots.
        if sum(self._dots.get(head, 0) for head in heads) == wanted * len(heads):
            return wanted
        return own

    def _is_played_as_written(
        self, row: int, event: Note | Rest, around: Context, duration: Duration
    ) -> bool:
        """Compares the played length with the written one and the tuplets and tremolos around the note.

        A tuplet shows its number of notes; in place of how many of which value they stand is a matter of custom, so
        factors of two remain open.
        """
        played = event.quarter_length
        if around.is_grace or (isinstance(event, Note) and event.grace is not None):
            if played:
                self._findings.report(
                    "duration", place_words(self._drawn, row), event.tag,
                    f"drawn as a grace note, the score says that it lasts {played} quarters",
                )  # fmt: skip
            return not played
        factor, is_tuplet = around.factor, around.is_tuplet
        if factor == 1.0 and not self._survey.spans:
            if played == duration.quarter_length:
                return True
        else:
            for spanned in (event, around.parent):
                if spanned in self._survey.spans:
                    factor *= self._survey.spans[spanned]
                    is_tuplet = True
        wanted = float(duration.quarter_length) * factor
        ratio = float(played) / wanted
        if is_tuplet and ratio > 0:
            power = math.log2(ratio)
            agrees = abs(power - round(power)) < _SAME
        else:
            agrees = abs(ratio - 1) < _SAME
        if not agrees:
            self._findings.report(
                "duration", place_words(self._drawn, row), event.tag,
                f"drawn with a length of {wanted:g} quarters, the score says that it lasts {float(played):g}",
            )  # fmt: skip
        return agrees

    # -- rests, tuplets, tremolos --------------------------------------------------------------------------

    def _read_rest(self, row: int, rest: Rest, around: Context) -> None:
        duration = rest.duration
        length = rest_length(self._drawn.names[row])
        if duration is None or length is None:
            self._findings.unproven["rest that tells no duration"] += 1
            return
        dots = self._dots.get(row, 0)
        if length != float(duration.type.quarter_length) or dots != duration.dots:
            name = self._drawn.names[row]
            self._findings.report(
                "rest", place_words(self._drawn, row), "rest",
                f"drawn as {name}{f' with {dots} dots' if dots else ''}, the score says a rest of "
                f"{_duration_words(duration)}",
            )  # fmt: skip
        elif self._is_played_as_written(row, rest, around, duration):
            self._findings.checked["rests"] += 1

    def _read_tuplets(self) -> None:
        """Compares the numbers of tuplets with those of the score."""
        groups: dict[tuple[SceneObject, object], list[int]] = defaultdict(list)
        for row in self._drawn.of(TupletMark):
            thing = self._drawn.things[row]
            if thing.semantic is not None and thing.kind == "tuplet_number":
                groups[thing.semantic, thing.system].append(row)
        for (tuplet, _), rows in groups.items():
            if not isinstance(tuplet, (Tuplet, TupletSpan)):
                continue
            rows.sort(key=lambda row: float(self._drawn.boxes[row, 0]))
            read = "".join(digit(self._drawn.names[row]) or "" for row in rows)
            if read not in (str(tuplet.count), f"{tuplet.count}:{tuplet.base}"):
                self._findings.report(
                    "duration", place_words(self._drawn, rows[0]), "tuplet",
                    f"drawn with the number {read or '?'}, the score says {tuplet.count} in the time of {tuplet.base}",
                )  # fmt: skip
            else:
                self._findings.checked["tuplet numbers"] += 1

    def _read_tremolos(self) -> None:
        """Compares the number of strokes between two notes with the score."""
        strokes: dict[SceneObject, list[int]] = defaultdict(list)
        for row in self._drawn.of(TremoloMark):
            semantic = self._drawn.things[row].semantic
            if isinstance(semantic, FingeredTremolo):
                strokes[semantic].append(row)
        for tremolo, rows in strokes.items():
            assert isinstance(tremolo, FingeredTremolo)
            if tremolo.beams is not None and len(rows) != tremolo.beams:
                self._findings.report(
                    "duration", place_words(self._drawn, rows[0]), "fTrem",
                    f"drawn with {len(rows)} strokes, the score says {tremolo.beams}",
                )  # fmt: skip
            else:
                self._findings.checked["tremolos"] += 1


def _form_of(duration: Duration) -> str:
    """The head of notes of a duration."""
    return _FORMS.get(duration.type._value_, "black")


def _is_stem_hidden(note: Note, parent: SemanticObject) -> bool:
    """Whether the score says that the note has no stem."""
    for found in (note, parent):
        if found.mei.get("stem.visible") == "false" or found.mei.get("stem.len") in ("0", "0.0"):
            return True
    return False


def _dot_words(dots: int) -> str:
    return f" with {dots} dot{'s' if dots > 1 else ''}" if dots else ""


def _duration_words(duration: Duration) -> str:
    return duration.type.value + _dot_words(duration.dots)
