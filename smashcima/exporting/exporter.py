"""What all exporters have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, TypeVar

from smashcima.errors import Issue

Exported_contra = TypeVar("Exported_contra", contravariant=True)
"""What is exported: a picture, a page, a score, ..."""

Value_co = TypeVar("Value_co", covariant=True)
"""What the format is in Python: text, bytes, an array, an element, ..."""


class Exporter(Protocol[Exported_contra, Value_co]):
    """Writes one kind of thing in one format.

    Exporters are frozen values whose fields are options, and can be shared. They only read what they export: the same
    input and options give the same bytes. An `ExportError` says why something cannot be exported.
    """

    def export(self, x: Exported_contra, /) -> Value_co:
        """The format as a value."""

    def write(self, x: Exported_contra, /, path: str | Path) -> object:
        """Writes a file, or a folder where the format needs one."""

    def omissions(self, x: Exported_contra, /) -> list[Issue]:
        """What is in `x` and is left out of the export, or only partly exported, because the format cannot say it.

        Empty if the format keeps everything. What an option leaves out of a format that could say it is not listed.
        """


class TextExporter(Exporter[Exported_contra, Value_co], Protocol[Exported_contra, Value_co]):
    """An exporter to a text format."""

    def export_string(self, x: Exported_contra, /) -> str:
        """The text that `write` writes, up to a declaration or final line end."""
