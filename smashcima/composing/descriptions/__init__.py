"""Descriptions of music in words: what they ask for, and captions that say it.

```python
from smashcima.composing.descriptions import caption_of, parse_description

found = parse_description(
    "a romantic waltz in A minor for piano, allegro, by hand on old paper, photographed"
)
print(found.conditions, found.drawing, found.ignored)
print(caption_of(found))
```
"""

from smashcima.composing.descriptions.captions import caption_of
from smashcima.composing.descriptions.description import (
    Contradiction,
    Description,
    Drawing,
    Ignored,
    Mention,
)
from smashcima.composing.descriptions.reading import parse_description

__all__ = [
    "Contradiction",
    "Description",
    "Drawing",
    "Ignored",
    "Mention",
    "caption_of",
    "parse_description",
]
