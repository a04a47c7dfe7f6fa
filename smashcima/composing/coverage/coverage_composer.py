"""The composer of balanced signs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from smashcima.composing.composer import Composer
from smashcima.composing.conditions import Conditions
from smashcima.composing.coverage.measures import CoverageMeasure
from smashcima.composing.coverage.needs import Needs, signs_named
from smashcima.composing.draws import Draws
from smashcima.composing.theory import Key, Metre
from smashcima.composing.words import invented_name, title_for
from smashcima.errors import Issue, SettingsError
from smashcima.scene.semantic import KeySignature, Score, ScoreBuilder

_MOST_MEASURES = 20_000
_MOST_IDLE = 20
"""Measures without a wanted sign after which the piece ends."""

_METRES = tuple(
    Metre.parse(text)
    for text in (
        "2/4", "3/4", "4/4", "6/4", "9/4", "5/4", "7/4", "3/2", "4/2", "3/8", "6/8", "7/8", "9/8", "10/8", "10/16", "7/16",
        "5/16", "9/16", "common", "cut",
    )
)  # fmt: skip
_LONG_METRE = Metre.parse("4/2")
_BREVES = ("noteheadDoubleWholeSquare", "restDoubleWhole")


@dataclass(frozen=True)
class CoverageComposer(Composer):
    """Writes single staves in which every sign occurs a wanted number of times, for balanced data of detectors.

    ```python
    CoverageComposer(signs=("flag256thUp", "accidentalDoubleFlat", "cClefChange"), times=10).compose()
    ```

    The music is full of signs rather than beautiful: flags without beams down to 256ths, rare clefs and noteheads,
    accidentals on every line. Its measures are full. Of the conditions it takes key, metre, measures, title and composer;
    with a number of measures, it may not reach all numbers.
    """

    signs: tuple[str, ...] = ()
    """SMuFL names of the wanted signs, of `SIGNS`; all by default."""

    times: int = 4
    """How often each sign is wanted."""

    pairs: int = 0
    """How often each pair is wanted: an articulation or an ornament with each kind of note, and an accidental at each
    position from one ledger line below the staff to one above."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "signs", tuple(self.signs))
        signs_named(self.signs)
        for name in ("times", "pairs"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10_000:
                raise SettingsError(f"{name} must be an integer from 0 to 10000, not {value!r}.")

    def create(self, conditions: Conditions, draws: Draws) -> tuple[Score, tuple[Issue, ...]]:
        needs = Needs(signs_named(self.signs), self.times, self.pairs, draws)
        key = Key.parse(conditions.key) if isinstance(conditions.key, str) else Key(0)
        given = Metre.parse(conditions.metre) if isinstance(conditions.metre, str) else None
        most = conditions.measures if isinstance(conditions.measures, int) else _MOST_MEASURES
        metre = given or self._next_metre(needs, None) or Metre.parse("4/4")
        builder = ScoreBuilder(
            title_for(str(conditions.title or "Signs"), "", key.name, draws),
            invented_name(conditions.composer if isinstance(conditions.composer, str) else "", draws),
            key=KeySignature(key.fifths, "minor" if key.is_minor else "major"),
            time=metre.text,
        )
        builder.add_part("", "treble")
        self._count_metre(metre, needs)
        state = CoverageMeasure(builder, needs, key, draws)
        has_end = isinstance(conditions.measures, int)
        idle = 0
        for number in range(most):
            if number and not has_end and (needs.is_met or idle == _MOST_IDLE):
                break
            left = needs.total
            following = None if given or not number else self._next_metre(needs, metre)
            if following is not None:
                metre = following
                builder.change(time=metre.text)
                self._count_metre(metre, needs)
            state.write(metre)
            idle = 0 if needs.total < left else idle + 1
        issues = tuple(
            Issue("conditions", name, f"{left} more wanted, for which there are no measures")
            for name, left in needs.unmet.items()
        )
        return builder.build(), issues

    @staticmethod
    def _count_metre(metre: Metre, needs: Needs) -> None:
        for name in _names_of(metre):
            needs.use(name)

    @staticmethod
    def _next_metre(needs: Needs, current: Metre | None) -> Metre | None:
        """Another metre with the most wanted and the fewest other signs; `None` if none is wanted."""
        best, most = None, 0.0
        for metre in _METRES:
            left = [needs.left(name) for name in _names_of(metre)]
            score = sum(number > 0 for number in left) - 1.5 * sum(number <= 0 for number in left)
            score += sum(max(number, 0) for number in left) / 1000
            if metre != current and any(number > 0 for number in left) and (best is None or score > most):
                best, most = metre, score
        if best is None and current != _LONG_METRE and any(needs.left(name) > 0 for name in _BREVES):
            return _LONG_METRE
        return best


def _names_of(metre: Metre) -> Iterator[str]:
    """Names of the signs of a time signature."""
    if metre.text in ("common", "cut"):
        yield {"common": "timeSigCommon", "cut": "timeSigCutCommon"}[metre.text]
        return
    for digit in f"{metre.count}{metre.unit}":
        yield f"timeSig{digit}"
