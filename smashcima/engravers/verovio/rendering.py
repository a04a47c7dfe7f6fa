"""One run of Verovio, from MEI to pages of primitives."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

from smashcima.engravers.verovio.mei_index import MeiIndex, Portion
from smashcima.engravers.verovio.svg_reader import SvgReader
from smashcima.engravers.verovio.toolkit import Toolkit
from smashcima.engravers.verovio.verovio_setup import Scale, Setup, set_up
from smashcima.engraving.layout_options import LayoutOptions
from smashcima.engraving.page_content import PageContent, PageExtent
from smashcima.errors import EngravingError, Issue

_SQUEEZED = "Justification is highly compressed (ratio smaller than 0.8:"
_SQUEEZED_DETAILS = ("System full width:", "Non-justifiable width:", "Drawing justifiable width:")


class Rendering:
    """Result of one run. The SVG is read when its content is first used: of some runs only the log is needed."""

    def __init__(
        self,
        read: Callable[[], _Content],
        scale: Scale,
        log: tuple[str, ...],
        squeeze: float,
        number_of_first: int,
    ) -> None:
        self._read = read
        self.scale = scale
        self.log = log
        """Verovio's log, without messages about compressed systems."""
        self.squeeze = squeeze
        """Smallest compression ratio of note spacing of all systems; 1 if none is below Verovio's threshold of 0.8."""
        self.number_of_first = number_of_first
        """Number that Verovio gives to the first page, from 1."""

    @cached_property
    def _content(self) -> _Content:
        content = self._read()
        del self._read  # with the SVG
        return content

    @property
    def pages(self) -> tuple[PageContent, ...]:
        """The pages, as primitives."""
        return self._content.pages

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Issues of the SVG reader."""
        return self._content.issues

    @cached_property
    def extents(self) -> tuple[PageExtent, ...]:
        """The extents of the pages."""
        return tuple(page.extent() for page in self.pages)


@dataclass(frozen=True, slots=True)
class _Content:
    """What was read from the SVG."""

    pages: tuple[PageContent, ...]
    issues: tuple[Issue, ...]


def render_svgs(mei: str, setup: Setup, portion: Portion | None = None) -> tuple[list[str], list[str], int]:
    """The pages drawn by Verovio, as SVG, its log, and the number of the first page in the document, from 1."""
    toolkit = Toolkit(setup.options)
    toolkit.load_mei(mei)
    count = toolkit.page_count()
    if count == 0:
        raise EngravingError("Verovio produced no pages, because the score has no measures.")
    first = 1
    if portion is not None and portion.start is not None:
        first = max(toolkit.page_of(portion.start), 1)
        if first > 1:  # laid out for the marks that go on from there, with messages that do not matter
            toolkit.render_svg(first - 1)
            toolkit.drop_log()
    svgs = [toolkit.render_svg(number) for number in range(first, count + 1)]
    return svgs, toolkit.drain_log(), first


def render(
    mei: str,
    options: LayoutOptions,
    index: MeiIndex,
    known_ids: Collection[str],
    breaks: str,
    staff_scale: float = 1.0,
    justify: bool = True,
) -> Rendering:
    """Lays out MEI once, with Verovio's value of `breaks` and all staves scaled by `staff_scale`."""
    setup = set_up(options, breaks, staff_scale, justify)
    svgs, log, number_of_first = render_svgs(mei, setup, index.portion)
    squeeze, others = _read_log(log)

    def read() -> _Content:
        reader = SvgReader(index, known_ids, str(setup.options["font"]), setup.scale)
        first = 0 if index.portion is None else index.portion.page
        pages = tuple(reader.read_page(svg, number) for number, svg in enumerate(svgs, first))
        return _Content(pages, tuple(reader.issues))

    return Rendering(read, setup.scale, tuple(others), squeeze, number_of_first)


def _read_log(lines: list[str]) -> tuple[float, list[str]]:
    squeeze, others = 1.0, []
    for line in lines:
        _, found, rest = line.partition(_SQUEEZED)
        if found:
            squeeze = min(squeeze, float(rest.strip().rstrip(")").split()[0].rstrip(")")))
        elif not any(words in line for words in _SQUEEZED_DETAILS):
            others.append(line)
    return squeeze, others
