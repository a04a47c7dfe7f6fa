"""Writing, validation and repair of annotations."""

from __future__ import annotations

from smashcima.errors import MalformedSourceError
from smashcima.notations.mashcima.attachments import order_attachments
from smashcima.notations.mashcima.groups import KeySignatureTokenGroup, TokenGroup
from smashcima.notations.mashcima.parsing import parse_annotation_into_token_groups

_WARNINGS_SHOWN = 5


def validate_annotation(annotation: str) -> None:
    """Raises a `MalformedSourceError` with the first warnings of the parser, if there are any."""
    _, warnings = parse_annotation_into_token_groups(annotation)
    if warnings:
        shown = "; ".join(warnings[:_WARNINGS_SHOWN])
        others = len(warnings) - _WARNINGS_SHOWN
        rest = f"; and {others} more" if others > 0 else ""
        raise MalformedSourceError(
            f"Invalid annotation: {shown}{rest}. `repair_annotation` returns a valid one."
        )


def stringify_token_groups_to_annotation(groups: list[TokenGroup]) -> str:
    """Writes groups as an annotation, with attachments in their order.

    The accidentals of a key signature keep their order. A group must hold tokens of the language.
    """
    tokens: list[str] = []
    for group in groups:
        before = group.before_attachments
        is_key = isinstance(group, KeySignatureTokenGroup)
        tokens += before if is_key or len(before) < 2 else order_attachments(before)
        tokens += group.item_tokens()
        after = group.after_attachments
        tokens += after if len(after) < 2 else order_attachments(after)
    return " ".join(tokens)


def repair_annotation(annotation: str) -> tuple[str, list[str]]:
    """Returns a valid annotation and the warnings of the parser; a valid one is returned with single spaces.

    Attachments are ordered, beams closed, unpaired numbers and attachments without an item removed, and unknown
    tokens replaced by `?`.
    """
    groups, warnings = parse_annotation_into_token_groups(annotation)
    return stringify_token_groups_to_annotation(groups), warnings
