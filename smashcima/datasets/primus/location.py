"""Where the copy of PrIMuS is."""

from __future__ import annotations

import os
from pathlib import Path

from smashcima import settings
from smashcima.errors import SourceNotFoundError

HOMEPAGE = "https://grfia.dlsi.ua.es/primus/"
ARCHIVE = "primusCalvoRizoAppliedSciences2018.tgz"


def find_corpus(path: str | os.PathLike[str] | None) -> Path:
    """Returns the path of the corpus: the given one, that of `SMASHCIMA_PRIMUS`, or an archive in `SMASHCIMA_ASSETS_FROM`.

    Raises:
        SourceNotFoundError: the path does not exist, or none is given.
        SettingsError: a variable names something that does not exist.
    """
    if path is not None:
        given = Path(path)
        if not given.exists():
            raise SourceNotFoundError(f"The corpus {given} does not exist. {_ADVICE}")
        return given
    found = settings.primus_path() or next(filter(Path.is_file, _asset_archives()), None)
    if found is None:
        raise SourceNotFoundError(f"No copy of PrIMuS is known. {_ADVICE}")
    return found


def _asset_archives() -> list[Path]:
    """Places where the archive would be among the local sources of assets."""
    return [
        source / ARCHIVE if source.is_dir() else source
        for source in settings.asset_sources()
        if source.is_dir() or source.name == ARCHIVE
    ]


_ADVICE = (
    f"Download {ARCHIVE} from {HOMEPAGE}, and give the path of the archive, or of the directory with its content, "
    "as an argument or in the environment variable SMASHCIMA_PRIMUS."
)
