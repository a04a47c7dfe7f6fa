"""The plans of postprocessors for a page, which its layers and image carry from one phase to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smashcima.short_repr import ShortRepr


@dataclass(frozen=True, slots=True)
class Applied(ShortRepr):
    """The record of a filter that was applied to a page."""

    name: str
    """Path of the filter below the postprocessor: `f_camera/perspective`."""

    strength: float
    """Its strength, multiplied by those of all enclosing stacks."""

    parameters: Mapping[str, float | str]
    """Parameters drawn for this page by name, before the strength is applied."""


@dataclass(frozen=True, slots=True)
class PagePlan(ShortRepr):
    """The plan of one postprocessor for one page.

    It belongs to the page rather than the postprocessor, so that one postprocessor can process several pages at the
    same time, and so that changes of regions or pixels do not affect the plan.
    """

    postprocessor: str
    """Name of the postprocessor."""

    key: int
    """Key of the random streams: a postprocessor makes the same choices for the same key."""

    applied: tuple[Applied, ...] = ()
    """Records of the filters applied so far, in order."""

    is_finished: bool = False
    """Whether the merged image has been processed."""


def all_applied(plans: Sequence[PagePlan]) -> tuple[Applied, ...]:
    """The records of all postprocessors, in order."""
    return tuple(record for plan in plans for record in plan.applied)


def unfinished_plan(plans: Sequence[PagePlan], postprocessor: str) -> PagePlan | None:
    """The first plan of a postprocessor that has not yet processed the merged image."""
    return next(
        (plan for plan in plans if plan.postprocessor == postprocessor and not plan.is_finished), None
    )


def with_plan(plans: Sequence[PagePlan], before: PagePlan | None, after: PagePlan) -> tuple[PagePlan, ...]:
    """The plans with `before` replaced by `after`, or with `after` appended if `before` is `None`."""
    if before is None:
        return (*plans, after)
    return tuple(after if plan is before else plan for plan in plans)
