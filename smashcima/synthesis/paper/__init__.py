"""Paper: procedural, quilted from photographs, or of one colour."""

from typing import TYPE_CHECKING

from smashcima.lazy_names import lazy_names

if TYPE_CHECKING:
    from smashcima.synthesis.paper.paper_sprite import PaperSprite
    from smashcima.synthesis.paper.paper_style_domain import PaperChoice, PaperStyleDomain, resolve_papers
    from smashcima.synthesis.paper.picture_paper import PicturePaper
    from smashcima.synthesis.paper.picture_paper_synthesizer import SUFFIXES as PICTURE_SUFFIXES
    from smashcima.synthesis.paper.picture_paper_synthesizer import Picture, PicturePaperSynthesizer
    from smashcima.synthesis.paper.procedural_paper_synthesizer import ProceduralPaperSynthesizer
    from smashcima.synthesis.paper.quilt_texture import QuiltTexture
    from smashcima.synthesis.paper.quilted_paper_synthesizer import AS_PHOTOGRAPHED, QuiltedPaperSynthesizer
    from smashcima.synthesis.paper.sheet import PaperSheet
    from smashcima.synthesis.paper.solid_color_paper_synthesizer import SolidColorPaperSynthesizer
    from smashcima.synthesis.paper.style import PaperStyle

__all__ = [
    "AS_PHOTOGRAPHED",
    "PICTURE_SUFFIXES",
    "PaperChoice",
    "PaperSheet",
    "PaperSprite",
    "PaperStyle",
    "PaperStyleDomain",
    "Picture",
    "PicturePaper",
    "PicturePaperSynthesizer",
    "ProceduralPaperSynthesizer",
    "QuiltTexture",
    "QuiltedPaperSynthesizer",
    "SolidColorPaperSynthesizer",
    "resolve_papers",
]

if not TYPE_CHECKING:  # type checkers report unknown names
    __getattr__ = lazy_names(
        __name__,
        {
            "paper_sprite": "PaperSprite",
            "paper_style_domain": "PaperChoice PaperStyleDomain resolve_papers",
            "picture_paper": "PicturePaper",
            "picture_paper_synthesizer": "PICTURE_SUFFIXES=SUFFIXES Picture PicturePaperSynthesizer",
            "procedural_paper_synthesizer": "ProceduralPaperSynthesizer",
            "quilt_texture": "QuiltTexture",
            "quilted_paper_synthesizer": "AS_PHOTOGRAPHED QuiltedPaperSynthesizer",
            "sheet": "PaperSheet",
            "solid_color_paper_synthesizer": "SolidColorPaperSynthesizer",
            "style": "PaperStyle",
        },
    )
