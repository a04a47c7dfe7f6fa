"""Exceptions of Smashcima, and `Issue`, the record of something lost, changed or repaired.

```
SmashcimaError
├── SettingsError                 an option or environment variable has an invalid value
│   └── WrongTypeError            an argument has a type that is not accepted
├── RecipeError                   a recipe cannot be read, written or built
├── PlanError                     a plan of a data set cannot be read or carried out
├── GenerationError               a run that makes a data set has to stop
├── GeometryError                 a shape or transform cannot be computed
├── SceneGraphError               invalid use of the scene graph
│   ├── UnknownEdgeError          the class declares no such edge
│   └── NotExactlyOneError        `of` found no object, or more than one
├── SourceError                   the music source cannot be used
│   ├── SourceNotFoundError       the file does not exist
│   ├── UnsupportedFormatError    no reader for this format
│   ├── MalformedSourceError      broken, empty, truncated, or in another format than stated
│   ├── UnsafeSourceError         hostile or too large: zip bombs, path traversal, external entities
│   └── ImportFailedError         the importer rejected the source
│       ├── ImporterCrashedError  the importing process crashed (later imports work)
│       └── ImporterTimeoutError  the import exceeded its limits (later imports work)
├── EngravingError                the engraver could not lay out the score
├── VerificationError             a page does not show what its score says, and such pages are rejected
├── UnsupportedLabelError         a synthesizer does not support the label
├── ServiceError                  a model's container lacks a service, or has one of the wrong type
├── AssetError                    an asset bundle, or one of its files, cannot be used
│   ├── AssetNotInstalledError    the bundle is not installed and was not installed on demand
│   ├── DownloadError             no address supplied the file (offline, HTTP status, time-out)
│   └── CorruptAssetError         a file has the wrong checksum, size or content
└── ExportError                   a value cannot be written to, or read from, a format
    └── SceneFileError            a scene cannot be saved, or a scene file cannot be read
```

Error messages state what was requested, what is available, and what to do. A source with a recoverable flaw is still
read; the flaw is reported as an `Issue`.
"""

from __future__ import annotations

from dataclasses import dataclass


class SmashcimaError(Exception):
    """Base class of all exceptions that Smashcima raises intentionally."""


class SettingsError(SmashcimaError, ValueError):
    """An option, argument or environment variable has an invalid value."""


class WrongTypeError(SettingsError, TypeError):
    """An argument has a type that is not accepted."""


class RecipeError(SmashcimaError, ValueError):
    """A recipe, or a record that holds one, cannot be read, written or built."""


class PlanError(SmashcimaError, ValueError):
    """A plan of a data set cannot be read, or contradicts itself, its sources or its output folder."""


class GenerationError(SmashcimaError):
    """A run that makes a data set has to stop: the disk is full, or its processes cannot run. It can be continued."""


class GeometryError(SmashcimaError, ValueError):
    """A shape or a transform cannot be computed, such as the inverse of a singular transform."""


class SceneGraphError(SmashcimaError):
    """The scene graph was used in a way that its edge declarations do not allow."""


class UnknownEdgeError(SceneGraphError, AttributeError):
    """The class does not declare an edge of this name."""


class NotExactlyOneError(SceneGraphError, LookupError):
    """`X.of(y, edge)` found no object, or more than one."""


class SourceError(SmashcimaError):
    """The music source cannot be used; base class of all loading errors."""


class SourceNotFoundError(SourceError, FileNotFoundError):
    """The path does not exist or is not a regular file."""


class UnsupportedFormatError(SourceError, ValueError):
    """No reader is registered for the format (by suffix, `format=` or content)."""


class MalformedSourceError(SourceError, ValueError):
    """The source is broken, empty, truncated, or in another format than its name or `format=` states."""


class UnsafeSourceError(SourceError):
    """The source is hostile or too large: zip bomb, path traversal, entity expansion."""


class ImportFailedError(SourceError):
    """The importer rejected the source, and no alternative importer could read it."""


class ImporterCrashedError(ImportFailedError):
    """The importing process crashed while reading the source; later imports are not affected."""


class ImporterTimeoutError(ImportFailedError):
    """The importing process exceeded its time or memory limit and was terminated."""


class EngravingError(SmashcimaError):
    """The engraver could not lay out a score, or its output could not be parsed."""


class VerificationError(SmashcimaError):
    """A page does not show what its score says, and the plan of the data set rejects such pages."""


class UnsupportedLabelError(SmashcimaError, LookupError):
    """A synthesizer cannot draw the requested label."""


class ServiceError(SmashcimaError):
    """A model's container lacks a service, or holds one of the wrong type."""


class AssetError(SmashcimaError):
    """An asset bundle, or one of its files, cannot be used; base class of all asset errors."""


class AssetNotInstalledError(AssetError, LookupError):
    """The bundle is not installed, and installation on demand was disabled or failed."""


class DownloadError(AssetError, OSError):
    """No address supplied the file: no network, an HTTP error status, a time-out, a broken connection."""


class CorruptAssetError(AssetError, ValueError):
    """A file has the wrong checksum, size or content."""


class ExportError(SmashcimaError):
    """A value cannot be expressed in a format, or a file written by Smashcima cannot be read."""


class SceneFileError(ExportError):
    """A scene cannot be saved, or a file is not a valid scene: damaged, of another version, or with unknown classes."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that was lost, changed or repaired during loading, engraving or synthesis."""

    where: str
    """Place in the source, in readable form: `P1, measure 12`, `line 40`, `page 2`."""

    element: str
    """The affected element or attribute name, format or id."""

    what: str
    """Description of what happened: `not drawn`, `read through music21`, `scaled to 83 % to fit the page`."""

    def __str__(self) -> str:
        return f"{self.where}: {self.element}: {self.what}"


def reason_of(error: Exception) -> str:
    """Why something failed, in words and without an error number: `No such file or directory`."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def described(value: object) -> str:
    """What a value is, in the words of an error message: `a Page`, `an ImageLayer`, `None`, `'text'`."""
    if value is None or isinstance(value, bool | int | float):
        return repr(value)
    if isinstance(value, str):
        return repr(value) if len(value) <= _LONGEST_QUOTE else f"{value[:_LONGEST_QUOTE]!r}…"
    if isinstance(value, type):
        return f"the class {value.__name__}"
    if callable(value) and hasattr(value, "__name__"):
        return f"the function {value.__name__}"
    shape, dtype = getattr(value, "shape", None), getattr(value, "dtype", None)
    if isinstance(shape, tuple) and dtype is not None:
        return f"an array of {dtype} with shape {shape}"
    name = type(value).__name__
    return f"{'an' if name[0] in 'AEIOUaeiou' else 'a'} {name}"


_LONGEST_QUOTE = 60
"""Most characters of a text that an error message repeats."""
