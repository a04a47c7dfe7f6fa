"""Annotations without what Mashcima 1.0 lacks."""

from __future__ import annotations

from smashcima.errors import Issue
from smashcima.notations.mashcima.groups import KeySignatureTokenGroup, TimeSignatureTokenGroup, TokenGroup
from smashcima.notations.mashcima.parsing import parse_annotation_into_token_groups
from smashcima.notations.mashcima.patterns import Kind
from smashcima.notations.mashcima.tokens import read_token
from smashcima.notations.mashcima.vocabulary import is_accidental, is_in_vocabulary
from smashcima.notations.mashcima.writing import repair_annotation


def without_extensions(annotation: str) -> tuple[str, list[Issue]]:
    """Returns an annotation in the vocabulary of Mashcima 1.0, and an issue for each token that had to go.

    Double and final barlines become plain ones. A time signature goes as a whole. Items outside the vocabulary go
    with their attachments; slurs that end or begin there are left open.
    """
    groups, _ = parse_annotation_into_token_groups(annotation)
    narrowing = _Narrowing()
    for group in groups:
        narrowing.add(group)
    return repair_annotation(" ".join(narrowing.tokens))[0], narrowing.issues


class _Narrowing:
    """The tokens that are left, and what had to go."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.issues: list[Issue] = []
        self._number = 1
        """Number of the next token of the annotation."""

        self._is_after_key = False

    def add(self, group: TokenGroup) -> None:
        """Adds what is left of a group."""
        before = self._kept(group.before_attachments)
        if self._is_after_key and before and is_accidental(before[-1]):
            self._tell(before.pop(), "left out: it would be read as a part of the key signature", -1)
        self._is_after_key = isinstance(group, KeySignatureTokenGroup)
        items = self._items(group)
        after = self._kept(group.after_attachments)
        if items is not None:
            self.tokens += [*before, *items, *after]

    def _tell(self, token: str, what: str, offset: int = 0) -> None:
        self.issues.append(Issue(f"token {self._number + offset}", token, what))

    def _kept(self, attachments: list[str]) -> list[str]:
        kept: list[str] = []
        for token in attachments:
            if is_in_vocabulary(token):
                kept.append(token)
            else:
                self._tell(token, "left out: not in the vocabulary of Mashcima 1.0")
            self._number += 1
        return kept

    def _items(self, group: TokenGroup) -> list[str] | None:
        """The tokens of the item of a group; `None` if it goes."""
        items: list[str] | None = group.item_tokens()
        assert items is not None
        if not all(map(is_in_vocabulary, items)):
            token = read_token(group.token)
            if token is not None and token.kind is Kind.BARLINE:
                self._tell(group.token, "written as a plain barline")
                items = ["|"]
            else:
                word = "signature" if isinstance(group, TimeSignatureTokenGroup) else "item"
                self._tell(" ".join(items), f"left out, with what is attached to this {word}")
                items = None
        self._number += len(group.item_tokens())
        return items
