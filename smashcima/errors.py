"""Everything that can go wrong, as one tree, and the record of what was lost.

```
SmashcimaError
├── SettingsError                 an option or environment variable makes no sense
├── RecipeError                   a recipe cannot be read, written or built
├── GeometryError                 a shape or transform that cannot be computed
├── SceneGraphError               the scene graph was asked for something that is not there
│   ├── UnknownEdgeError          no such edge is declared
│   └── NotExactlyOneError        `of` found none, or several
├── SourceError                   the music that was given cannot be used
│   ├── SourceNotFoundError       there is no such file
│   ├── UnsupportedFormatError    no reader for this format
│   ├── MalformedSourceError      broken, empty, truncated, or not what its name says
│   ├── UnsafeSourceError         hostile: bombs, path traversal, external entities
│   └── ImportFailedError         the importer gave up on it
│       ├── ImporterCrashedError  native code died on it (the next file works)
│       └── ImporterTimeoutError  it took longer than allowed (the next file works)
├── EngravingError                the engraver could not lay the score out
├── UnsupportedLabelError         a synthesizer was asked for a label that it lacks
├── ServiceError                  a model's container has no such service, or a wrong one
├── AssetError                    an asset bundle or a file of one cannot be used
│   ├── AssetNotInstalledError    it is not installed, and was not to be, or could not be
│   ├── DownloadError             no mirror gave the file (offline, HTTP status, time-out)
│   └── CorruptAssetError         a file is not what it should be: checksum, size, content
└── ExportError                   a value cannot be expressed in, or read from, a format
    └── SceneFileError            a scene cannot be saved, or a file of one cannot be read
```

Errors say what was asked, what there is, and what to do. What can be read despite a flaw is
read, and the flaw becomes an `Issue`.
"""

from __future__ import annotations

from dataclasses import dataclass


class SmashcimaError(Exception):
    """Base of every error that Smashcima raises on purpose."""


class SettingsError(SmashcimaError, ValueError):
    """An option, argument or environment variable has a value that makes no sense."""


class RecipeError(SmashcimaError, ValueError):
    """A recipe, or a record that holds one, cannot be read, written or built."""


class GeometryError(SmashcimaError, ValueError):
    """A shape or a transform that cannot be computed, such as a singular inverse."""


class SceneGraphError(SmashcimaError):
    """The scene graph was used in a way that its declarations do not allow."""


class UnknownEdgeError(SceneGraphError, AttributeError):
    """An edge was named that the class does not declare."""


class NotExactlyOneError(SceneGraphError, LookupError):
    """`X.of(y, edge)` found no object, or more than one."""


class SourceError(SmashcimaError):
    """The music that was given cannot be used; base of all loading errors."""


class SourceNotFoundError(SourceError, FileNotFoundError):
    """The file that was named does not exist or is not a file."""


class UnsupportedFormatError(SourceError, ValueError):
    """No reader is known for the format (by suffix, by `format=`, or by content)."""


class MalformedSourceError(SourceError, ValueError):
    """The source is broken, empty, truncated, or not what its name promises."""


class UnsafeSourceError(SourceError):
    """The source tries something hostile: zip bomb, path traversal, entity expansion."""


class ImportFailedError(SourceError):
    """The importer refused the source, and no other road could read it."""


class ImporterCrashedError(ImportFailedError):
    """The importing process died on the source; later imports are not affected."""


class ImporterTimeoutError(ImportFailedError):
    """The importing process exceeded its time or memory limit and was ended."""


class EngravingError(SmashcimaError):
    """The engraver could not lay out a score, or its output was not understood."""


class UnsupportedLabelError(SmashcimaError, LookupError):
    """A synthesizer was asked for a label that it cannot draw."""


class ServiceError(SmashcimaError):
    """A model's container lacks a service or holds one of the wrong kind."""


class AssetError(SmashcimaError):
    """An asset bundle, or a file that belongs to one, cannot be used; base of all errors about assets."""


class AssetNotInstalledError(AssetError, LookupError):
    """The bundle is not installed, and was not to be installed now or could not be."""


class DownloadError(AssetError, OSError):
    """No source gave the file: no network, an HTTP status, a time-out, a broken connection."""


class CorruptAssetError(AssetError, ValueError):
    """A file is not what it should be: its checksum, size or content is wrong."""


class ExportError(SmashcimaError):
    """A value cannot be expressed in a format, or a file of ours cannot be read back."""


class SceneFileError(ExportError):
    """A scene cannot be saved, or a file is not a scene, damaged, of another version, or with unknown classes."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that was lost, changed or repaired on the way; never an error, never silence."""

    where: str
    """Place in the source as a person would name it: `P1, measure 12`, `line 40`, `page 2`."""

    element: str
    """What it concerns: an element or attribute name, a format, an id."""

    what: str
    """What happened: `not drawn`, `read through music21`, `scaled to 83 % to fit the page`."""

    def __str__(self) -> str:
        return f"{self.where}: {self.element}: {self.what}"
