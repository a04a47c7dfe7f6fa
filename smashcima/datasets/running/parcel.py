"""A plan on its way to another process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smashcima.datasets.generation import GenerationPlan, ScoreSource, register_source
from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.sources import check_source
from smashcima.datasets.layouts import Layout, make_layout, register_layout
from smashcima.loading import formats_to_send, receive_formats


@dataclass(frozen=True)
class PlanParcel:
    """A plan with the classes of its sources and layout, and the formats that were registered.

    It can be pickled. Classes are sent by name, so a class of the user must be in a module that can be imported.
    """

    data: Mapping[str, Any]
    folder: Path
    sources: tuple[type[ScoreSource], ...]
    layout: type[Layout]
    formats: tuple[Any, ...]

    @staticmethod
    def of(plan: GenerationPlan) -> PlanParcel:
        """Packs a plan."""
        kinds = {check_source(source, Where()): None for source in plan.sources}
        return PlanParcel(
            plan.to_data(),
            plan.folder.absolute(),
            tuple(kinds),
            type(make_layout(plan.layout)),
            formats_to_send(),
        )

    def open(self) -> GenerationPlan:
        """Unpacks the plan, and registers what it needs in this process."""
        receive_formats(self.formats)
        for kind in self.sources:
            register_source(kind)
        register_layout(self.layout)
        return GenerationPlan.from_data(dict(self.data), folder=self.folder)
