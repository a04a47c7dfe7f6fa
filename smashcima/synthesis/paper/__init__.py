"""Paper: procedural, quilted from photographs, or of one colour."""

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
