"""Expression: tempo, lyrics, and the wanted shares of all other marks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from smashcima.composing.drafting import Draft, DraftEvent
from smashcima.composing.draws import Draws
from smashcima.composing.grammar.decorating import Decorator
from smashcima.composing.grammar.phrases import Phrase
from smashcima.composing.grammar.plan import Plan
from smashcima.composing.grammar.scoring import Role
from smashcima.composing.theory import QUARTER
from smashcima.composing.words import SyllableStream
from smashcima.scene.semantic import BarlineForm


def express(draft: Draft, plan: Plan, phrases: Sequence[Phrase], roles: Sequence[Role], draws: Draws) -> None:
    """Adds tempo, lyrics, barlines and marks to a draft."""
    _add_lyrics(draft, plan, phrases, roles, draws)
    _add_endings(draft, plan, phrases)
    Decorator(draft, plan, phrases, draws).decorate()
    _add_barlines(draft, plan)
    first = next((event for event in _first_voice(draft)), None)
    if first is not None:
        first.tempo = plan.tempo
        first.bpm = plan.bpm or 0


def _first_voice(draft: Draft) -> list[DraftEvent]:
    """The events of the first measure of the highest staff that has a voice in it."""
    voices = draft.measures[0].voices
    return voices[min(voices)][0] if voices else []


def _add_endings(draft: Draft, plan: Plan, phrases: Sequence[Phrase]) -> None:
    """Repeats the phrases with endings."""
    first = len(draft.measures) - plan.measures
    for phrase in phrases:
        if phrase.has_endings:
            one, two = draft.measures[first + phrase.end - 2 : first + phrase.end]
            one.ending, two.ending = "1", "2"
            one.right = BarlineForm.REPEAT_END
            if phrase.start > 0:
                draft.measures[first + phrase.start].left = BarlineForm.REPEAT_START


def _add_barlines(draft: Draft, plan: Plan) -> None:
    """Ends the piece."""
    last = draft.measures[-1]
    if last.right is None:
        last.right = BarlineForm.END


def _add_lyrics(
    draft: Draft, plan: Plan, phrases: Sequence[Phrase], roles: Sequence[Role], draws: Draws
) -> None:
    if not plan.lyrics:
        return
    singers = [role for role in roles if role.instrument.family == "voice"]
    lead = [role for role in roles if role.kind in ("melody", "right hand")]
    sung = singers or lead
    words = SyllableStream(plan.lyrics, draws)
    first = next((role for role in sung if role in lead), sung[0])
    offset = len(draft.measures) - plan.measures
    ends = {phrase.end - 1 + offset for phrase in phrases}
    texts = _sing(draft, first.staff, words, ends, plan.texture == "chorale", draws)
    for role in sung:
        if role is not first:
            _sing_along(draft, role.staff, texts)


def _sing(
    draft: Draft, staff: int, words: SyllableStream, ends: set[int], on_beats: bool, draws: Draws
) -> dict[tuple[int, int], str]:
    """Gives syllables to the notes of a staff; returns them by measure and place.

    Words end before rests and with the phrases, whose last measures are given. A melisma is slurred. With `on_beats`,
    only notes on beats have a syllable.
    """
    texts: dict[tuple[int, int], str] = {}
    for line in _lines(draft, staff, ends):
        sung = [line[0]]
        slur: DraftEvent | None = None
        for before, (number, at, event) in pairwise(line):
            is_between = at not in draft.metre.starts
            melisma = is_between and (on_beats or (event.length < QUARTER and draws.chance(0.3)))
            if melisma and event.tones != before[2].tones:
                slur = slur or before[2]
                slur.slur_to = event
            else:
                sung.append((number, at, event))
                slur = None
        for index, (number, at, event) in enumerate(sung):
            event.syllable = texts[number, at] = words.next(len(sung) - index)
        words.end_sentence()
    return texts


def _lines(draft: Draft, staff: int, ends: set[int]) -> list[list[tuple[int, int, DraftEvent]]]:
    """The notes of a staff, without those that are tied to others, between rests and the ends of phrases.

    Each has the index of its measure and its place in it.
    """
    found: list[list[tuple[int, int, DraftEvent]]] = [[]]
    is_held = False
    for number, measure in enumerate(draft.measures):
        at = 0
        for event in measure.voices.get(staff, [[]])[0]:
            if event.is_rest:
                found.append([])
            elif not is_held:
                found[-1].append((number, at, event))
            is_held = event.ties
            at += event.length
        if number in ends:
            found.append([])
    return [line for line in found if line]


def _sing_along(draft: Draft, staff: int, texts: dict[tuple[int, int], str]) -> None:
    """Gives the syllables of another voice to the notes that begin with them."""
    is_held = False
    for number, measure in enumerate(draft.measures):
        at = 0
        for event in measure.voices.get(staff, [[]])[0]:
            if not event.is_rest and not is_held:
                event.syllable = texts.get((number, at), "")
            is_held = event.ties
            at += event.length
