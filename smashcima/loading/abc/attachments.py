"""Decorations and texts that wait for the event to which they belong."""

from __future__ import annotations

from collections.abc import Callable

from smashcima.loading.abc.decorating import NEEDS_NOTE, SPANS, articulate, mark_of, text_mark
from smashcima.loading.abc.drafts import BarDraft, LayerDraft, TimedMark
from smashcima.scene.semantic import Chord, ControlEvent, Event, Note, Trill

_SHOWN = 40

Report = Callable[[str, str], None]
"""Adds an issue: element and description."""


class Attachments:
    """What stands before the next event of a voice."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._decorations: list[str] = []
        self._marks: list[ControlEvent] = []
        self._starting: list[tuple[str, ControlEvent]] = []
        """Marks with an end, which begin at the next event."""

        self._open: dict[str, ControlEvent] = {}
        """Marks that have begun, by name."""

    def wait(self, mark: ControlEvent) -> None:
        """Attaches a mark to the next event."""
        self._marks.append(mark)

    def quote(self, text: str) -> None:
        """Attaches a chord symbol or annotation to the next event."""
        if not text.strip("^_<>@ "):
            return
        if text[0] in "<>":
            self._report("annotation", f"{text[:_SHOWN]} stands beside its note; drawn above it")
        self._marks.append(text_mark(text))

    def decorate(self, name: str, last: Note | Chord | None) -> None:
        """Attaches a decoration to the next event; `!crescendo)!` and the like end at the last one."""
        kind = name[:-1]
        if name.endswith("(") and kind in SPANS:
            self._starting.append((kind, SPANS[kind]()))
        elif name.endswith(")") and kind in SPANS:
            self._end(kind, last)
        elif name not in ("", "nil", "none"):
            self._decorations.append(name)

    def _end(self, kind: str, last: Note | Chord | None) -> None:
        mark = self._open.pop(kind, None)
        if mark is None or last is None:
            self._report("decoration", f"!{kind})! has no start; not drawn")
        elif mark.start is not last:
            mark.end = last
        elif isinstance(mark, Trill):
            mark.mei.pop("extender", None)
        else:
            self._report("decoration", f"!{kind}(! begins and ends at one note; not drawn")
            mark.detach()

    def attach(self, event: Event, bar: BarDraft) -> bool:
        """Attaches everything to an event that is drawn; returns whether a mark refers to it now."""
        before = len(bar.marks)
        for mark in self._marks:
            mark.start = event
            bar.marks.append(mark)
        self._marks = []
        self.apply(event, bar)
        return len(bar.marks) > before

    def apply(self, event: Event, bar: BarDraft) -> None:
        """Applies the decorations to an event, or to a note of a chord."""
        note = event if isinstance(event, Note | Chord) else None
        for name in self._decorations:
            if note is not None and articulate(name, note):
                continue
            mark = mark_of(name, note)
            if mark is None or (note is None and isinstance(mark, NEEDS_NOTE)):
                self._report("decoration", f"!{name[:_SHOWN]}! is not drawn")
            else:
                mark.start = event
                bar.marks.append(mark)
        self._decorations = []
        for name, mark in self._starting:
            mark.start = event
            bar.marks.append(mark)
            self._open[name] = mark
        self._starting = []

    def place(self, bar: BarDraft, layer: LayerDraft) -> None:
        """Puts everything at the end of what a layer has so far, where nothing that is drawn has a place for it."""
        marks, self._marks = self._marks, []
        for name in self._decorations:
            mark = mark_of(name, None)
            if mark is None or isinstance(mark, NEEDS_NOTE):
                self._report("decoration", f"!{name[:_SHOWN]}! does not stand at a note; not drawn")
            else:
                marks.append(mark)
        self._decorations = []
        bar.timed += (TimedMark(mark, layer, len(layer.entries)) for mark in marks)

    def finish(self, last: Note | Chord | None) -> None:
        """Ends the marks that are still open, at the last note."""
        for kind in list(self._open):
            self._report("decoration", f"!{kind}(! has no end; drawn to the last note")
            self._end(kind, last)
