"""Words for tempo."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TERMS = (
    "allegro moderato", "grave", "largo", "larghetto", "lento", "lent", "adagio", "adagietto", "andante", "andantino", "moderato", "allegretto",
    "allegro", "allegrissimo", "vivace", "vivacissimo", "vivo", "presto", "prestissimo", "maestoso", "largamente", "sostenuto assai",
    "tempo di valse", "tempo di menuetto", "tempo di minuetto", "tempo di marcia", "alla marcia", "tempo giusto", "tempo di mazurka",
    "tempo di polacca", "langsam", "lebhaft", "massig", "ruhig", "schnell", "bewegt", "rasch", "feierlich", "lentement", "vif", "anime", "modere",
    "tres lent", "tres vif", "assez vif", "tres vite", "sehr langsam", "sehr schnell", "massig bewegt", "ziemlich langsam", "con moto",
    "nicht schnell", "nicht zu schnell",
)  # fmt: skip
"""Words that are written as they are, in Italian, German and French."""

MODIFIERS = (
    "con brio", "con moto", "con fuoco", "ma non troppo", "non troppo", "ma non tanto", "assai", "molto", "moderato", "vivace", "maestoso",
    "cantabile", "sostenuto", "espressivo", "grazioso", "agitato", "appassionato", "scherzando", "giocoso", "risoluto", "con spirito",
    "con espressione", "tranquillo", "mosso", "piu mosso", "commodo", "comodo", "energico", "marcato", "religioso", "mesto", "affettuoso",
    "con anima", "leggiero", "quasi andantino", "quasi allegretto", "un poco agitato",
)  # fmt: skip
"""Words that may follow them."""

BEFORE = (
    "molto",
    "poco",
    "un poco",
    "piu",
    "assai",
    "non troppo",
    "etwas",
    "sehr",
    "ziemlich",
    "tres",
    "assez",
    "nicht zu",
)
"""Words that may precede them."""

PLAIN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Largo": ("very slow", "very slowly", "extremely slow", "broad", "as slow as possible"),
        "Adagio": ("not fast", "slow", "slowly", "slow-moving", "leisurely slow", "slow tempo", "pomalu", "pomaly"),
        "Andante": ("walking pace", "walking speed", "at a walking pace", "unhurried", "rather slow", "gehend", "fairly slow"),
        "Moderato": ("moderate", "moderately", "medium tempo", "moderate tempo", "mid-tempo", "moderate speed", "moderately paced", "not too fast", "not too slow"),
        "Allegretto": ("moderately fast", "fairly fast", "rather fast", "quite fast"),
        "Allegro": ("not slow", "fast", "quick", "quickly", "fast tempo", "brisk", "cheerful", "rychle", "rychly", "briskly"),
        "Vivace": ("lively", "vivacious", "spirited", "fast and lively"),
        "Presto": ("very fast", "very quick", "rapid", "extremely fast", "furious", "as fast as possible"),
    }
)  # fmt: skip
"""Plain words, and the Italian ones that are written for them."""
