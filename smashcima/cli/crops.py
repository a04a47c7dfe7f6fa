"""Crops of systems and staves, with their music beside them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from smashcima.cli.score_formats import SCORE_FORMATS, Choices, format_named
from smashcima.errors import ExportError, Issue, SettingsError

if TYPE_CHECKING:
    from smashcima.cli.output import Output, PageOutput
    from smashcima.exporting.crops import Crop
    from smashcima.scene.semantic import Score

CROP_MUSIC_HELP = (
    "Also write the music of each crop (-f systems or staves) beside it, comma-separated: musicxml, mei, krn, ekern, bekern, "
    "lmx, agnostic, semantic, mashcima; and a list of all crops in JSON lines."
)
LEVELS = ("systems", "staves")

_FORMATS = ("musicxml", "mei", "krn", "ekern", "bekern", "lmx", "agnostic", "semantic", "mashcima")
_IN_FILES_ONLY = frozenset({"musicxml", "mei"})
"""Formats that are too long for a line of a list."""


def crop_music_of_option(given: str | None, formats: tuple[str, ...]) -> tuple[str, ...]:
    """Reads the option `--crop-music`.

    Raises:
        SettingsError: a format is unknown or does not suit crops, or no crops are written.
    """
    if given is None:
        return ()
    if not set(LEVELS) & set(formats):
        raise SettingsError("--crop-music needs crops: add -f systems or -f staves.")
    names = tuple(dict.fromkeys(format_named(name) for name in given.split(",") if name.strip()))
    for name in names:
        if name not in _FORMATS:
            raise SettingsError(f"Crops have no music as {name}; choose from {', '.join(_FORMATS)}.")
    return names


def write_crops(level: str) -> Callable[[PageOutput], None]:
    """Returns a function that writes the crops of a page, and notes a row of the list for each."""

    def write(page: PageOutput) -> None:
        from smashcima.exporting import write_image
        from smashcima.exporting.crops import CropExporter

        output = page.output
        for crop in CropExporter(level).iterate(page.image):
            picture = output.file(f"-{crop.id}{output.picture or '.png'}")
            write_image(crop.image.bitmap, picture)
            if output.crop_music:
                row = {"id": crop.id, "image": picture.name, "page": page.number, **_place_of(crop)}
                output.crop_rows.setdefault(level, []).append(row | _write_music(output, crop))

    return write


def write_crop_lists(output: Output) -> None:
    """Writes the lists of crops, one for each level."""
    from smashcima.exporting.writing import write_text

    for level, rows in output.crop_rows.items():
        lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
        write_text("".join(f"{line}\n" for line in lines), output.file(f".{level}.jsonl"))


def _place_of(crop: Crop) -> dict[str, int | str]:
    from smashcima.scene.visual import System, SystemStaff

    shown = crop.scene_object
    if isinstance(shown, SystemStaff):
        return {"system": shown.system.index + 1, "staff": shown.number}
    assert isinstance(shown, System)
    return {"system": shown.index + 1}


def _music_of(output: Output, crop: Crop) -> Score:
    from smashcima.scene.visual import System, SystemStaff

    shown = crop.scene_object
    if isinstance(shown, SystemStaff):
        return output.scene.score.slice(system=shown.system.index, staff=shown.number)
    assert isinstance(shown, System)
    return output.scene.score.slice(system=shown.index)


def _write_music(output: Output, crop: Crop) -> dict[str, Any]:
    """Writes the music of a crop in all chosen formats; returns the names of the files, and short texts.

    What a format cannot express is an issue, and has no file.
    """
    music = _music_of(output, crop)
    files: dict[str, str] = {}
    texts: dict[str, str] = {}
    for name in output.crop_music:
        entry = SCORE_FORMATS[name]
        path = output.file(f"-{crop.id}{entry.suffix}")
        try:
            entry.make_exporter(Choices()).write(music, path)
        except ExportError as error:
            output.issues.append(Issue(crop.id, name, str(error)))
            continue
        files[name] = path.name
        if name not in _IN_FILES_ONLY:
            texts[name] = path.read_text(encoding="utf-8").rstrip("\n")
    return {"files": files, **texts}
