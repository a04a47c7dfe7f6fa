"""Parsing of annotations into token groups, with repair.

The parser never fails. What is not valid is repaired in the groups, and a warning says what was wrong. It reads the
tokens once from left to right, so that its time grows with their number.
"""

from __future__ import annotations

from itertools import pairwise

from smashcima.notations.mashcima.attachments import fit_attachments
from smashcima.notations.mashcima.beams import repair_beams
from smashcima.notations.mashcima.groups import KeySignatureTokenGroup, TimeSignatureTokenGroup, TokenGroup
from smashcima.notations.mashcima.patterns import Kind
from smashcima.notations.mashcima.tokens import explain_unknown, read_token
from smashcima.notations.mashcima.vocabulary import is_accidental


def parse_annotation_into_token_groups(annotation: str) -> tuple[list[TokenGroup], list[str]]:
    """Parses an annotation, and returns its groups and warnings.

    The groups are always valid: written with `stringify_token_groups_to_annotation`, they parse without warnings.
    """
    warnings: list[str] = []
    groups = _pair_times(_attach(annotation, warnings), warnings)
    groups = _extract_keys(groups, warnings)
    _remove_marks(groups, warnings)
    for group in groups:
        fit_attachments(group, warnings)
    repair_beams(groups, warnings)
    return groups, warnings


_END = "END"
"""Token of the group that collects what is attached to nothing at the end."""


def _attach(annotation: str, warnings: list[str]) -> list[TokenGroup]:
    """Groups of items with their attachments; the last one is `_END`."""
    groups: list[TokenGroup] = []
    before: list[str] = []
    unattached: list[str] = []
    is_told = False
    for text in annotation.split():
        token = read_token(text)
        if token is None:
            warnings.append(f"Unknown token: {explain_unknown(text)}")
            text = "?"
        elif token.is_before:
            before.append(text)
            continue
        elif token.kind is Kind.KEY_END:
            before = _close_key(groups, before, warnings)
            continue
        elif token.is_after:
            if before and not is_told:
                warnings.append(f"Attachments are not ordered properly: {[*before, text]!r}")
                is_told = True  # once for all attachments between two items
            (groups[-1].after_attachments if groups else unattached).append(text)
            continue
        groups.append(TokenGroup(text, before))
        before, is_told = [], False
    if unattached:
        warnings.append(f"Unattached after attachments: {unattached!r}")
    groups.append(TokenGroup(_END, before))
    return groups


def _close_key(groups: list[TokenGroup], before: list[str], warnings: list[str]) -> list[str]:
    """Makes a key signature of the accidentals before a `~key`, and returns what else is waiting for an item."""
    waiting = TokenGroup("", before)
    key = KeySignatureTokenGroup(waiting)
    if key.before_attachments:
        if waiting.before_attachments:
            warnings.append(f"Attachments are not ordered properly: {before!r}")
        key.after_attachments.append("~key")
        groups.append(key)
    else:
        warnings.append("Unattached after attachments: ['~key']")
    return waiting.before_attachments


def _pair_times(groups: list[TokenGroup], warnings: list[str]) -> list[TokenGroup]:
    """Joins two numbers in a row to a time signature, and removes single ones."""
    paired: list[TokenGroup] = []
    waiting: list[str] = []
    index = 0
    while index < len(groups):
        group = groups[index]
        index += 1
        if waiting:
            group.before_attachments = waiting + group.before_attachments
            waiting = []
            if isinstance(group, KeySignatureTokenGroup):
                waiting = _moved_behind(group, warnings)
        if not _is_number(group):
            paired.append(group)
            continue
        second = groups[index]
        if _is_number(second) and "+" not in second.token:
            index += 1
            if second.before_attachments:
                tokens = [*group.tokens(), *second.before_attachments]
                warnings.append(f"Attachments are not ordered properly: {tokens!r}")
            paired.append(TimeSignatureTokenGroup(group, second))
        else:
            warnings.append(f"Unpaired numeric time signature: {group.token}")
            if group.after_attachments:
                warnings.append(f"Unattached after attachments: {group.after_attachments!r}")
            waiting = group.before_attachments
    return paired


def _moved_behind(key: KeySignatureTokenGroup, warnings: list[str]) -> list[str]:
    """Takes everything but accidentals out of a key signature, and returns it."""
    before = key.before_attachments
    key.before_attachments = [token for token in before if is_accidental(token)]
    if len(key.before_attachments) < len(before):
        warnings.append(f"Attachments are not ordered properly: {before!r}")
    return [token for token in before if not is_accidental(token)]


def _is_number(group: TokenGroup) -> bool:
    token = read_token(group.token)
    return token is not None and token.kind is Kind.TIME_NUMBER


def _extract_keys(groups: list[TokenGroup], warnings: list[str]) -> list[TokenGroup]:
    """Separates key signatures from the items before which they are written, and removes the end."""
    found: list[TokenGroup] = []
    for group in groups:
        if not group.before_attachments or isinstance(group, KeySignatureTokenGroup):
            found.append(group)
            continue
        before = group.before_attachments
        if KeySignatureTokenGroup.should_key_signature_be_extracted(group):
            key = KeySignatureTokenGroup(group)
            if before[: len(key.before_attachments)] != key.before_attachments:
                warnings.append(f"Attachments are not ordered properly: {before!r}")
            found.append(key)
        found.append(group)
    end = found.pop()
    if end.before_attachments:
        warnings.append(f"Unattached before attachments: {end.before_attachments!r}")
    return found


def _remove_marks(groups: list[TokenGroup], warnings: list[str]) -> None:
    """Removes each `~key` without which the key signature would be read the same."""
    for group, following in pairwise([*groups, TokenGroup("")]):
        if not isinstance(group, KeySignatureTokenGroup) or "~key" not in group.after_attachments:
            continue
        if not needs_mark(group, following):
            warnings.append("Unneeded end of a key signature: '~key'")
            group.after_attachments.remove("~key")


def needs_mark(key: KeySignatureTokenGroup, following: TokenGroup) -> bool:
    """Whether the end of a key signature has to be marked by `~key`, considering the group after it."""
    if any(map(is_accidental, following.before_attachments)):
        return True
    joined = TokenGroup(following.token, list(key.before_attachments))
    return not KeySignatureTokenGroup.should_key_signature_be_extracted(joined)
