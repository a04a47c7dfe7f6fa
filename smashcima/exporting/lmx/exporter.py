"""Exporter of scores to Linearized MusicXML."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from smashcima.errors import ExportError, Issue, SettingsError
from smashcima.exporting.former_names import DistractorsMethod
from smashcima.exporting.lmx.preparing import prepare_part
from smashcima.exporting.symbolic import ScoreSource
from smashcima.exporting.symbolic.partwise import partwise
from smashcima.exporting.writing import write_text
from smashcima.extras import missing
from smashcima.short_repr import ShortRepr

_FLAVORS = ("extended", "core")
_COMPLAINT = re.compile(r"\[ERROR\]\[P:[^\]]*? M:(?P<measure>[^\]]*)\]: (?P<what>.*)")


@dataclass(frozen=True, slots=True)
class LmxExporter(DistractorsMethod, ShortRepr):
    """Exports one part as Linearized MusicXML, using the library of its authors (extra `lmx`).

    Raises a `SettingsError` for an unknown flavor.
    """

    part: int | None = None
    """Number of the part, from 1 at the top; required if there are several."""

    flavor: str = "extended"
    """`extended`: with slurs, articulations and ornaments. `core`: without them."""

    def __post_init__(self) -> None:
        if self.flavor not in _FLAVORS:
            raise SettingsError(f"flavor must be one of {', '.join(_FLAVORS)}, not {self.flavor!r}.")

    def export(self, score: ScoreSource) -> tuple[str, ...]:
        """Returns the tokens. Raises an `ExportError` if the library is not installed, or if `part` is
        missing and there are several parts.
        """
        return self._export(score)[0]

    def export_string(self, score: ScoreSource) -> str:
        """Returns the tokens, separated by spaces."""
        return " ".join(self.export(score))

    def write(self, score: ScoreSource, path: str | Path) -> None:
        """Writes a file with one line; raises an `ExportError` if that fails."""
        write_text(self.export_string(score) + "\n", path)

    def omissions(self, score: ScoreSource) -> list[Issue]:
        """Lists drawn elements that the tokens do not express."""
        return self._export(score)[1]

    def _export(self, score: ScoreSource) -> tuple[tuple[str, ...], list[Issue]]:
        try:
            from lmx.linearization.Linearizer import Linearizer  # type: ignore[import-untyped]
            from lmx.linearization.vocabulary import EXTENDED_FLAVOR_TOKENS  # type: ignore[import-untyped]
        except ImportError as error:
            raise ExportError(_missing(error)) from error
        root, issues = partwise(score, ids=False, hidden=False)
        part, unprepared = prepare_part(self._chosen(root))
        complaints = io.StringIO()
        linearizer = Linearizer(errout=complaints, fail_on_unknown_tokens=False)
        try:
            linearizer.process_part(part)
        except (AssertionError, AttributeError, KeyError, TypeError, ValueError) as error:
            raise ExportError(f"linearized-musicxml could not linearize the part: {error!r}.") from error
        tokens: Iterable[str] = linearizer.output_tokens
        if self.flavor == "core":
            tokens = (token for token in tokens if token not in EXTENDED_FLAVOR_TOKENS)
        found = (_COMPLAINT.match(line) for line in complaints.getvalue().splitlines())
        said = [Issue(f"measure {m['measure']}", "lmx", m["what"]) for m in found if m is not None]
        return tuple(tokens), [*issues, *unprepared, *said]

    def _chosen(self, root: ET.Element) -> ET.Element:
        parts = root.findall("part")
        if self.part is None and len(parts) > 1:
            raise ExportError(
                f"LMX has one part, but the score has {len(parts)}. Choose one (LmxExporter(part=1)), "
                "or slice the score."
            )
        number = 1 if self.part is None else self.part
        if not 1 <= number <= len(parts):
            raise ExportError(f"There is no part {number}; the score has {len(parts)}.")
        return parts[number - 1]


def _missing(error: ImportError) -> str:
    return missing("lmx", "lmx", "LMX needs", error, "linearized-musicxml")


def lmx_to_musicxml(tokens: Iterable[str] | str) -> ET.Element:
    """Converts LMX tokens, such as the output of a recogniser, to MusicXML (`score-partwise`).

    Skips misplaced tokens. Raises an `ExportError` if the library is not installed.
    """
    try:
        from lmx.linearization.Delinearizer import Delinearizer  # type: ignore[import-untyped]
        from lmx.symbolic.part_to_score import part_to_score  # type: ignore[import-untyped]
    except ImportError as error:
        raise ExportError(_missing(error)) from error
    text = tokens if isinstance(tokens, str) else " ".join(tokens)
    delinearizer = Delinearizer(errout=io.StringIO())
    delinearizer.process_text(text)
    root: ET.Element = part_to_score(delinearizer.part_element, part_id="P1", part_name="").getroot()
    return root
