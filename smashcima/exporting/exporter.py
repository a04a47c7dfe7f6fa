"""Protocols of all exporters."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, TypeVar

from smashcima.errors import Issue

Exported_contra = TypeVar("Exported_contra", contravariant=True)
"""Type of the exported object: an image, a page, a score, ..."""

Value_co = TypeVar("Value_co", covariant=True)
"""Type of the exported value: text, bytes, an array, an element, ..."""


class Exporter(Protocol[Exported_contra, Value_co]):
    """Exports objects of one type to one format.

    Exporters are frozen values whose fields are options, and can be shared. They do not change what they
    export; the same input and options give the same bytes. They raise an `ExportError` if something cannot be
    exported.
    """

    def export(self, x: Exported_contra, /) -> Value_co:
        """Returns the exported value."""

    def write(self, x: Exported_contra, /, path: str | Path) -> object:
        """Writes a file, or a folder if the format requires one."""

    def omissions(self, x: Exported_contra, /) -> list[Issue]:
        """Lists what the format cannot express: elements of `x` that are left out or exported in part.

        Empty if the format keeps everything. Elements excluded by an option are not listed.
        """


class TextExporter(Exporter[Exported_contra, Value_co], Protocol[Exported_contra, Value_co]):
    """Exporter to a text format."""

    def export_string(self, x: Exported_contra, /) -> str:
        """Returns the text that `write` writes, except for a declaration or final line end."""
