"""What postprocessors do to a page: carried by the layers and the image of the page from one phase to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Applied:
    """The record of a filter that was applied to a page."""

    name: str
    """Path of the filter below the postprocessor: `f_camera/perspective`."""

    strength: float
    """Its own, multiplied by those of all stacks around it."""

    parameters: Mapping[str, float | str]
    """What was drawn for this page, by name, before the strength is applied."""


@dataclass(frozen=True, slots=True)
class PagePlan:
    """What one postprocessor does to one page.

    It belongs to the page and not to the postprocessor, so that one postprocessor can work on any number of pages at
    a time, and so that changing the regions or the pixels of the layers does not change the plan.
    """

    postprocessor: str
    """Name of the postprocessor."""

    key: int
    """Key of the random streams: the same postprocessor and the same key make the same choices."""

    applied: tuple[Applied, ...] = ()
    """What has been applied so far, in that order."""

    is_finished: bool = False
    """Whether the merged image has been processed as well."""


def all_applied(plans: Sequence[PagePlan]) -> tuple[Applied, ...]:
    """The records of all postprocessors, in that order."""
    return tuple(record for plan in plans for record in plan.applied)


def unfinished_plan(plans: Sequence[PagePlan], postprocessor: str) -> PagePlan | None:
    """The first plan of a postprocessor that still has to process the merged image."""
    return next(
        (plan for plan in plans if plan.postprocessor == postprocessor and not plan.is_finished), None
    )


def with_plan(plans: Sequence[PagePlan], before: PagePlan | None, after: PagePlan) -> tuple[PagePlan, ...]:
    """The plans with one of them replaced, or with one more if there is none to replace."""
    if before is None:
        return (*plans, after)
    return tuple(after if plan is before else plan for plan in plans)
