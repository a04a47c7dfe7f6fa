"""Between MEI's `@loc`, which counts from the lowest line of a staff, and positions, which count from its middle."""

from __future__ import annotations

_USUAL = 5


class StaffLines:
    """Numbers of staff lines, kept up to date while the elements of a document are gone through in their order."""

    def __init__(self) -> None:
        self._lines: dict[str, int] = {}
        self._staff = ""

    def enter(self, tag: str, n: str, lines: int | None) -> None:
        """Takes notice of the start of a `scoreDef`, `staffDef` or `staff`; of `lines` where it gives them."""
        self._staff = "" if tag == "scoreDef" else n
        if tag == "staffDef" and lines is not None:
            self._lines[n] = lines

    def middle(self, staff: str | None = None) -> int:
        """`@loc` of the middle of a staff; of the staff that was entered last unless another one is named."""
        return self._lines.get(self._staff if staff is None else staff, _USUAL) - 1
