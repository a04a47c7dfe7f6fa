"""The Verovio engraver, which converts scores and MEI to an `Engraving`; its SVG stays internal to this package."""

from smashcima.engravers.verovio.engraver import VerovioEngraver, engrave, engrave_mei

__all__ = ["VerovioEngraver", "engrave", "engrave_mei"]
