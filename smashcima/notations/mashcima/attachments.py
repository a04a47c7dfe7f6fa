"""Attachments: their order, and the items to which they can be attached."""

from __future__ import annotations

from itertools import pairwise

from smashcima.notations.mashcima.groups import KeySignatureTokenGroup, TokenGroup
from smashcima.notations.mashcima.patterns import Kind
from smashcima.notations.mashcima.tokens import Token, read_token

_CURVES = frozenset((Kind.SLUR_END, Kind.SLUR_START))
_TIMED = _CURVES | {Kind.FERMATA, Kind.DYNAMIC}
_GRACE = _CURVES | {Kind.ORNAMENT, Kind.DYNAMIC, Kind.ACCIDENTAL, Kind.ARTICULATION, Kind.DOTS}

_FITTING: dict[Kind, frozenset[Kind]] = {
    Kind.UNKNOWN: _TIMED,
    Kind.BARLINE: _CURVES | {Kind.FERMATA},
    Kind.REST: _TIMED | {Kind.TUPLET, Kind.DOTS},
    Kind.MULTIREST: _TIMED,
    Kind.NOTE: _GRACE | {Kind.FERMATA, Kind.TUPLET},
    Kind.GRACE_NOTE: _GRACE,
}
"""Kinds of attachments by kind of item; other items have none."""

_REPEATABLE = _CURVES | {Kind.ACCIDENTAL}
"""Kinds of attachments that can occur several times at one item."""

_ONE_OF_KIND = frozenset((Kind.TUPLET, Kind.DYNAMIC, Kind.DOTS))
"""Kinds of attachments of which an item has at most one."""


def order_attachments(attachments: list[str]) -> list[str]:
    """Returns attachments in the order in which they are written; those of one kind stay in the given order."""
    return sorted(attachments, key=_place)


def is_ordered(attachments: list[str]) -> bool:
    """Whether attachments are in the order in which they are written."""
    places = [_place(token) for token in attachments]
    return all(first <= second for first, second in pairwise(places))


def _place(text: str) -> int:
    token = read_token(text)
    return token.order if token is not None else -1


def fit_attachments(group: TokenGroup, warnings: list[str]) -> None:
    """Orders the attachments of a group, and removes repeated ones and those that do not fit its item."""
    if isinstance(group, KeySignatureTokenGroup):
        marks = [token for token in group.after_attachments if token == "~key"]
        if len(marks) < len(group.after_attachments):
            others = [token for token in group.after_attachments if token != "~key"]
            warnings.append(f"Attachments that do not fit a key signature: {others!r}")
            group.after_attachments = marks
        return
    if not group.before_attachments and not group.after_attachments:
        return
    item = read_token(group.token)
    fitting = _FITTING.get(item.kind, frozenset()) if item is not None else frozenset()
    group.before_attachments = _fit(group.before_attachments, fitting, group, warnings)
    group.after_attachments = _fit(group.after_attachments, fitting, group, warnings)


def _fit(given: list[str], fitting: frozenset[Kind], group: TokenGroup, warnings: list[str]) -> list[str]:
    if not given:
        return given
    kept: list[str] = []
    unfit: list[str] = []
    repeated: list[str] = []
    kinds: dict[Kind, int] = {}
    seen: set[str] = set()
    for text in given:
        token = read_token(text)
        assert token is not None
        if token.kind not in fitting:
            unfit.append(text)
        elif token.kind in _REPEATABLE:
            kept.append(text)
        elif text in seen or token.kind in kinds:
            repeated.append(text)
            if token.kind is Kind.DOTS:
                kept[kinds[Kind.DOTS]] = _joined_dots(kept[kinds[Kind.DOTS]], token)
        else:
            if token.kind in _ONE_OF_KIND:
                kinds[token.kind] = len(kept)
            seen.add(text)
            kept.append(text)
    if unfit:
        warnings.append(f"Attachments that do not fit {' '.join(group.item_tokens())!r}: {unfit!r}")
    if repeated:
        warnings.append(f"Repeated attachments: {repeated!r}")
    if not is_ordered(kept):
        warnings.append(f"Attachments are not ordered properly: {given!r}")
        kept = order_attachments(kept)
    return kept


def _joined_dots(first: str, second: Token) -> str:
    """The token of all dots of an item: `* *` is `**`."""
    return {1: "*", 2: "**"}.get(first.count("*") + int(second.name), "~***")
