"""The staves of a score from those of a draft."""

from __future__ import annotations

from smashcima.composing.drafting.draft import Draft, DraftStaff
from smashcima.composing.theory import Key
from smashcima.composing.theory.tones import moved
from smashcima.scene.semantic import (
    AbbreviatedLabel,
    GroupSymbol,
    KeySignature,
    Label,
    ScoreBuilder,
    SemanticObject,
    Staff,
    StaffGroup,
)


class Staves:
    """Adds the parts of a draft to a builder."""

    def __init__(self, draft: Draft, builder: ScoreBuilder) -> None:
        self.made: list[Staff] = []
        self.transpositions: list[tuple[int, int]] = []
        """Steps and semitones from the written to the sounding pitch, by staff."""
        for name, abbreviation, staves in draft.parts:
            transposition, key = written_key(draft.key, staves[0])
            added = builder.add_part(name, *(staff.clef for staff in staves), transposition=transposition)
            if transposition[1] % 12:
                for staff in added:
                    mode = "minor" if key.is_minor else "major"
                    staff.children.append(KeySignature(key.fifths, mode))
            if abbreviation:
                _abbreviate(added[0], abbreviation)
            self.made += added
            self.transpositions += [transposition] * len(added)
        self._group(draft)

    def _group(self, draft: Draft) -> None:
        """Puts brackets around groups of parts."""
        staff, part = 0, 0
        for symbol, count in draft.groups:
            parts = draft.parts[part : part + count]
            members = [self._member(index) for index in self._first_staves(staff, parts)]
            if symbol != "none" and len(members) > 1:
                parent = members[0].parent
                assert parent is not None
                index = parent.children.index(members[0])
                for member in members:
                    member.detach()
                group = StaffGroup(children=[GroupSymbol(symbol), *members])
                group.mei["bar.thru"] = "true"
                parent.children.insert(index, group)
            part += count
            staff += sum(len(staves) for _, _, staves in parts)

    @staticmethod
    def _first_staves(staff: int, parts: list[tuple[str, str, list[DraftStaff]]]) -> list[int]:
        found = []
        for _, _, staves in parts:
            found.append(staff)
            staff += len(staves)
        return found

    def _member(self, index: int) -> SemanticObject:
        """The staff of a part, or the group of its staves."""
        staff = self.made[index]
        parent = staff.parent
        is_one_part = isinstance(parent, StaffGroup) and parent.child_of(GroupSymbol) is not None
        return parent if is_one_part and parent is not None else staff


def written_key(key: Key, staff: DraftStaff) -> tuple[tuple[int, int], Key]:
    """The transposition of a staff and the key of its signature.

    A signature with more than seven accidentals is replaced by the enharmonic one: a clarinet in B flat plays C sharp
    major as E flat major, not as D sharp major.
    """
    steps, semitones = staff.transposition
    for change in (0, -1, 1):
        diatonic, alter = moved((28 + key.step, key.alter), -steps - change, -semitones)
        written = Key(diatonic % 7, alter, key.is_minor)
        if abs(written.fifths) <= 7:
            return (steps + change, semitones), written
    raise AssertionError(f"{key} has no written form for {staff}")


def _abbreviate(staff: Staff, text: str) -> None:
    """Adds the name before later systems to the staff or group that has the name before the first."""
    holder: SemanticObject | None = staff if staff.child_of(Label) is not None else staff.parent
    assert holder is not None
    label = next(child for child in holder.objects() if isinstance(child, Label))
    holder.children.insert(holder.children.index(label) + 1, AbbreviatedLabel(children=[text]))
