"""The choice of measures, one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from smashcima.composing.corpus.model import ORDER, Context, CorpusModel, LearnedWork
from smashcima.composing.corpus.units import MeasureUnit
from smashcima.composing.draws import Draws

Place = tuple[LearnedWork, int]

_MOST_TRIES = 30


class Chooser:
    """Chooses measures of one kind."""

    def __init__(self, model: CorpusModel, places: Sequence[Place], draws: Draws) -> None:
        self._model = model
        self._places = places
        self._draws = draws
        self._by_context: dict[Context, list[Place]] = {}
        for place in places:
            for context in _contexts(place):
                self._by_context.setdefault(context, []).append(place)
        self._first = [place for place in places if place[1] <= 1]
        self._last = [place for place in places if place[1] >= len(place[0].units) - 1]

    def choose(self, count: int) -> list[MeasureUnit]:
        """A number of measures, of which no three in a row are those of a work."""
        chosen: list[Place] = []
        while len(chosen) < count:
            is_last = len(chosen) == count - 1
            candidates = [self._last] if is_last and self._last else []
            if not chosen:
                candidates.append(self._first)
            candidates += self._followers(chosen)
            candidates.append(list(self._places))
            chosen.append(self._allowed(candidates, chosen))
        return [_unit(place) for place in chosen]

    def _followers(self, chosen: Sequence[Place]) -> list[list[Place]]:
        """Measures that have followed the same entries, from the longest context to the shortest."""
        if not chosen:
            return []
        work, index = chosen[-1]
        following = work.units[index + 1] if index + 1 < len(work.units) else None
        if following is None:
            return []
        entries = [_unit(place).entry for place in chosen[-(ORDER - 1) :]] + [following.entry]
        return [self._by_context.get(tuple(entries[start:]), []) for start in range(len(entries))]

    def _allowed(self, candidates: Sequence[Sequence[Place]], chosen: Sequence[Place]) -> Place:
        """A random candidate of the first list with one that repeats no three measures of a work."""
        for places in candidates:
            for place in self._draws.sample(places, _MOST_TRIES):
                if not self._repeats(place, chosen):
                    return place
        # Every measure of the model continues what is there: a break is better than a copy.
        return next((place for place in self._places if not self._repeats(place, chosen)), self._places[0])

    def _repeats(self, place: Place, chosen: Sequence[Place]) -> bool:
        if len(chosen) < 2:
            return False
        run = (_unit(chosen[-2]).shape, _unit(chosen[-1]).shape, _unit(place).shape)
        return run in self._model.runs


def _unit(place: Place) -> MeasureUnit:
    unit = place[0].units[place[1]]
    assert unit is not None
    return unit


def _contexts(place: Place) -> list[Context]:
    """The entries of the measure and of one, two, ... before it."""
    work, index = place
    found: list[Context] = []
    context: Context = ()
    for before in range(ORDER):
        unit = work.units[index - before] if index >= before else None
        if unit is None:
            break
        context = (unit.entry, *context)
        found.append(context)
    return found
