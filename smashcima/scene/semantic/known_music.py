"""What is known of the music of copies that have not been edited, which need not be found for each of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from itertools import chain
from typing import TYPE_CHECKING, Any

from smashcima.scene.graph import CopyPlan
from smashcima.scene.graph.late_copies import late, unread
from smashcima.scene.semantic.id_index import IdIndex
from smashcima.scene.semantic.semantic_object import TreeState
from smashcima.short_repr import ShortRepr

if TYPE_CHECKING:
    from smashcima.scene.semantic.score import Score
    from smashcima.scene.semantic.score_layout import ScoreLayout

_MOST_TEXTS = 8
"""Number of texts that are kept of one score: its formats, with their options."""

_MOST_OBJECTS = 20_000
"""Number of objects in the slices that are kept of one score: those of some 40 pages of piano music."""

_MOST_ASKED = 64
"""Number of slices of which it is remembered that they were made once."""

_MOST_PLANS = 24
"""Number of pages of which annotations are kept; each takes about 1 MB with the texts that were made of it."""

_Key = tuple[Hashable, ...]


class ScorePlan(ShortRepr):
    """Makes copies of a score, which share what is known of their music until they are edited."""

    def __init__(self, pattern: Score, is_updated: bool) -> None:
        """`pattern` and the objects connected to it must not change afterwards; raises as `CopyPlan`.

        `is_updated` tells whether its derived values are up to date.
        """
        objects = pattern.connected()
        self._class = type(pattern)
        self.layout = pattern.layout
        self._plan = CopyPlan(objects)
        numbers = {each: number for number, each in enumerate(objects)}
        in_tree = list(chain([pattern], pattern.descendants(), pattern.parts))
        self._in_tree = [numbers[each] for each in in_tree]
        self._places: dict[str, int] = {}
        for place, each in enumerate(in_tree):
            if each.id:
                self._places.setdefault(each.id, place)
        self.known = KnownMusic(is_updated)

    def __len__(self) -> int:
        return len(self._in_tree)

    def make(self) -> Score:
        """A new copy, with its index by id."""
        return self._make(None)

    def make_late(self) -> Score:
        """A new copy whose objects are made when it is read; what is known of its music needs no objects."""
        return late(self._class, self)

    def __call__(self, score: Score) -> None:
        """Makes the objects of a late copy."""
        self._make(score)

    def _make(self, first: Score | None) -> Score:
        copies = self._plan.copies(first)
        score: Score = copies[0]
        index = IdIndex.of_copies([copies[number] for number in self._in_tree], self._places)
        score.__dict__["_id_index"] = index
        score.__dict__["_known"] = (self.known, index.state)
        return score


class KnownMusic(ShortRepr):
    """Texts and slices of the unedited copies of one score, as far as they have been asked for."""

    def __init__(self, is_updated: bool) -> None:
        self.is_updated = is_updated
        """Whether the derived values of the copies are up to date."""
        self._texts: dict[_Key, str] = {}
        self._slices: dict[_Key, ScorePlan] = {}
        self._asked: dict[_Key, None] = {}
        """The slices that were made once, the last ones."""
        self._plans: dict[_Key, object] = {}
        self._asked_plans: dict[_Key, None] = {}
        """The images that were annotated, the last ones: as many as there are plans, so that each plan is found again."""

    def text(self, score: Score, key: _Key, write: Callable[[], str]) -> str:
        """A text of the score that depends on its music, its layout and the key only; written by `write` if it is new."""
        key = (_layout_of(score), *key)
        known = self._texts.get(key)
        if known is None:
            known = write()
            if known_music(score) is self:  # which may have got ids
                if len(self._texts) >= _MOST_TEXTS:
                    self._texts.clear()
                self._texts[key] = known
        return known

    def slice(self, score: Score, key: _Key, cut: Callable[[], Score]) -> Score:
        """A slice of the score that depends on its music, its layout and the key only; made by `cut` if it is new.

        Slices are kept when they are asked for again, since most are made once.
        """
        key = (_layout_of(score), *key)
        plan = self._slices.get(key)
        if plan is not None:
            return plan.make_late()
        if key not in self._asked:
            _remember(self._asked, key, _MOST_ASKED)
            return cut()
        before = _values(score)
        made = cut()
        # A slice of music that was not up to date also updates the score, which copies of the slice would not do.
        if known_music(score) is self and _values(score) == before:
            self._keep(key, made)
        return made

    def kept(self, key: _Key) -> Any:
        """What was kept of images of this music with a key; `None` if nothing was."""
        return self._plans.get(key)

    def is_asked_again(self, key: _Key) -> bool:
        """Whether something was asked for before; most music is drawn once, so nothing is kept at the first time."""
        if key in self._asked_plans:
            return True
        _remember(self._asked_plans, key, _MOST_PLANS)
        return False

    def keep(self, key: _Key, plan: object) -> None:
        """Keeps something that depends on the music and the key, and does not refer to this copy of it."""
        if key not in self._plans and len(self._plans) >= _MOST_PLANS:
            self._plans.pop(next(iter(self._plans)), None)
        self._plans[key] = plan

    def _keep(self, key: _Key, made: Score) -> None:
        try:
            plan = ScorePlan(made, is_updated=True)
        except ValueError:  # with values that are not of Smashcima
            return
        if len(plan) + sum(map(len, self._slices.values())) > _MOST_OBJECTS:
            # Those of other layouts may not be asked for any more.
            self._slices = {each: kept for each, kept in self._slices.items() if each[0] == key[0]}
        if len(plan) + sum(map(len, self._slices.values())) <= _MOST_OBJECTS:
            self._slices[key] = plan


def _remember(asked: dict[_Key, None], key: _Key, most: int) -> None:
    if len(asked) >= most:
        asked.pop(next(iter(asked)), None)
    asked[key] = None


def known_music(score: Score) -> KnownMusic | None:
    """What is known of a copy that has not been edited; `None` for other scores."""
    plan: ScorePlan | None = unread(score)
    if plan is not None:
        return plan.known
    kept: tuple[KnownMusic, TreeState] | None = score.__dict__.get("_known")
    if kept is None or kept[1].is_edited or score.__dict__.get("_tree_index_state") is not kept[1]:
        return None
    return kept[0]


def _layout_of(score: Score) -> ScoreLayout | None:
    """The layout of a score, for which the objects of a late copy need not be made."""
    plan: ScorePlan | None = unread(score)
    return score.layout if plan is None else plan.layout


def _values(score: Score) -> list[dict[str, Any]]:
    """The values of all objects of a score, other than edges, whose changes are seen anyway."""
    return [
        {
            name: value
            for name, value in each.__dict__.items()
            if name not in type(each)._edge_fields
            and name not in type(each)._transient
            and name != "_incoming"
        }
        for each in chain([score], score.descendants(), score.parts)
    ]
