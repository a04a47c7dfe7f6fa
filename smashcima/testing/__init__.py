"""Contract tests for custom synthesizers and engravers.

Subclass a contract in your tests, define how to create your synthesizer, and let pytest collect it:

```python
from smashcima.testing import GlyphSynthesizerContract


class TestRedCircles(GlyphSynthesizerContract):
    labels = ("smufl::noteheadBlack",)

    def make_synthesizer(self):
        return RedCircles()
```

Each test checks one requirement that the library relies on. A synthesizer that uses randomness must take its generator
from the contract, `RedCircles(self.streams.generator("red circles"))`, so that the independence of pages is tested.
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
