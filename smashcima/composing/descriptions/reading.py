"""Reads descriptions: finds what they mention, and what has no effect."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from typing import Any

from smashcima.composing.descriptions.description import BY_HAND, PRINTED, Description, Ignored, Mention
from smashcima.composing.descriptions.folding import WORD, Folded, fold
from smashcima.composing.descriptions.key_words import keys_in
from smashcima.composing.descriptions.labelled import read_labelled
from smashcima.composing.descriptions.lexicon import Found, Meaning, lexicon, near_phrase, phrases_in
from smashcima.composing.descriptions.name_words import end_of_tempo, names_in, tempi_in
from smashcima.composing.descriptions.number_words import NUMBER, number_of, numbers_in, share_before
from smashcima.composing.descriptions.resolving import resolve
from smashcima.composing.descriptions.words.fillers import FILLERS
from smashcima.composing.descriptions.words.periods import UNKNOWN_PERIODS
from smashcima.composing.descriptions.words.textures import FEW, MANY, NONE, USUAL_SHARES
from smashcima.composing.distributions import OneOf
from smashcima.composing.elements import ELEMENTS
from smashcima.errors import SettingsError

LONGEST = 5000
"""Most characters of a description."""

_TAKEN = "\0"
"""Stands for characters that have been read; neither a letter nor white space."""

_BETWEEN = r"(?:\s+(?:a|an|any|the|in|for|by|with|ein|eine|einen|un|une|di|de|des|too))*\s*$"
_NEGATION = re.compile(
    rf"(?<![\w-])({'|'.join(map(re.escape, sorted(NONE, key=len, reverse=True)))})(?!\.){_BETWEEN}"
)
_LEVELS = (
    (re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, sorted(MANY, key=len, reverse=True)))})\s+$"), 2),
    (re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, sorted(FEW, key=len, reverse=True)))})\s+$"), 0),
)
_ALSO = re.compile(
    r"\s*(?:,|\bor\b|\band\b|\bnor\b|\bund\b|\boder\b|\bet\b|\bou\b|\be\b|\bo\b|&)\s*(?:no\s+)?"
)
_PLAYERS = re.compile(rf"(?<![\w.-])({NUMBER})\s+(?:solo\s+|other\s+)?$")
_NUMBERED = re.compile(r"(?:\bno|\bnr|\bop|\bopus|n°)\.?\s*$")


def parse_description(text: str) -> Description:
    """Reads a description of music: a caption of MusicScore, fields of IMSLP, or free text.

    ```python
    parse_description("a romantic waltz in A minor for piano, by hand on old paper").conditions.key
    ```

    Everything that has an effect is among the mentions of the result, with its place in the text; the other words are
    among the ignored ones. Raises a `SettingsError` for a text of more than 5000 characters.
    """
    if not isinstance(text, str):
        raise SettingsError(f"A description is a text, not {text!r:.100}.")
    if len(text) > LONGEST:
        raise SettingsError(f"A description has at most {LONGEST} characters, not {len(text)}.")
    whole = fold(text)
    clauses = read_labelled(whole)
    left = _without(whole, clauses.taken)
    chosen = _chosen(left)
    mentions, ignored = _judged(left, chosen)
    read = [(each.start, each.end) for each in mentions] + [(each.start, each.end) for each in ignored]
    unread = _unread(left, chosen, read)
    mentions = [*clauses.mentions, *mentions]
    ignored = [*clauses.ignored, *ignored, *unread]
    mentions.sort(key=lambda each: (each.start, each.is_implied, each.field))
    ignored.sort(key=lambda each: each.start)
    conditions, drawing, contradictions = resolve(mentions, whole.original)
    return Description(text, tuple(mentions), tuple(ignored), contradictions, conditions, drawing)


def _without(text: Folded, taken: Iterable[tuple[int, int]]) -> Folded:
    """The text with some places crossed out."""
    plain, original = list(text.text), list(text.original)
    for start, end in taken:
        plain[start:end] = _TAKEN * (end - start)
        if end > start:
            first, last = text.span(start, end)
            original[first:last] = _TAKEN * (last - first)
    return Folded("".join(original), "".join(plain), text.origins)


def _chosen(text: Folded) -> list[Found]:
    """Finds in a text that do not overlap, in its order: names, then the longest of all others, then misspelt words."""
    names = _longest_first(names_in(text), [])
    left = _without(text, [(each.start, each.end) for each in names])
    found = [*tempi_in(left), *keys_in(left), *numbers_in(left), *phrases_in(left), *_unknown_periods(left)]
    found = [each for each in found if not _is_amount(left, each, found)]
    keys = [each for each in found if each.meanings[0].field == "key"]
    found = [each for each in found if not any(_ends_in(each, key) for key in keys)]
    chosen = _longest_first(found, names)
    left = _without(text, [(each.start, each.end) for each in chosen])
    for match in WORD.finditer(left.text):
        near = near_phrase(match[0])
        if near is not None and not _is_in_a_name(left, *match.span()):
            meanings, end = lexicon()[near], match.end()
            if meanings[0].field == "tempo":
                end = end_of_tempo(left, end)
                more = left.text[match.end() : end]
                meanings = (Meaning("tempo", f"{meanings[0].value}{more}"),)
                near += more
            chosen.append(Found(match.start(), end, meanings, read_as=near))
    return sorted(chosen, key=lambda each: each.start)


def _is_in_a_name(text: Folded, start: int, end: int) -> bool:
    """Whether a word and its neighbour begin with capitals, as in `Ave Maria`; such words are not misspelt."""
    first, last = text.span(start, end)
    before, after = text.original[:first], text.original[last:]
    if not text.original[first].isupper() or text.original[first:last].isupper():
        return False
    return bool(re.search(r"[A-ZÀ-Ž][^\W\d_]+ $", before) or re.match(r" [A-ZÀ-Ž][^\W\d_]+", after))


def _is_amount(text: Folded, phrase: Found, found: Iterable[Found]) -> bool:
    """Whether a word about density belongs to an element after it, as in `sparse dynamics`."""
    if phrase.meanings[0].field != "density" or text.text[phrase.start : phrase.end] not in _AMOUNTS:
        return False
    after = re.match(r"\s+", text.text[phrase.end :])
    place = phrase.end + after.end() if after else -1
    return any(each.start == place and each.meanings[0].field.startswith("share of ") for each in found)


def _ends_in(phrase: Found, key: Found) -> bool:
    """Whether a phrase takes the first letter of a key away, as `clarinet in A` does in `clarinet in A major`."""
    return phrase.start < key.start < phrase.end < key.end


def _longest_first(found: Iterable[Found], taken: list[Found]) -> list[Found]:
    chosen = list(taken)
    for each in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if all(each.end <= other.start or each.start >= other.end for other in chosen):
            chosen.append(each)
    return chosen


def _unknown_periods(text: Folded) -> Iterator[Found]:
    for match in re.finditer(
        rf"(?<![^\W_])(?:{'|'.join(map(re.escape, UNKNOWN_PERIODS))})(?![^\W_])", text.text
    ):
        yield Found(*match.span(), (Meaning("unknown", "composers write no such music"),))


def _judged(text: Folded, chosen: list[Found]) -> tuple[list[Mention], list[Ignored]]:
    """Mentions with amounts and negations, and what is negated or impossible."""
    mentions: list[Mention] = []
    ignored: list[Ignored] = []
    negated_until = -1
    for index, found in enumerate(chosen):
        before = text.text[chosen[index - 1].end if index else 0 : found.start]
        negation = _NEGATION.search(before)
        goes_on = negated_until >= 0 and _ALSO.fullmatch(before) is not None
        start = found.start - len(before) + negation.start() if negation else found.start
        is_element = found.meanings[0].field.startswith("share of ")
        is_negated = negation is not None or (goes_on and is_element)
        negated_until = found.end if is_negated and is_element else -1
        for meaning in found.meanings:
            made = _mention(text, found, meaning, start, before, is_negated)
            if isinstance(made, Mention):
                mentions.append(made)
            else:
                ignored.append(made)
    return _with_alternatives(text, mentions), ignored


def _mention(
    text: Folded, found: Found, meaning: Meaning, start: int, before: str, is_negated: bool
) -> Mention | Ignored:
    field, value = meaning.field, meaning.value
    reason = ""
    if field == "unknown" or (field == "key" and value is None):
        reason = str(value or "keys have up to seven sharps or flats")
    elif field.startswith("share of "):
        value, start = _share(field.removeprefix("share of "), found.start, start, before, is_negated)
    elif is_negated:
        value = _opposite(field, value)
        reason = "" if value is not None else "only what is wanted has an effect"
    elif field == "ensemble":
        value, start = _several(value, found.start, before)
    first, last = text.span(start, found.end)
    shown = text.original[first:last]
    if reason:
        return Ignored(first, last, shown, reason)
    return Mention(field, value, first, last, shown, meaning.is_implied, read_as=found.read_as)


def _opposite(field: str, value: Any) -> Any:
    """What is wanted if a value is not; `None` if that is open."""
    if field == "pickup":
        return not value
    if field == "script":
        return PRINTED if value == BY_HAND else BY_HAND
    return "clean" if field == "degradation" and value != "clean" else None


def _share(element: str, place: int, start: int, before: str, is_negated: bool) -> tuple[float, int]:
    """The share that the words before an element ask for, and where they begin."""
    if is_negated:
        return 0.0, start
    percent = share_before(before)
    if percent is not None:
        return min(percent[0], ELEMENTS[element].most), place - len(before) + percent[1]
    few, some, many = USUAL_SHARES[element]
    for pattern, level in _LEVELS:
        match = pattern.search(before)
        if match is not None:
            return (few, some, many)[level], place - len(before) + match.start()
    return some, start


def _several(name: str, place: int, before: str) -> tuple[str | tuple[str, ...], int]:
    """Several players of an instrument, if a number precedes it: `two violins`."""
    match = _PLAYERS.search(before)
    if match is None or _NUMBERED.search(before[: match.start()]):
        return name, place
    number = number_of(match[1])
    return ((name,) * number if 2 <= number <= 24 else name), place - len(before) + match.start()


_OR = re.compile(
    r"\s*(?:,\s*)?(?:or|oder|ou|o|nebo|/)\s+(?:a\s+|an\s+|in\s+|for\s+|einen?\s+|une?\s+)*|\s*/\s*"
)
_COMMA = re.compile(r"\s*,\s*(?:in\s+|a\s+)?")


def _with_alternatives(text: Folded, mentions: list[Mention]) -> list[Mention]:
    """Marks mentions that belong together: `3/4 or 6/8` is one mention with two values."""
    joined: list[Mention] = []
    for mention in mentions:
        last = next((each for each in reversed(joined) if not each.is_implied), None)
        if (
            last is not None and not mention.is_implied and last.field == mention.field and last.end <= mention.start
            and not mention.field.startswith("share of ")
            and _OR.fullmatch(_plain(text, last.end, mention.start))
        ):  # fmt: skip
            joined[joined.index(last)] = _either(text, last, mention, joined)
        else:
            joined.append(mention)
    return joined


def _either(text: Folded, last: Mention, mention: Mention, joined: list[Mention]) -> Mention:
    """One mention of what two mentions say, and of those before them after commas."""
    earlier = last.value.values if isinstance(last.value, OneOf) else (last.value,)
    start = last.start
    for other in [each for each in reversed(joined) if each.field == last.field and each.end <= start]:
        if mention.field == "ensemble" or not _COMMA.fullmatch(_plain(text, other.end, start)):
            break
        joined.remove(other)
        earlier, start = ((*_values(other), *earlier)), other.start
    values = tuple(dict.fromkeys((*earlier, *_values(mention))))
    return dataclasses.replace(
        last, value=OneOf(values), start=start, end=mention.end, text=text.original[start : mention.end]
    )


def _values(mention: Mention) -> tuple[Any, ...]:
    return mention.value.values if isinstance(mention.value, OneOf) else (mention.value,)


def _plain(text: Folded, start: int, end: int) -> str:
    return fold(text.original[start:end]).text


def _unread(text: Folded, chosen: list[Found], taken: list[tuple[int, int]]) -> Iterator[Ignored]:
    """Words that nothing has read, neighbours together; `taken` are places in the original that count as read."""
    left = _without(text, [(each.start, each.end) for each in chosen])
    words = [
        match.span()
        for match in WORD.finditer(left.text)
        if match[0] not in FILLERS and match[0].rstrip("s") not in FILLERS and match[0] not in _AMOUNTS
    ]
    group: tuple[int, int] | None = None
    for start, end in words:
        if group is not None and not left.text[group[1] : start].strip(" -\n\t"):
            group = (group[0], end)
            continue
        if group is not None:
            yield from _piece(left, group, taken)
        group = (start, end)
    if group is not None:
        yield from _piece(left, group, taken)


_AMOUNTS = frozenset((*NONE, *MANY, *FEW, *" ".join(MANY).split(), *" ".join(FEW).split()))


def _piece(text: Folded, group: tuple[int, int], taken: list[tuple[int, int]]) -> Iterator[Ignored]:
    start, end = text.span(*group)
    if not any(first <= start < last for first, last in taken):
        yield Ignored(start, end, text.original[start:end])
