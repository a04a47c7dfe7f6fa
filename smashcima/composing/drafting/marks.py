"""The marks of a score from those of a draft: ties, slurs, dynamics, lyrics and so on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from smashcima.composing.drafting.draft import Draft, DraftEvent
from smashcima.scene.semantic import (
    Arpeggio,
    Breath,
    Chord,
    Event,
    Fingering,
    Hairpin,
    HairpinForm,
    Mordent,
    Note,
    Pedal,
    PedalAction,
    ScoreBuilder,
    Slur,
    SyllableConnector,
    Tempo,
    Trill,
    Turn,
    add_lyrics,
)
from smashcima.scene.semantic.control_event import ControlEvent

_ORNAMENTS: Mapping[str, Callable[[Event], ControlEvent]] = {
    "trill": lambda event: Trill(event, place="above"),
    "mordent": lambda event: Mordent(event, place="above", form="lower"),
    "inverted mordent": lambda event: Mordent(event, place="above", form="upper"),
    "turn": lambda event: Turn(event, place="above", form="upper"),
}
ORNAMENTS = tuple(_ORNAMENTS)


def add_marks(draft: Draft, builder: ScoreBuilder) -> None:
    """Adds all marks of a draft to the measures of the score, whose events have been made."""
    for staff in range(len(draft.staves)):
        for number in range(
            max((len(measure.voices.get(staff, ())) for measure in draft.measures), default=0)
        ):
            voice = draft.voice(staff, number)
            # Below the notes of a singer are the words.
            place = "above" if any(event.syllable for event in voice) else "below"
            for event, following in zip(voice, [*voice[1:], None], strict=True):
                if event.ties and following is not None:
                    _tie(event, following, builder)
                _add_marks(event, builder, place)
            _add_lyrics(voice)


def _tie(event: DraftEvent, following: DraftEvent, builder: ScoreBuilder) -> None:
    first, second = event.made, following.made
    if isinstance(first, Note) and isinstance(second, Note):
        builder.tie(first, second)
    elif isinstance(first, Chord) and isinstance(second, Chord):
        for start, end in zip(first.notes, second.notes, strict=True):
            builder.tie(start, end)


def _add_marks(event: DraftEvent, builder: ScoreBuilder, place: str) -> None:
    made = event.made
    assert made is not None
    if event.slur_to is not None and event.slur_to.made is not None:
        builder.mark(Slur(made, event.slur_to.made))
    if event.dynamic:
        builder.dynamic(event.dynamic, made, place)
    if event.hairpin_to is not None and event.hairpin_to[1].made is not None:
        form = HairpinForm(event.hairpin_to[0])
        builder.mark(Hairpin(made, event.hairpin_to[1].made, form=form, place=place))
    if event.ornament:
        builder.mark(_ORNAMENTS[event.ornament](made))
    if event.fermata:
        builder.fermata(made)
    if event.breath:
        builder.mark(Breath(made, place="above"))
    if event.fingering:
        fingering = Fingering(made, place="above")
        fingering.children.append(event.fingering)
        builder.mark(fingering)
    if event.arpeggio:
        builder.mark(Arpeggio(made, events=[made]))
    if event.pedal:
        builder.mark(Pedal(made, action=PedalAction(event.pedal), place="below"))
    _add_words(event, made, builder, place)


def _add_words(event: DraftEvent, made: Event, builder: ScoreBuilder, place: str) -> None:
    if event.tempo or event.bpm:
        tempo = Tempo(made, place="above", bpm=float(event.bpm) if event.bpm else None)
        if event.tempo:
            tempo.children.append(event.tempo)
        builder.mark(tempo)
    if event.direction:
        builder.direction(
            event.direction, made, "above" if event.direction.startswith(("rit", "rall")) else place
        )


def _add_lyrics(voice: list[DraftEvent]) -> None:
    """Adds the syllables of a voice; the last one of a word that is held over further notes gets an extender line."""
    sung = [event for event in voice if event.tones]
    if not any(event.syllable for event in sung):
        return
    notes: list[Note | Chord] = [event.made for event in sung if isinstance(event.made, Note | Chord)]
    add_lyrics(notes, " ".join(event.syllable or "_" for event in sung))
    for index, note in enumerate(notes[:-1]):
        for verse in note.verses:
            for syllable in verse.syllables:
                if syllable.connector is SyllableConnector.SPACE and not notes[index + 1].verses:
                    syllable.connector = SyllableConnector.EXTENDER
