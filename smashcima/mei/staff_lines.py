"""Conversion between MEI's `@loc`, relative to the lowest staff line, and positions relative to the middle line."""

from __future__ import annotations

_USUAL = 5


class StaffLines:
    """Numbers of staff lines, updated while the elements of a document are visited in order."""

    def __init__(self) -> None:
        self._lines: dict[str, int] = {}
        self._staff = ""

    def enter(self, tag: str, n: str, lines: int | None) -> None:
        """Records the start of a `scoreDef`, `staffDef` or `staff`, and its `lines` if given."""
        self._staff = "" if tag == "scoreDef" else n
        if tag == "staffDef" and lines is not None:
            self._lines[n] = lines

    def middle(self, staff: str | None = None) -> int:
        """`@loc` of the middle of a staff, by default of the staff entered last."""
        return self._lines.get(self._staff if staff is None else staff, _USUAL) - 1
