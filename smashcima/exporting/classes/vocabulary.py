"""Class vocabularies, and the table that maps labels to all of them.

The table is `classes.tsv`. Each row is a label without its vocabulary, or `label@trait` for objects with a
trait (which precedes the plain row). Each cell is a class name in the vocabulary of its column; `-` means
that there is none. In a cell, `{small}` stands for `Small` if the symbol is small and the vocabulary has such
a class, `{position}` for `OnLine` or `InSpace`, and in `a|b`, `b` is the class of small symbols.

Sources of the names: MuNG Studio (`mung`), MUSCIMA++ 2.0 and 1.0, DeepScoresV2 (its `deepscores` set),
DoReMi.

The vocabulary `smashcima` has a class for every label that can be drawn: those of the table in its order, then
the other labels of `SmashcimaLabels` and `SmuflLabels` in theirs. New labels are added at the end, so that a
class keeps its number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib import resources
from types import MappingProxyType

from smashcima.errors import ExportError
from smashcima.exporting.classes.sign import Sign
from smashcima.scene.visual import Label, SmashcimaLabels, SmuflLabels

_NOTHING = "-"

_TITLES = {
    "smashcima": "labels of Smashcima",
    "mung": "MuNG, as in the current MuNG Studio (SMuFL-like names)",
    "muscimapp2": "MUSCIMA++ 2.0",
    "muscimapp1": "MUSCIMA++ 1.0",
    "deepscores": "DeepScoresV2, the `deepscores` annotation set",
    "doremi": "DoReMi",
}

VOCABULARIES: tuple[str, ...] = tuple(_TITLES)
"""Names of all vocabularies."""

_NOT_ASKED = ""
_MOST_SIGNS = 2**12

_FLEXIBLE = ("{small}", "{position}")


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The classes of a data set or program."""

    name: str
    title: str
    rules: MappingProxyType[str, str]
    """Mapping from `label` or `label@trait` to the cell of the table; empty for the vocabulary `smashcima`.
    """

    known: frozenset[str]
    """All classes to which a rule can lead."""

    _found: dict[Sign, str | None] = field(default_factory=dict, init=False, repr=False)
    """Cache: a page has a thousand symbols, but few different ones."""

    def class_of(self, sign: Sign) -> str | None:
        """Returns the class of a sign; `None` if the vocabulary has none."""
        if not self.rules:
            return sign.label
        found = self._found.get(sign, _NOT_ASKED)
        if found is _NOT_ASKED:
            found = _filled(self._rule(sign), sign, self.known)
            if len(self._found) < _MOST_SIGNS:
                self._found[sign] = found
        return found

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """All classes in the order of the table; for the vocabulary `smashcima`, all labels."""
        if not self.rules:
            return drawable_labels()
        return tuple(
            dict.fromkeys(
                name for cell in self.rules.values() for name in _readings(cell) if name in self.known
            )
        )

    @property
    def inexpressible(self) -> tuple[str, ...]:
        """Labels that can be drawn without a class in this vocabulary, in the order of `drawable_labels`."""
        if not self.rules:
            return ()
        return tuple(name for name in drawable_labels() if self.rules.get(name, _NOTHING) == _NOTHING)

    def _rule(self, sign: Sign) -> str:
        for trait in sorted(sign.traits):
            special = self.rules.get(f"{sign.label}@{trait}")
            if special is not None:
                return special
        return self.rules.get(sign.label, _NOTHING)


@lru_cache(maxsize=16)  # more than there are vocabularies
def vocabulary(name: str) -> Vocabulary:
    """Returns a vocabulary by name. The `ExportError` for an unknown name lists all names."""
    if name not in _TITLES:
        raise ExportError(f"There is no vocabulary {name!r}; available: {', '.join(_TITLES)}.")
    if name == "smashcima":
        return Vocabulary(name, _TITLES[name], MappingProxyType({}), frozenset())
    rules = {row: cells[name] for row, cells in _table().items()}
    return Vocabulary(name, _TITLES[name], MappingProxyType(rules), _known(name, rules))


@cache
def drawable_labels() -> tuple[str, ...]:
    """Returns all labels that can be drawn, without their vocabulary; the classes of the vocabulary `smashcima`."""
    in_table = (row.partition("@")[0] for row in _table())
    others = (Label.of(member).name for member in (*SmashcimaLabels, *SmuflLabels))
    names = dict.fromkeys((*in_table, *others))
    return (*(name for name in names if name not in _ADDED), *_ADDED)


_ADDED = ("custos", "cancellation", "erasure", "turnMark")
"""Labels that were added after classes had numbers, in the order of adding."""


def _known(name: str, rules: dict[str, str]) -> frozenset[str]:
    """All existing classes: those named in cells, and the variants of patterns that the data set has."""
    fixed = {reading for cell in rules.values() if not _is_flexible(cell) for reading in _readings(cell)}
    flexible = {reading for cell in rules.values() if _is_flexible(cell) for reading in _readings(cell)}
    return frozenset((fixed | (flexible - _ABSENT.get(name, frozenset()))) - {_NOTHING})


_SMALL_FLAGS = {
    f"flag{value}{way}Small" for value in ("16th", "32nd", "64th", "128th") for way in ("Up", "Down")
}

_ABSENT: dict[str, frozenset[str]] = {
    "deepscores": frozenset(_SMALL_FLAGS),
}
"""Small variants that match the pattern of a cell but do not exist in the vocabulary."""


@cache
def _table() -> dict[str, dict[str, str]]:
    """Rows of the table, each with a cell for every vocabulary."""
    text = resources.files("smashcima.exporting.classes").joinpath("classes.tsv").read_text("utf-8")
    head, *lines = text.splitlines()
    columns = head.split("\t")[1:]
    rows = (line.split("\t") for line in lines)
    return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}


def _is_flexible(cell: str) -> bool:
    return any(place in cell for place in _FLEXIBLE)


def _readings(cell: str) -> Iterator[str]:
    """All classes that a cell can stand for."""
    for choice in cell.split("|"):
        for position in ("OnLine", "InSpace") if "{position}" in choice else ("",):
            for small in ("", "Small") if "{small}" in choice else ("",):
                yield choice.replace("{position}", position).replace("{small}", small)


def _filled(cell: str, sign: Sign, known: frozenset[str]) -> str | None:
    """Class of a cell, given the traits of a sign."""
    small = "small" in sign.traits
    usual, _, when_small = cell.partition("|")
    choice = when_small if small and when_small else usual
    if choice == _NOTHING:
        return None
    if "{position}" in choice:
        if not sign.traits & {"onLine", "inSpace"}:
            return None
        choice = choice.replace("{position}", "OnLine" if "onLine" in sign.traits else "InSpace")
    if small and choice.replace("{small}", "Small") in known:
        return choice.replace("{small}", "Small")
    return choice.replace("{small}", "")
