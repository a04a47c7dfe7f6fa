"""Patch tables, which list patches of paper as pages of an IIIF server and rectangles on them.

A table is a CSV file in UTF-8 with a line of column names and one line for each patch:

```csv
identifier,x,y,width,height,dpi,server,note
uuid:6b5e2a10-0000-4000-8000-000000000001,120,300,640,480,300,,lower margin
page-12,0,0,800,600,400,https://images.example.org/iiif,flyleaf
```

| column | meaning |
|---|---|
| `identifier` | identifier of the page on the server, such as `uuid:...` in Kramerius libraries |
| `x`, `y`, `width`, `height` | the rectangle, in pixels of the full image; its sides must be 64 to 4096 px |
| `dpi` | resolution of the full image in pixels per inch |
| `server` | optional: base URL of the IIIF server; by default that of the bundle |
| `note` | optional: any text |

`server` may contain `{id}` in place of the identifier, for servers with the identifier in the middle of their URLs.
Lines that begin with `#` are comments.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from smashcima.errors import AssetError, CorruptAssetError, Issue, reason_of

REQUIRED = ("identifier", "x", "y", "width", "height", "dpi")
OPTIONAL = ("server", "note")
COLUMNS = (*REQUIRED, *OPTIONAL)

SMALLEST_PX, LARGEST_PX = 64, 4096
LOWEST_DPI, HIGHEST_DPI = 50.0, 1200.0

_IDENTIFIER = re.compile(r"[^\s?#\x00-\x1f]+")
_UUID = re.compile(r"uuid:[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_NUMBER = re.compile(r"\d{1,7}")


@dataclass(frozen=True, slots=True)
class PatchRow:
    """One patch of a table."""

    identifier: str
    x: int
    y: int
    width: int
    height: int
    """`x`, `y`, `width` and `height` are the rectangle, in pixels of the full image."""

    dpi: float
    server: str = ""
    """Base URL of the IIIF server; empty for the default of the bundle."""

    note: str = ""

    @property
    def file_name(self) -> str:
        """File name of the patch, derived from the row, so that users can also supply the file."""
        plain = re.sub(r"[^A-Za-z0-9-]+", "-", self.identifier).strip("-") or "page"
        return f"{plain[:80]}_{self.x}_{self.y}_{self.width}_{self.height}.jpg"


def read_patch_table(path: str | Path) -> tuple[PatchRow, ...]:
    """Reads the patches of a table.

    Raises:
        AssetError: the file does not exist or cannot be read.
        CorruptAssetError: the table has problems, which the message lists.
    """
    rows, issues = _parsed(Path(path))
    if issues:
        told = "\n".join(f"- {issue}" for issue in issues[:20])
        more = f"\n- and {len(issues) - 20} more" if len(issues) > 20 else ""
        raise CorruptAssetError(f"The patch table {path} cannot be used:\n{told}{more}")
    return rows


def check_patch_table(path: str | Path) -> list[Issue]:
    """All problems of a patch table, by line; empty if the table is valid.

    Raises:
        AssetError: the file does not exist or cannot be read.
    """
    return _parsed(Path(path))[1]


def patch_table_text(rows: Iterable[PatchRow]) -> str:
    """A patch table as text, for writing to a file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([getattr(row, column) if column != "dpi" else f"{row.dpi:g}" for column in COLUMNS])
    return text.getvalue()


def _parsed(path: Path) -> tuple[tuple[PatchRow, ...], list[Issue]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise AssetError(f"The patch table {path} cannot be read: {error.strerror or error}.") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return (), [Issue(f"byte {error.start}", "encoding", "not UTF-8; save the table as UTF-8")]
    lines = _lines(text)
    try:
        first = next(lines, None)
        if first is None:
            return (), [
                Issue("line 1", "header", f"the table is empty; its first line must be {','.join(COLUMNS)}")
            ]
        header = [name.strip() for name in first[1]]
        issues = _header_issues(first[0], header)
        if issues:
            return (), issues
        return _rows(lines, header)
    except csv.Error as error:
        return (), [Issue("table", "CSV", f"cannot be read: {reason_of(error)}")]


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Numbers and cells of lines that are neither empty nor comments."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, next(csv.reader([line], strict=True))


def _header_issues(number: int, header: list[str]) -> list[Issue]:
    where = f"line {number}"
    issues = [Issue(where, name, "column is missing") for name in REQUIRED if name not in header]
    for name in dict.fromkeys(header):
        if name not in COLUMNS:
            issues.append(
                Issue(where, name or "column", f"unknown column; valid columns are {', '.join(COLUMNS)}")
            )
        elif header.count(name) > 1:
            issues.append(Issue(where, name, "duplicate column"))
    return issues


def _rows(
    lines: Iterable[tuple[int, list[str]]], header: list[str]
) -> tuple[tuple[PatchRow, ...], list[Issue]]:
    rows: list[PatchRow] = []
    issues: list[Issue] = []
    seen: dict[tuple[object, ...], int] = {}
    for number, cells in lines:
        where = f"line {number}"
        if len(cells) != len(header):
            issues.append(
                Issue(where, "cells", f"the line has {len(cells)} cells, but there are {len(header)} columns")
            )
            continue
        values = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
        problems = list(_row_issues(where, values))
        issues.extend(problems)
        if problems:
            continue
        row = PatchRow(
            values["identifier"],
            int(values["x"]),
            int(values["y"]),
            int(values["width"]),
            int(values["height"]),
            dpi=float(values["dpi"]),
            server=values.get("server", ""),
            note=values.get("note", ""),
        )
        first = seen.setdefault((row.server, row.file_name), number)
        if first != number:
            issues.append(Issue(where, "identifier", f"duplicate of the patch in line {first}"))
        rows.append(row)
    if not rows and not issues:
        issues.append(Issue("table", "rows", "the table has no patches"))
    return tuple(rows), issues


def _row_issues(where: str, values: dict[str, str]) -> Iterator[Issue]:
    """Issues of the cells of one line."""
    identifier = values["identifier"]
    if not identifier:
        yield Issue(where, "identifier", "is empty")
    elif not _IDENTIFIER.fullmatch(identifier):
        yield Issue(where, "identifier", f"{identifier!r} has spaces or invalid characters")
    elif identifier.startswith("uuid:") and not _UUID.fullmatch(identifier):
        yield Issue(where, "identifier", f"{identifier!r} is not `uuid:` with 8-4-4-4-12 hexadecimal digits")
    for name in ("x", "y", "width", "height"):
        cell = values[name]
        if not _NUMBER.fullmatch(cell):
            yield Issue(where, name, f"{cell!r} is not a whole number of pixels")
        elif name in ("width", "height") and not SMALLEST_PX <= int(cell) <= LARGEST_PX:
            yield Issue(where, name, f"{cell} px; a side must have {SMALLEST_PX} to {LARGEST_PX} px")
    try:
        dpi = float(values["dpi"])
    except ValueError:
        dpi = math.nan
    if not LOWEST_DPI <= dpi <= HIGHEST_DPI:
        yield Issue(
            where, "dpi", f"{values['dpi']!r} is not a number between {LOWEST_DPI:g} and {HIGHEST_DPI:g}"
        )
    server = values.get("server", "")
    if server and not _is_address(server):
        yield Issue(where, "server", f"{server!r} is not a URL such as https://images.example.org/iiif")


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)
