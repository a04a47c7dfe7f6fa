"""The engraver Verovio: scores and MEI in, an `Engraving` out. Nothing outside this package knows of its SVG."""

from smashcima.engravers.verovio.engraver import VerovioEngraver, engrave, engrave_mei

__all__ = ["VerovioEngraver", "engrave", "engrave_mei"]
