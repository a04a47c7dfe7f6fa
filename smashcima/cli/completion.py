"""Values that the shell completes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator


def completing(values: Callable[[], Iterable[str]], several: bool = False) -> Callable[[str], Iterator[str]]:
    """A function that completes one of the values, or the last of `several` that are separated by commas."""

    def complete(incomplete: str) -> Iterator[str]:
        before, comma, begun = incomplete.rpartition(",") if several else ("", "", incomplete)
        given = set(before.split(","))
        for value in values():
            if value.startswith(begun) and value not in given:
                yield f"{before}{comma}{value}"

    return complete


def presets() -> Iterable[str]:
    """Degradations of pages."""
    from smashcima.imaging.filters import PRESETS

    return PRESETS


def papers() -> Iterable[str]:
    """Kinds of paper."""
    from smashcima.synthesis.paper.presets import PRESETS

    return ("solid", "any", *PRESETS)


def looks() -> Iterable[str]:
    """Looks of pages."""
    from smashcima.orchestration import LOOKS

    return LOOKS


def overlays() -> Iterable[str]:
    """Overlays with ground truth."""
    from smashcima.exporting import OVERLAYS

    return OVERLAYS


def page_sizes() -> Iterable[str]:
    """Names of sheets."""
    from smashcima.engraving.page_size import NAMED_PAGE_SIZES

    return NAMED_PAGE_SIZES


def fonts() -> Iterable[str]:
    """Music fonts."""
    from smashcima.engraving import MusicFont

    return [font.value for font in MusicFont]


def writers() -> Iterable[str]:
    """Named writers of the pen."""
    from smashcima.synthesis.pen.priors import PRESETS

    return PRESETS
