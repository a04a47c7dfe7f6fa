"""Composers: music from conditions, and random numbers.

```python
from smashcima.composing import Conditions, GrammarComposer

score = GrammarComposer().compose(Conditions(key="G minor", metre="3/4", ensemble="piano"), rng=1)
```

A `Composer` makes a `Score` from `Conditions`. `GrammarComposer` follows rules of rhythm, harmony and form.
`smashcima.composing.annotations` generates Mashcima annotations.
"""

from smashcima.composing.composer import Composer, Composition
from smashcima.composing.conditions import Conditions
from smashcima.composing.corpus import CorpusComposer, CorpusModel, CorpusWork
from smashcima.composing.coverage import SIGNS, CoverageComposer
from smashcima.composing.distributions import Between, OneOf
from smashcima.composing.elements import ELEMENTS, element_numbers
from smashcima.composing.ensembles import ENSEMBLES, INSTRUMENTS
from smashcima.composing.genres import FORMS, GENRES
from smashcima.composing.grammar import GrammarComposer
from smashcima.composing.mixing import MixingComposer
from smashcima.composing.styles import STYLES
from smashcima.composing.textures import TEXTURES
from smashcima.composing.words import LANGUAGES, TEMPI

__all__ = [
    "ELEMENTS",
    "ENSEMBLES",
    "FORMS",
    "GENRES",
    "INSTRUMENTS",
    "LANGUAGES",
    "SIGNS",
    "STYLES",
    "TEMPI",
    "TEXTURES",
    "Between",
    "Composer",
    "Composition",
    "Conditions",
    "CorpusComposer",
    "CorpusModel",
    "CorpusWork",
    "CoverageComposer",
    "GrammarComposer",
    "MixingComposer",
    "OneOf",
    "element_numbers",
]
