"""Source formats of PrIMuS: the agnostic and the semantic encoding of an incipit.

`AGNOSTIC` and `SEMANTIC` are registered by `smashcima.loading`, so that `load_score("name.agnostic")` works. Text in
memory is loaded with `load_score(data=text, format="agnostic")`.
"""

from smashcima.loading.primus.agnostic import AGNOSTIC, agnostic_score, read_agnostic
from smashcima.loading.primus.semantic import SEMANTIC, read_semantic, semantic_score

__all__ = ["AGNOSTIC", "SEMANTIC", "agnostic_score", "read_agnostic", "read_semantic", "semantic_score"]
