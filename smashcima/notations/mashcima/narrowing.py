"""Annotations without what Mashcima 1.0 lacks."""

from __future__ import annotations

from smashcima.notations.mashcima.groups import KeySignatureTokenGroup, TimeSignatureTokenGroup, TokenGroup
from smashcima.notations.mashcima.parsing import parse_annotation_into_token_groups
from smashcima.notations.mashcima.patterns import Kind
from smashcima.notations.mashcima.tokens import read_token
from smashcima.notations.mashcima.vocabulary import is_accidental, is_in_vocabulary
from smashcima.notations.mashcima.writing import repair_annotation


def without_extensions(annotation: str) -> tuple[str, list[str]]:
    """Returns an annotation in the vocabulary of Mashcima 1.0, and a line for each token that had to go.

    Double and final barlines become plain ones. A time signature goes as a whole. Items outside the vocabulary go
    with their attachments; slurs that end or begin there are left open.
    """
    groups, _ = parse_annotation_into_token_groups(annotation)
    tokens: list[str] = []
    changes: list[str] = []
    is_after_key = False
    for group in groups:
        before = _kept(group.before_attachments, changes)
        if is_after_key and len(before) and is_accidental(before[-1]):
            changes.append(f"{before[-1]}: left out, since it would be read as a part of the key signature")
            before.pop()
        is_after_key = isinstance(group, KeySignatureTokenGroup)
        items = _items(group, changes)
        if items is not None:
            tokens += [*before, *items, *_kept(group.after_attachments, changes)]
    return repair_annotation(" ".join(tokens))[0], changes


def _kept(attachments: list[str], changes: list[str]) -> list[str]:
    changes += [f"{token}: left out" for token in attachments if not is_in_vocabulary(token)]
    return [token for token in attachments if is_in_vocabulary(token)]


def _items(group: TokenGroup, changes: list[str]) -> list[str] | None:
    """The tokens of the item of a group; `None` if it goes."""
    items = group.item_tokens()
    if all(map(is_in_vocabulary, items)):
        return items
    token = read_token(group.token)
    if token is not None and token.kind is Kind.BARLINE:
        changes.append(f"{group.token}: written as a plain barline")
        return ["|"]
    word = "time signature" if isinstance(group, TimeSignatureTokenGroup) else "item"
    changes.append(f"{' '.join(items)}: left out, with the attachments of this {word}")
    return None
