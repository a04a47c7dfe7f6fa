"""Resolution of scans and photographs, and colour or gray."""

from __future__ import annotations

from dataclasses import dataclass, replace

from smashcima.imaging import LayerSet, ProjectiveMap
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter import Filter, PlannedFilter
from smashcima.imaging.filters.filter_types import LayersFilter
from smashcima.imaging.filters.image_in_progress import ImageInProgress
from smashcima.imaging.filters.parameters import LogNormal, Parameter


@dataclass(kw_only=True, eq=False)
class Resolution(LayersFilter):
    """Resolution of a scan or photograph: the page is drawn with fewer pixels, and all other filters work on these.

    Has no effect above the resolution of the page. It comes before all other filters, wherever it stands in a stack.
    """

    dpi: Parameter = LogNormal(180, 0.35)
    """Pixels per inch of paper at strength 1; half of it at strength 2."""

    least_dpi: float = 90.0
    """The resolution is not lowered below this."""

    keep_size: bool = True
    """Whether the finished picture is enlarged to the usual size, as if somebody had done so later. Only compositors do this."""

    @property
    def lowers_resolution(self) -> bool:
        """It does."""
        return True

    @property
    def keeps_size(self) -> bool:
        """As the option says."""
        return self.keep_size

    def working_dpi(self, planned: PlannedFilter) -> float:
        """The resolution of the page."""
        return self._drawn(planned.peek())

    def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
        """Reduces layers that were drawn at a higher resolution."""
        dpi, before = self._drawn(draws), layers.grid.dpi
        if dpi >= before:
            return layers
        width, height = (max(1, round(side * dpi / before)) for side in (layers.width, layers.height))
        smaller = ProjectiveMap.scaling(width / layers.width, height / layers.height)
        result = layers.warped(smaller, width, height)
        return replace(
            result,
            grid=replace(result.grid, dpi=dpi),
            paper=replace(result.paper, dpi=dpi),
            plans=layers.plans,
        )

    def _drawn(self, draws: Draws) -> float:
        return max(draws.value("dpi", self.dpi) / draws.strength, self.least_dpi)


@dataclass(kw_only=True, eq=False)
class Grayscale(Filter):
    """A picture without colours. The following filters work on one channel, so put it first."""

    def apply_to_image(self, image: ImageInProgress, planned: PlannedFilter) -> None:
        """Drops the colours; a strength below 1 makes no difference."""
        planned.start()
        image.to_gray()
