"""Token groups: an item with what is attached to it."""

from __future__ import annotations

from smashcima.notations.mashcima.vocabulary import get_pitch, is_accidental, is_note


class TokenGroup:
    """An item with the attachments before and after it."""

    def __init__(
        self,
        token: str,
        before_attachments: list[str] | None = None,
        after_attachments: list[str] | None = None,
    ) -> None:
        self.token = token
        """The token of the item."""

        self.before_attachments = [] if before_attachments is None else before_attachments
        self.after_attachments = [] if after_attachments is None else after_attachments

    def __repr__(self) -> str:
        return f"{type(self).__name__}({' '.join(self.tokens())!r})"

    def tokens(self) -> list[str]:
        """All its tokens in order."""
        return [*self.before_attachments, *self.item_tokens(), *self.after_attachments]

    def item_tokens(self) -> list[str]:
        """The tokens of its item, without attachments."""
        return [self.token]


class TimeSignatureTokenGroup(TokenGroup):
    """A time signature of two numbers; `time.C`, `time.C/` and `~meter.3` are ordinary groups."""

    def __init__(self, first_number: TokenGroup, second_number: TokenGroup) -> None:
        """Takes over the attachments of both numbers."""
        super().__init__(
            "TIME_SIGNATURE",
            first_number.before_attachments + second_number.before_attachments,
            first_number.after_attachments + second_number.after_attachments,
        )
        self.first_token = first_number.token
        """The upper number: `time.3`."""

        self.second_token = second_number.token
        """The lower number."""

    def item_tokens(self) -> list[str]:
        return [self.first_token, self.second_token]


class KeySignatureTokenGroup(TokenGroup):
    """A key signature: accidentals in `before_attachments`, and nothing else.

    `after_attachments` is empty, or `["~key"]` if the end of the key signature is marked.
    """

    def __init__(self, group: TokenGroup) -> None:
        """Takes the accidentals out of a group."""
        super().__init__(
            "KEY_SIGNATURE", [token for token in group.before_attachments if is_accidental(token)]
        )
        group.before_attachments = [token for token in group.before_attachments if not is_accidental(token)]

    def item_tokens(self) -> list[str]:
        return []

    @staticmethod
    def should_key_signature_be_extracted(group: TokenGroup) -> bool:
        """Whether the accidentals of a group are a key signature, and not the accidental of a note.

        They are, if there are several, or the item is not a note, or the note has another pitch.
        """
        accidentals = [token for token in group.before_attachments if is_accidental(token)]
        if not accidentals:
            return False
        return (
            len(accidentals) > 1
            or not is_note(group.token)
            or get_pitch(accidentals[0]) != get_pitch(group.token)
        )
