"""Lyrics and texts of a stave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from smashcima.engraving import PrimitiveKind, Text, TextRun
from smashcima.exporting.mro.barlines import StaveBarlines
from smashcima.exporting.mro.dynamic_letters import PRIVATE_USE, dynamic_letters
from smashcima.exporting.mro.frames import StaveFrame
from smashcima.exporting.mro.losses import Losses
from smashcima.exporting.mro.marks import Mark
from smashcima.notations.mro import (
    DEFAULT_TEXT_HEIGHT_UNITS,
    MroFontStyle,
    MroLyricElement,
    MroLyricLine,
    MroText,
)
from smashcima.scene.semantic import (
    Syllable,
    SyllableConnector,
    Verse,
)

_K = PrimitiveKind

_TEXTS = frozenset({_K.DIRECTION, _K.TEMPO, _K.REHEARSAL_MARK, _K.HARMONY, _K.REPEAT_MARK, _K.TEXT})
"""Kinds of marks that are written as texts, if they are texts."""


# -- lyrics ------------------------------------------------------------------------------------------------


def lyric_lines_of(
    marks: Iterable[Mark], frame: StaveFrame, barlines: StaveBarlines, losses: Losses
) -> tuple[MroLyricLine, ...]:
    """The lyric lines of a stave, from top to bottom."""
    lines: dict[tuple[str, bool], list[Mark]] = {}
    for mark in marks:
        if mark.kind in (_K.LYRIC, _K.LYRIC_EXTENDER, _K.LYRIC_HYPHEN):
            syllable = losses.object_of(mark)
            if not isinstance(syllable, (Syllable, Verse)):
                continue
            verse = syllable if isinstance(syllable, Verse) else syllable.verse
            is_above = mark.box.center.y < frame.staff.middle_y
            lines.setdefault(((verse.n if verse is not None else None) or "1", is_above), []).append(mark)
    written = [_lyric_line(line, frame, barlines, losses) for line in lines.values()]
    return tuple(sorted((line for line in written if line is not None), key=lambda line: line.baseline_units))


def _lyric_line(
    marks: Sequence[Mark], frame: StaveFrame, barlines: StaveBarlines, losses: Losses
) -> MroLyricLine | None:
    losses.wrote(*marks)
    syllables = [mark for mark in marks if mark.kind is _K.LYRIC and isinstance(mark.primitive, Text)]
    extenders = [mark for mark in marks if mark.kind is _K.LYRIC_EXTENDER]
    if not syllables and not extenders:
        return None  # only hyphens, which belong to a syllable in the system before
    baselines = [mark.baseline for mark in syllables] or [mark.box.center.y for mark in extenders]
    elements = [_lyric_element(mark, frame, barlines, losses) for mark in [*syllables, *extenders]]
    return MroLyricLine(
        frame.row(median(baselines)),
        *_font_of([run for mark in syllables for run in _runs(mark)], frame),
        tuple(
            sorted(
                # A syllable of music symbols only, such as a lone elision, has no text.
                (element for element in elements if element.text.strip() or element.is_extender),
                key=lambda element: element.middle_units,
            )
        ),
    )


def _lyric_element(mark: Mark, frame: StaveFrame, barlines: StaveBarlines, losses: Losses) -> MroLyricElement:
    is_extender = mark.kind is _K.LYRIC_EXTENDER
    text = ""
    if not is_extender:
        text = _characters(mark, _runs(mark), losses)
        syllable = losses.object_of(mark)
        if isinstance(syllable, Syllable) and syllable.connector is SyllableConnector.HYPHEN:
            text = text.rstrip("-") + "-"
    middle = mark.box.center.x
    bar = min(barlines.bar_at(middle), max(len(barlines) - 1, 0))
    return MroLyricElement(
        is_extender,
        frame.column(mark.box.left),
        frame.column(mark.box.right),
        text,
        frame.column(middle),
        bar,
    )


def _runs(mark: Mark) -> tuple[TextRun, ...]:
    return mark.primitive.runs if isinstance(mark.primitive, Text) else ()


# -- texts -------------------------------------------------------------------------------------------------


def texts_of(marks: Iterable[Mark], frame: StaveFrame, losses: Losses) -> list[MroText]:
    """The texts of a stave, except dynamics."""
    texts = []
    for mark in marks:
        if mark.kind in _TEXTS and isinstance(mark.primitive, Text):
            losses.wrote(mark)
            kind = 1 if mark.kind is _K.HARMONY else 0
            text = text_of(mark, mark.primitive.runs, mark.box.left, frame, losses, kind)
            if text is not None:
                texts.append(text)
    return texts


def text_of(
    mark: Mark, runs: Sequence[TextRun], left: float, frame: StaveFrame, losses: Losses, kind: int = 0
) -> MroText | None:
    """Some runs of a text, whose left end is given; `None` if they have no characters. `kind` is 1 for chord names."""
    characters = " ".join(_characters(mark, runs, losses).split())
    if not characters:
        return None
    font = _font_of(runs, frame)
    return MroText(frame.row(mark.baseline), frame.column(left), *font, kind, characters)


def _characters(mark: Mark, runs: Sequence[TextRun], losses: Losses) -> str:
    """The characters of a text in one line; music symbols are left out, except the letters of dynamics."""
    content = "".join(run.text for run in runs)
    plain = "".join(" " if c.isspace() else dynamic_letters(c) or c for c in content)
    kept = "".join(c for c in plain if c.isprintable() and ord(c) not in PRIVATE_USE)
    if len(kept) < len(plain):
        losses.tell_mark(mark, f"written without its music symbols: {' '.join(kept.split())!r}")
    return kept


def _font_of(runs: Sequence[TextRun], frame: StaveFrame) -> tuple[int, int]:
    """Height in units and number of the font style of a text."""
    words = [run for run in runs if run.text.strip() and run.family == "serif"]
    if not words:
        return DEFAULT_TEXT_HEIGHT_UNITS, MroFontStyle("serif", False, False).number
    largest = max(words, key=lambda run: run.font_size)
    return frame.scale.of(largest.font_size), MroFontStyle("serif", largest.bold, largest.italic).number
