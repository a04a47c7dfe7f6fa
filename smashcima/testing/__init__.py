"""Contract tests for people who write synthesizers or an engraver of their own.

Subclass a contract in your tests, say how to make your synthesizer, and let pytest collect it:

```python
from smashcima.testing import GlyphSynthesizerContract


class TestRedCircles(GlyphSynthesizerContract):
    labels = ("smufl::noteheadBlack",)

    def make_synthesizer(self):
        return RedCircles()
```

Each test states one promise that the rest of the library relies on. A synthesizer that draws by chance takes its
generator from the contract, `RedCircles(self.streams.generator("red circles"))`, which tests that pages are independent.
"""

from smashcima.testing.engraver_contract import EngraverContract
from smashcima.testing.frame_contracts import (
    PageSynthesizerContract,
    PaperSynthesizerContract,
    StafflinesSynthesizerContract,
    StyleDomainContract,
)
from smashcima.testing.glyph_contracts import (
    CurveSynthesizerContract,
    GlyphSynthesizerContract,
    LineSynthesizerContract,
    TextSynthesizerContract,
)

__all__ = [
    "CurveSynthesizerContract",
    "EngraverContract",
    "GlyphSynthesizerContract",
    "LineSynthesizerContract",
    "PageSynthesizerContract",
    "PaperSynthesizerContract",
    "StafflinesSynthesizerContract",
    "StyleDomainContract",
    "TextSynthesizerContract",
]
