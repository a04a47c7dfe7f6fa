"""Form: the phrases of a piece, their keys, cadences and themes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from smashcima.composing.draws import Draws
from smashcima.composing.grammar.plan import Plan
from smashcima.composing.theory import Key


@dataclass(frozen=True)
class Phrase:
    """A phrase: measures that end with a cadence."""

    start: int
    """Index of its first measure, without the pickup."""

    measures: int
    key: Key
    """Its key, which the signature need not show: that of the dominant in a middle section."""

    cadence: str
    """`half`, `authentic`, `imperfect`, `deceptive`, `plagal`."""

    theme: int
    """Phrases with the same theme begin alike."""

    copies: bool
    """Whether it repeats the whole earlier phrase of its theme and cadence."""

    section: int
    """Index of its section."""

    has_endings: bool = False
    """Whether it is repeated, and its last two measures are a first and a second ending."""

    @property
    def end(self) -> int:
        """Index of the measure after it."""
        return self.start + self.measures


_LEAST_WITH_ENDINGS = 4

_LETTERS = {
    "period": "AAAA",
    "binary": "AABB",
    "ternary": "AABA",
    "rondo": "ABACA",
    "through-composed": "ABCDEFGH",
}


def plan_phrases(plan: Plan, draws: Draws) -> list[Phrase]:
    """Divides the measures of a piece into phrases, some of which have a first and a second ending."""
    phrases = _divided(plan, draws)
    number = plan.shares.get("endings", 0.0) * plan.measures
    count = int(number + draws.uniform())
    long = [index for index, phrase in enumerate(phrases) if phrase.measures >= _LEAST_WITH_ENDINGS]
    for index in draws.sample(long, count):
        phrases[index] = replace(phrases[index], has_endings=True, copies=False)
    return phrases


def _divided(plan: Plan, draws: Draws) -> list[Phrase]:
    lengths = _lengths(plan.measures)
    pairs = [lengths[index : index + 2] for index in range(0, len(lengths), 2)]
    letters = _sections(plan.form, len(pairs))
    home, dominant = plan.key, _other_key(plan.key)
    found: list[Phrase] = []
    start = 0
    seen: dict[tuple[int, str, int], Phrase] = {}
    section = -1
    for index, pair in enumerate(pairs):
        letter = letters[index]
        section += index == 0 or letters[index - 1] != letter or plan.form == "period"
        key = home if letter == "A" or plan.form == "period" else (dominant, home.relative)[ord(letter) % 2]
        if abs(key.fifths) > 7:
            key = home
        is_last_pair = index == len(pairs) - 1
        for number, length in enumerate(pair):
            ends_piece = is_last_pair and number == len(pair) - 1
            cadence = "authentic"
            if ends_piece:
                key = home
            elif number == 0 and len(pair) == 2:
                cadence = "half" if draws.chance(0.8) else "imperfect"
            elif draws.chance(0.12):
                cadence = "deceptive"
            theme = ord(letter)
            earlier = seen.get((theme, cadence, length))
            copies = earlier is not None and earlier.key == key and not ends_piece and draws.chance(0.6)
            phrase = Phrase(start, length, key, cadence, theme, copies, section)
            seen.setdefault((theme, cadence, length), phrase)
            found.append(phrase)
            start += length
    return found


def _lengths(measures: int) -> list[int]:
    """Lengths of phrases: four measures each, with the rest in the last ones."""
    if measures <= 5:
        return [measures]
    count = measures // 4
    rest = measures - 4 * count
    lengths = [4] * count
    if rest == 3 or (rest and count == 1):
        lengths.append(rest)
    else:
        lengths[-1] += rest
    if lengths[-1] < 2:
        lengths[-2] += lengths.pop()
    return lengths


def _sections(form: str, count: int) -> str:
    """The letter of each pair of phrases."""
    pattern = _LETTERS[form]
    if form == "binary":
        return "A" * ((count + 1) // 2) + "B" * (count // 2)
    if form == "ternary" and count <= 3:
        return ("A", "AB", "ABA")[count - 1]
    return (pattern * (count // len(pattern) + 1))[:count]


def _other_key(home: Key) -> Key:
    """The usual key of a middle section: the relative major of a minor key, the dominant of a major key."""
    return home.relative if home.is_minor else home.on_dominant()
