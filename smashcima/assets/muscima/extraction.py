"""Extraction of all glyphs of MUSCIMA++ by several processes; the result does not depend on their number."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from smashcima.assets.glyphs.glyph_table import GlyphTable
from smashcima.assets.glyphs.mung import MungPage, glyphs_of_writer, writer_of_document
from smashcima.assets.glyphs.store_file import load_table, write_table
from smashcima.errors import AssetError, CorruptAssetError

_log = logging.getLogger(__name__)

_BOOTSTRAP = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "
    "from smashcima.assets.muscima.extraction import serve; sys.exit(serve())"
)
"""Program of a helper process, run with `-I` to keep imports independent of the current directory and PYTHON*
variables."""

_PROCESSES = 8
_FAILED = 3
"""Exit status of a process that reports an error of the archive in one line of its standard error."""

Pages = Mapping[str, Sequence[tuple[str, str]]]
"""Documents and their members of the archive, by writer."""

Tracker = Callable[[Iterable[str], int], Iterable[str]]
"""Function that wraps an iterable of writers and their number, to show progress."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """Glyphs extracted from an archive or a part of it."""

    table: GlyphTable
    left_out: Counter[str]
    """Numbers of objects without a glyph, because they have no label or no ink, by class."""


def extract_glyphs(
    archive: Path,
    documents: Mapping[str, str],
    processes: int | None = None,
    track: Tracker = lambda writers, _: writers,
) -> Extraction:
    """All glyphs of an archive of MUSCIMA++, in the order of writer numbers.

    Args:
        archive: the zip file.
        documents: names of pages mapped to members of the archive.
        processes: number of processes, including this one; by default the number of processors, at most eight.
        track: wraps the writers processed by this process, to show progress.

    Raises:
        CorruptAssetError: the archive or a page in it is damaged or invalid.
    """
    pages: dict[str, list[tuple[str, str]]] = {}
    for document in sorted(documents):
        pages.setdefault(writer_of_document(document), []).append((document, documents[document]))
    processes = processes or min(os.cpu_count() or 1, _PROCESSES)
    ours, *others = _shares(archive, pages, processes)
    with tempfile.TemporaryDirectory(prefix="smashcima-") as directory:
        helpers = [
            _Helper(archive, share, Path(directory) / f"{number}.glyphs")
            for number, share in enumerate(others)
        ]
        try:
            parts = [extract_share(archive, ours, track), *(helper.result() for helper in helpers)]
        finally:
            for helper in helpers:
                helper.stop()
        left_out = sum((part.left_out for part in parts), Counter[str]())
        return Extraction(GlyphTable.joined([part.table for part in parts]), left_out)


def extract_share(archive: Path, pages: Pages, track: Tracker = lambda writers, _: writers) -> Extraction:
    """The glyphs of some writers, extracted in this process."""
    tables: list[GlyphTable] = []
    left_out: Counter[str] = Counter()
    try:
        with zipfile.ZipFile(archive) as opened:
            for writer in track(pages, len(pages)):
                own = (MungPage(document, opened.read(member)) for document, member in pages[writer])
                glyphs, missing = glyphs_of_writer(writer, own)
                left_out += missing
                tables.append(GlyphTable.of_glyphs(glyphs))
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
        raise CorruptAssetError(f"The archive {archive} cannot be read: {error}.") from error
    return Extraction(GlyphTable.joined(tables), left_out)


def serve() -> int:
    """Main function of a helper process: reads its task from standard input, and writes a store of its share.

    Writes the numbers of objects without a glyph to standard output.
    """
    orders = json.load(sys.stdin)
    try:
        share = extract_share(Path(orders["archive"]), orders["pages"])
        write_table(Path(orders["result"]), share.table)
        json.dump(share.left_out, sys.stdout)
    except AssetError as error:
        sys.stderr.write(str(error))
        return _FAILED
    return 0


class _Helper:
    """A helper process for a share of the work; if it cannot be started, this process does the work."""

    def __init__(self, archive: Path, pages: Pages, result: Path) -> None:
        self._archive, self._pages, self._result = archive, pages, result
        self._process: subprocess.Popen[str] | None = None
        orders = {"archive": str(archive.absolute()), "pages": pages, "result": str(result)}
        path = [entry or os.getcwd() for entry in sys.path]
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-X", "utf8", "-c", _BOOTSTRAP, json.dumps(path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
            pipe, self._process.stdin = self._process.stdin, None
            if pipe is not None:
                with pipe:
                    json.dump(orders, pipe)
        except OSError as error:
            _log.info("cannot start a second process for the extraction of glyphs: %s", error)

    def result(self) -> Extraction:
        """Waits for the share, and returns it."""
        if self._process is not None:
            left_out, said = self._process.communicate()
            if self._process.returncode == _FAILED:
                raise CorruptAssetError(said)
            if self._process.returncode == 0:
                return Extraction(load_table(self._result), Counter(json.loads(left_out)))
            _log.info(
                "a process for the extraction of glyphs ended with %s: %s", self._process.returncode, said
            )
        return extract_share(self._archive, self._pages)

    def stop(self) -> None:
        """Terminates the process if it is still running."""
        process, self._process = self._process, None
        if process is not None and process.poll() is None:
            process.kill()
            process.communicate()


def _shares(archive: Path, pages: Pages, count: int) -> list[dict[str, Sequence[tuple[str, str]]]]:
    """Shares of about equal work, each of consecutive writers, so that concatenation keeps the order."""
    try:
        with zipfile.ZipFile(archive) as opened:
            sizes = {info.filename: info.file_size for info in opened.infolist()}
    except (OSError, zipfile.BadZipFile) as error:
        raise CorruptAssetError(f"The archive {archive} cannot be read: {error}.") from error
    total = sum(sizes.get(member, 0) for own in pages.values() for _, member in own)
    shares: list[dict[str, Sequence[tuple[str, str]]]] = [{} for _ in range(max(count, 1))]
    before = 0
    for writer, own in pages.items():
        size = sum(sizes.get(member, 0) for _, member in own)
        place = (before + size / 2) * len(shares) / max(total, 1)
        shares[min(int(place), len(shares) - 1)][writer] = own
        before += size
    return [share for share in shares if share] or [{}]
