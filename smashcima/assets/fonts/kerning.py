"""Pair kerning from the GPOS table of an OpenType font."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_PAIR_POSITIONING = 2
_EXTENSION = 9


class Kerning:
    """Looks up the kerning of two adjacent glyphs of a font."""

    def __init__(self, font: Any) -> None:
        """`font` is a `fontTools.ttLib.TTFont`; without a GPOS table there is no kerning."""
        self._subtables = list(_kerning_subtables(font["GPOS"].table)) if "GPOS" in font else []

    def between(self, left: str, right: str) -> int:
        """Change of the distance between two glyphs, given by name, in font units; usually negative or 0."""
        for subtable in self._subtables:
            if left not in subtable.Coverage.glyphs:
                continue
            found = (
                _in_pairs(subtable, left, right)
                if subtable.Format == 1
                else _in_classes(subtable, left, right)
            )
            if found is not None:  # the first subtable with the pair applies
                return found
        return 0

    def glyphs(self) -> tuple[set[str], set[str]]:
        """Glyphs that may be kerned as the left and as the right one of a pair."""
        lefts: set[str] = set()
        rights: set[str] = set()
        for subtable in self._subtables:
            lefts.update(subtable.Coverage.glyphs)
            if subtable.Format == 1:
                rights.update(
                    record.SecondGlyph for pairs in subtable.PairSet for record in pairs.PairValueRecord
                )
            else:
                rights.update(subtable.ClassDef2.classDefs)
        return lefts, rights


def _kerning_subtables(table: Any) -> Iterator[Any]:
    features = table.FeatureList.FeatureRecord if table.FeatureList is not None else ()
    numbers = {
        n for record in features if record.FeatureTag == "kern" for n in record.Feature.LookupListIndex
    }
    for number in sorted(numbers):
        for subtable in table.LookupList.Lookup[number].SubTable:
            inner = subtable.ExtSubTable if subtable.LookupType == _EXTENSION else subtable
            if inner.LookupType == _PAIR_POSITIONING:
                yield inner


def _in_pairs(subtable: Any, left: str, right: str) -> int | None:
    pairs = subtable.PairSet[subtable.Coverage.glyphs.index(left)]
    for record in pairs.PairValueRecord:
        if record.SecondGlyph == right:
            return _advance(record.Value1)
    return None


def _in_classes(subtable: Any, left: str, right: str) -> int | None:
    first = subtable.ClassDef1.classDefs.get(left, 0)
    second = subtable.ClassDef2.classDefs.get(right, 0)
    return _advance(subtable.Class1Record[first].Class2Record[second].Value1)


def _advance(value: Any) -> int:
    return int(getattr(value, "XAdvance", 0) or 0)
