"""Where the data sets come from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from smashcima.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Config:
    """The sources of the two data sets. `Config.DEFAULT_CONFIG` applies where none is given."""

    DEFAULT_CONFIG: ClassVar[Config | None] = None

    muscima_pp_path: Path | None = None
    """The archive of MUSCIMA++, a folder that contains it, or a folder of its annotations; `None` for the asset bundle
    `MuscimaPPGlyphs`."""

    primus_path: Path | None = None
    """The archive of PrIMuS, or the folder of its incipits; `None` for the place that the environment names."""

    download: bool = True
    """Whether MUSCIMA++ is downloaded if it is not installed."""

    def __post_init__(self) -> None:
        for name in ("muscima_pp_path", "primus_path"):
            path = getattr(self, name)
            if path is not None:
                path = Path(path).expanduser()
                if not path.exists():
                    raise SettingsError(f"{name} is {str(path)!r}, which does not exist.")
                object.__setattr__(self, name, path)

    @staticmethod
    def load_default() -> Config:
        """Returns `DEFAULT_CONFIG`, which is made by `automatic_download_config` at first."""
        if Config.DEFAULT_CONFIG is None:
            Config.DEFAULT_CONFIG = Config.automatic_download_config()
        return Config.DEFAULT_CONFIG

    @staticmethod
    def automatic_download_config(download: bool = True) -> Config:
        """Returns the configuration that uses installed data.

        With `download`, MUSCIMA++ is installed when symbols are first needed. PrIMuS is never downloaded.
        """
        return Config(download=download)

    @staticmethod
    def manual_download_config(muscima_pp_path: str | Path, primus_path: str | Path | None = None) -> Config:
        """Returns a configuration for copies of the data sets, which are only read.

        Raises:
            SettingsError: a path does not exist.
        """
        return Config(Path(muscima_pp_path), None if primus_path is None else Path(primus_path), False)
