"""Asset bundles of paper patches from digital libraries."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import ClassVar

from smashcima.assets.bundles import AssetBundle, RemoteFile
from smashcima.assets.paper.iiif import addresses_of
from smashcima.assets.paper.paper_patch import PaperPatch, read_patch
from smashcima.assets.paper.patch_table import COLUMNS, PatchRow, patch_table_text, read_patch_table
from smashcima.errors import AssetError, CorruptAssetError, DownloadError

_TABLE = "patches.csv"


class IiifPaperPatches(AssetBundle):
    """Patches of digitised pages, at the rectangles listed in a patch table (see `smashcima.assets.paper.patch_table`).

    - Must override: `version`, and `license` and `citation` of the pages in the table.
    - May override: `table`, the path of a patch table included in the subclass's package; `servers`.

    Without `table`, the bundle needs a patch table as a local source: `smashcima assets install NAME --from FILE.csv`,
    or a directory with the table in `SMASHCIMA_ASSETS_FROM`. Patch files next to the table are used instead of
    downloads.
    """

    table: ClassVar[Path | None] = None
    servers: ClassVar[tuple[str, ...]] = ()
    """Base URLs of the IIIF servers for rows without a server, in order of preference."""

    def install(self) -> None:
        rows = read_patch_table(self._table_path())
        for row in self.track(rows, "Patches of paper"):
            self._install_patch(row)
        (self.directory / _TABLE).write_text(patch_table_text(rows), encoding="utf-8", newline="")
        self.details = {"patches": len(rows), "pages": len({(row.server, row.identifier) for row in rows})}

    @cached_property
    def rows(self) -> tuple[PatchRow, ...]:
        """The rows of the installed table."""
        return read_patch_table(self.directory / _TABLE)

    @cached_property
    def patches(self) -> tuple[PaperPatch, ...]:
        """All patches, in the order of the table."""
        return tuple(read_patch(self.directory / row.file_name, row.dpi) for row in self.rows)

    def _table_path(self) -> Path:
        if self.table is not None:
            return self.table
        file = RemoteFile(f"{self.name}.csv", other_names=(_TABLE,))
        try:
            return self.fetch(file)
        except DownloadError as error:
            raise DownloadError(
                f"{self.name} needs a patch table, which lists pages and rectangles of paper; Smashcima includes none. "
                f"It is a CSV file with the columns {', '.join(COLUMNS)}.\n{error}"
            ) from error

    def _install_patch(self, row: PatchRow) -> None:
        addresses = addresses_of(row, self.servers)
        if not addresses:
            raise AssetError(
                f"The row of {row.identifier} has no server, and {self.name} has no default. Fill in the column `server`."
            )
        try:
            path = self.fetch(RemoteFile(row.file_name, urls=addresses), keep=True)
        except DownloadError as error:
            # A patch is useless without the table, so the instructions differ from those for a single file.
            happened = str(error).partition("\nTo install it by hand:")[0]
            raise DownloadError(
                f"The patch of {row.identifier} at {row.x},{row.y} is unavailable: {happened}\nTo install it by hand:\n"
                f"1. Download {addresses[0]} on a machine with network access.\n"
                f"2. Save it as {row.file_name} in a folder with the patch table, {self.name}.csv, and run: "
                f"smashcima assets install {self.name} --from FOLDER\n"
                "   Or add that folder to the environment variable SMASHCIMA_ASSETS_FROM."
            ) from error
        if b"\xff\xd9" not in path.read_bytes()[-1024:]:
            raise CorruptAssetError(
                f"The patch of {row.identifier} at {row.x},{row.y} is not a complete JPEG image: it is truncated, or the "
                f"server sent something else ({path.stat().st_size} bytes)."
            )
        height, width = read_patch(path, row.dpi).pixels.shape[:2]
        if (width, height) != (row.width, row.height):
            raise CorruptAssetError(
                f"The patch of {row.identifier} at {row.x},{row.y} has {width} x {height} px, but the table states "
                f"{row.width} x {row.height}. The rectangle extends beyond the page, or the server reduces the size of "
                "images. Correct the row."
            )


class MzkPaperPatches(IiifPaperPatches):
    """Patches of paper from the digital library of the Moravian Library in Brno.

    Identifiers in the table are those of its pages, `uuid:...`, which are part of the URL in its viewer. The viewer
    also shows the terms of use of each page.
    """

    version = "1"
    license = "as the library says for each page"
    citation = "Moravská zemská knihovna v Brně (Moravian Library), Digitální knihovna, https://www.digitalniknihovna.cz/mzk"
    homepage = "https://www.digitalniknihovna.cz/mzk"
    servers = ("https://kramerius.mzk.cz/search/iiif", "https://iiif.digitalniknihovna.cz")
