"""Scores of the playground: bundled examples and uploaded files, imported once."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib import resources
from pathlib import PurePath

from smashcima.caching import BoundedCache
from smashcima.errors import Issue, SourceNotFoundError
from smashcima.loading import Loaded, known_formats, load_scores

_MOST_UPLOADS = 16
"""Number of uploaded scores that are kept in memory; the browser sends older ones again when it needs them."""

_UNUSUAL = re.compile(r"[^\w.()+ -]+")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Example:
    """A score that comes with the playground."""

    name: str
    title: str
    file: str
    """Name of the file in `smashcima/web/examples`."""


EXAMPLES = (
    Example("abendlied", "Abendlied, voice and piano (MusicXML)", "abendlied.musicxml"),
    Example("old-hundredth", "Old Hundredth, four voices (Humdrum)", "old-hundredth.krn"),
    Example("speed-the-plough", "Speed the Plough, a reel (ABC)", "speed-the-plough.abc"),
    Example("chords", "Chords and tuplets, two staves (MEI)", "chords.mei"),
)

STAFF_EXAMPLES = (
    ("A measure of everything", "clef.G-2 h-5 ( ) e=-5 =s=-4 #-3 =s-3 | q0 qr hr"),
    ("Beams and accidentals", "clef.G-2 #4 time.C e=1 =e2 e=3 =e4 b2 q2 . q3 > | h1 ( ) q-2 fermata qr ~|]"),
    ("Low notes", "clef.F2 time.3 time.4 h-10 * | tuplet.3 e=-7 =e=-5 =e-3 q-8 . er e-9 ~|]"),
)
"""Titles and annotations in the language of Mashcima."""


@dataclass(frozen=True, slots=True)
class ScoreFile:
    """A file of the playground with its imported scores."""

    id: str
    """Name of an example, or checksum of the name and content of an uploaded file."""

    file_name: str
    data: bytes
    loaded: tuple[Loaded, ...]
    names: tuple[str, ...]
    """Distinguishing names of the scores; may be empty."""

    issues: tuple[Issue, ...]


class ScoreShelf:
    """The scores that can be drawn. Threads can share it."""

    def __init__(self) -> None:
        self._examples: BoundedCache[str, ScoreFile] = BoundedCache(len(EXAMPLES))
        self._uploads: BoundedCache[str, ScoreFile] = BoundedCache(_MOST_UPLOADS)

    def example(self, name: str) -> ScoreFile:
        """Returns a bundled score; raises a `SourceNotFoundError` if there is none of this name."""
        files = {each.name: each.file for each in EXAMPLES}
        if name in files:
            return self._examples.get(name, lambda: _imported(name, files[name], _bundled(files[name])))
        raise SourceNotFoundError(f"There is no example {name!r}; choose from {', '.join(files)}.")

    def add(self, file_name: str, data: bytes) -> ScoreFile:
        """Imports an uploaded file.

        Raises:
            SourceError: it cannot be read. Formats that native code reads are imported in a process with limits.
        """
        name = safe_name(file_name)
        id = hashlib.sha256(name.encode() + b"\0" + data).hexdigest()[:32]
        return self._uploads.get(id, lambda: _imported(id, name, data))

    def uploaded(self, id: str) -> ScoreFile:
        """Returns an uploaded score; raises a `SourceNotFoundError` if it is no longer in memory."""

        def missing() -> ScoreFile:
            raise SourceNotFoundError("The uploaded score is no longer in memory; open the file again.")

        return self._uploads.get(id, missing)


def safe_name(file_name: str) -> str:
    """Returns a name of a file without any folder or unusual character, at most 80 characters long."""
    name = _UNUSUAL.sub("_", re.split(r"[/\\]", file_name)[-1]).strip(" .")
    suffix = PurePath(name).suffix
    return (PurePath(name).stem[: _LONGEST_NAME - len(suffix)] + suffix)[-_LONGEST_NAME:] or "score"


def _bundled(file: str) -> bytes:
    return resources.files("smashcima.web").joinpath(f"examples/{file}").read_bytes()


def _imported(id: str, file_name: str, data: bytes) -> ScoreFile:
    suffix = PurePath(file_name).suffix.lower()
    is_known = any(suffix in each.suffixes for each in known_formats())
    loaded = load_scores(data=data, format=suffix if is_known else None)
    return ScoreFile(id, file_name, data, loaded.each(), loaded.names, loaded.issues)
