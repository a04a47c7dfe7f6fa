"""Sources of scores in plans.

A plan lists sources as mappings; the key that names the kind has the main argument:

```yaml
sources:
  - folder: scores/
  - {files: [a.musicxml, b.krn], weight: 2}
  - {archive: lieder.zip, licence: CC0-1.0}
  - {corpus: [bach, haydn], filter: {staves: [1, 4], without: [lyrics]}}
  - {primus: true, encoding: mei}
  - annotations: {generate: musical}
  - {compose: {for: piano, key: {choose: [G minor, B major]}, measures: {integers: [8, 32]}}}
  - {describe: [a waltz in A minor for piano, Choral in G-Dur]}
  - {remix: {folder: scores/}, measures: [4, 12], runs: 3, balance: [tuplets, grace notes]}
  - {type: "my_package.sources:Songs", options: {language: de}}
```

All of them also have the fields `weight` (by default the number of scores), `licence` and `filter`.
"""

from smashcima.datasets.generation.sources.annotations import AnnotationsSource
from smashcima.datasets.generation.sources.archive import ArchiveSource
from smashcima.datasets.generation.sources.compose import ComposeSource
from smashcima.datasets.generation.sources.corpus import CorpusSource
from smashcima.datasets.generation.sources.describe import DescribeSource
from smashcima.datasets.generation.sources.files import FilesSource, FolderSource
from smashcima.datasets.generation.sources.own_class import OwnClassSource
from smashcima.datasets.generation.sources.primus import PrimusSource
from smashcima.datasets.generation.sources.registry import check_source, make_source, register_source
from smashcima.datasets.generation.sources.remix import RemixSource
from smashcima.datasets.generation.sources.source import RejectedScore, ScoreItem, ScoreSource

for _kind in (
    FolderSource,
    FilesSource,
    ArchiveSource,
    CorpusSource,
    PrimusSource,
    AnnotationsSource,
    ComposeSource,
    DescribeSource,
    RemixSource,
    OwnClassSource,
):
    register_source(_kind)

__all__ = ["RejectedScore", "ScoreItem", "ScoreSource", "check_source", "make_source", "register_source"]
