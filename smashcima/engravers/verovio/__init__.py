"""The engraver Verovio: scores and MEI in, an `Engraving` out. Nothing outside this package knows of its SVG."""

from smashcima.engravers.verovio.engraver import engrave, engrave_mei

__all__ = ["engrave", "engrave_mei"]
