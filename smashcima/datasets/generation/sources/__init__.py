"""Sources of scores in plans.

A plan lists sources as mappings; the key that names the kind has the main argument:

```yaml
sources:
  - folder: scores/
  - {files: [a.musicxml, b.krn], weight: 2}
```
"""

from smashcima.datasets.generation.sources.registry import check_source, make_source, register_source
from smashcima.datasets.generation.sources.source import ScoreItem, ScoreSource

__all__ = ["ScoreItem", "ScoreSource", "check_source", "make_source", "register_source"]
