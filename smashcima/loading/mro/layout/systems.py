"""Systems at their places."""

from __future__ import annotations

from functools import partial

from smashcima.engraving import EngravedStaff, EngravedSystem, Line, Place, Primitive
from smashcima.engraving.belonging.owners import event_around
from smashcima.engraving.drafting import draw_brace, draw_system_start
from smashcima.loading.mro.layout.barlines import draw_barline, join_barlines
from smashcima.loading.mro.layout.beams import draw_beams
from smashcima.loading.mro.layout.chords import DrawnChord, draw_chord
from smashcima.loading.mro.layout.curves import draw_slur
from smashcima.loading.mro.layout.expression import draw_expression
from smashcima.loading.mro.layout.measures import SystemMeasures
from smashcima.loading.mro.layout.sheet import STAFF_SPACE, Sheet, StaveSheet
from smashcima.loading.mro.layout.signatures import SignatureDrawer
from smashcima.loading.mro.layout.tuplets import draw_tuplets
from smashcima.loading.mro.layout.words import draw_dynamics, draw_lyrics, draw_texts
from smashcima.loading.mro.reading import MroReading
from smashcima.notations.mro import MroClef, MroKeySignature, MroSystem, MroTimeSignature
from smashcima.scene.semantic import (
    Clef,
    Event,
    KeySignature,
    Measure,
    SemanticObject,
    Slur,
    Staff,
    Tie,
)

_Sign = MroClef | MroKeySignature | MroTimeSignature


class SystemDrawer:
    """Draws one system."""

    def __init__(
        self, reading: MroReading, sheet: Sheet, place: tuple[int, int], index: int, first_measure: int
    ) -> None:
        """Begins a system.

        Args:
            reading: the score of the document.
            sheet: the page.
            place: index of the page in the document, and of the system on the page.
            index: index of the system in the layout.
            first_measure: index of its first measure in the layout.
        """
        self._reading = reading
        self._sheet = sheet
        self._place = place
        self._index = index
        self._system: MroSystem = reading.document.score.pages[place[0]].systems[place[1]]
        self.primitives: list[Primitive] = []
        self._staves = [
            StaveSheet.of(
                sheet, stave, self._system.width_units, index, self._number(number), self.primitives
            )
            for number, stave in enumerate(self._system.staves)
        ]
        self._measures = SystemMeasures(reading, *place, self._staves, index, first_measure)

    def draw(self, keys: dict[int, KeySignature]) -> EngravedSystem:
        """Draws everything; `keys` are the last key signatures by number of the staff, and are updated."""
        staves = tuple(self._draw_staff(stave) for stave in self._staves)
        self._draw_start()
        chords: list[DrawnChord] = []
        for number, stave in enumerate(self._staves):
            self._draw_signatures(number, stave, keys)
            own = self._draw_chords(number)
            draw_beams(own)
            for drawn in own:
                draw_expression(drawn)
            draw_tuplets(own)
            self._draw_words(number, stave)
            chords += own
        self._draw_barlines()
        self._draw_slurs(chords)
        return EngravedSystem(self._index, self._sheet.index, staves, self._measures.engraved)

    def _object(self, slot: str, *indices: int) -> SemanticObject | None:
        """The object of the score that stands for an object of this system."""
        id = self._reading.ids.get((slot, *self._place, *indices))
        return None if id is None else self._reading.score.by_id(id)

    # -- the frame -----------------------------------------------------------------------------------------

    def _number(self, stave: int) -> int:
        staff = self._object("stave", stave)
        return staff.number if isinstance(staff, Staff) else stave + 1

    def _draw_staff(self, stave: StaveSheet) -> EngravedStaff:
        draft = stave.draft
        draft.go_to_measure(None)
        ys = draft.staff_lines(stave.left, stave.right, None)
        return EngravedStaff(draft.place.staff or 1, ys, stave.left, stave.right, draft.staff_space)

    def _draw_start(self) -> None:
        """Draws the line that connects the staves, and the braces of joined ones."""
        staves = self._staves
        if len(staves) < 2:
            return
        place = Place(self._sheet.index, self._index)
        left = min(stave.left for stave in staves)
        top, bottom = staves[0].draft.y(4), staves[-1].draft.y(-4)
        draw_system_start(left, top, bottom, STAFF_SPACE, place, self.primitives)
        start = 0
        for number, stave in enumerate(staves):
            if number + 1 < len(staves) and self._is_joined(number):
                continue
            if number > start:
                top, bottom = staves[start].draft.y(4), stave.draft.y(-4)
                draw_brace(left, top, bottom, stave.draft.staff_space, place, self.primitives)
            start = number + 1

    # -- bars ----------------------------------------------------------------------------------------------

    def _draw_signatures(self, number: int, stave: StaveSheet, keys: dict[int, KeySignature]) -> None:
        """Draws clefs, keys and times from left to right, since the positions of keys depend on clefs."""
        signs: list[tuple[int, int, SemanticObject, _Sign]] = []
        for bar_index, bar in enumerate(stave.stave.bars):
            of_bar: list[tuple[_Sign, SemanticObject | None]] = []
            for index, clef in enumerate(bar.clefs):
                of_bar.append((clef, self._object("clef", number, bar_index, index)))
            for index, key in enumerate(bar.key_signatures):
                of_bar.append((key, self._object("keysig", number, bar_index, index)))
            if bar.time_signature is not None:
                of_bar.append((bar.time_signature, self._object("timesig", number, bar_index)))
            for sign, found in of_bar:
                if found is not None:
                    signs.append((sign.centre_units.column, bar_index, found, sign))
        staff = stave.draft.place.staff or 1
        drawer = SignatureDrawer(stave, self._clef_at_start(staff), keys.get(staff))
        for _, bar_index, found, sign in sorted(signs, key=lambda each: each[:2]):
            stave.draft.go_to_measure(self._measures.of_bar(number, bar_index))
            drawer.draw(sign, found)
        if drawer.key is not None:
            keys[staff] = drawer.key

    def _clef_at_start(self, staff: int) -> Clef | None:
        first = next(iter(self._measures.numbers), None)
        measure = None if first is None else self._reading.score.by_id(first)
        holder = measure.staff(staff) if isinstance(measure, Measure) else None
        return None if holder is None else holder.clef

    def _draw_chords(self, number: int) -> list[DrawnChord]:
        drawn = []
        stave = self._staves[number]
        for bar_index, bar in enumerate(stave.stave.bars):
            stave.draft.go_to_measure(self._measures.of_bar(number, bar_index))
            for below in self._staves[number + 1 :]:
                below.draft.go_to_measure(self._measures.of_bar(number, bar_index))
            for index, chord in enumerate(bar.chords):
                event = self._object("chord", number, bar_index, index)
                if isinstance(event, Event):
                    find = partial(self._part_of_chord, (number, bar_index, index))
                    drawn.append(draw_chord(chord, event, self._staves, number, find))
        return drawn

    def _part_of_chord(
        self, place: tuple[int, int, int], slot: str, note: int | None
    ) -> SemanticObject | None:
        return self._object(slot, *place, *(() if note is None else (note,)))

    def _draw_barlines(self) -> None:
        strokes: dict[int, list[tuple[int, list[Line]]]] = {}
        for number, stave in enumerate(self._staves):
            for bar_index, bar in enumerate(stave.stave.bars):
                found = self._object("barline", number, bar_index)
                if bar.barline is None or found is None:
                    continue
                measure = self._measures.of_bar(number, bar_index)
                stave.draft.go_to_measure(measure)
                lines = draw_barline(stave, bar.barline, found.id)
                strokes.setdefault(bar_index, []).append((number, lines))
                above = strokes[bar_index][-2] if len(strokes[bar_index]) > 1 else None
                if above is not None and above[0] == number - 1 and self._is_joined(number - 1):
                    join_barlines(above[1], lines, Place(self._sheet.index, self._index, measure), stave)

    def _is_joined(self, number: int) -> bool:
        return self._staves[number].stave.is_joined_to_below

    # -- what is attached ----------------------------------------------------------------------------------

    def _draw_words(self, number: int, stave: StaveSheet) -> None:
        version = self._reading.document.header.version

        def go_to(x: float) -> None:
            stave.draft.go_to_measure(self._measures.at(x))

        for index, line in enumerate(stave.stave.lyric_lines):
            draw_lyrics(stave, line, partial(self._object, "lyricelement", number, index), version, go_to)
        draw_texts(stave, partial(self._object, "text", number), version, go_to)
        draw_dynamics(stave, partial(self._object, "dynamic", number), go_to)

    def _draw_slurs(self, chords: list[DrawnChord]) -> None:
        stave_of = {drawn.event.id: drawn.stave for drawn in chords}
        for index, slur in enumerate(self._system.slurs):
            curve = self._object("slur", index)
            if not isinstance(curve, (Slur, Tie)):
                continue
            ends = [event_around(event) for event in (curve.start, curve.end)]
            stave = next(
                (stave_of[event.id] for event in ends if event is not None and event.id in stave_of),
                self._staves[0],
            )
            x = self._sheet.mm(self._system.left_units + slur.left_units.column)
            stave.draft.go_to_measure(self._measures.at(x))
            draw_slur(stave, self._system, slur, curve)
