"""Words for how pages look: script, writers, papers, degradations, sheets, fonts; and languages of lyrics."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SCRIPT_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "handwritten": ("handwritten", "hand-written", "hand written", "by hand", "manuscript", "handwriting", "handschriftlich", "handschrift",
                        "manuscrit", "manuscrite", "manoscritto", "autograph", "autographe", "pen and ink", "written in ink", "in ink", "hand copied",
                        "hand-copied", "a la main", "a mano", "von hand", "rukopis", "holograph", "with a pen", "hand-drawn", "copied by hand",
                        "manuscript score", "handgeschrieben", "manuscrito", "written out by hand", "escrito a mano", "copyist"),
        "printed": ("printed", "print", "engraved", "engraving", "typeset", "typeset score", "gedruckt", "druck", "notendruck", "imprime",
                    "stampato", "stampa", "music engraving", "published edition", "computer engraved", "computer-engraved", "tisteny", "impreso",
                    "in print", "digital print", "notensatz", "digital score", "computer-set", "urtext"),
    }
)  # fmt: skip

WRITER_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "neat": ("neat", "neatly", "tidy", "neat hand", "careful hand", "carefully", "clear hand", "legible", "careful", "careful copyist", "sauber", "beau manuscrit", "clean hand", "fair copy",
                 "reinschrift", "tidily"),
        "average": ("average hand", "ordinary hand", "average handwriting"),
        "hasty": ("hasty", "hastily", "hurried", "hurriedly", "scribbled", "messy", "sketchy", "sloppy", "untidy", "scrawled", "sketch", "quick hand",
                  "fluchtig", "careless", "hurried hand", "hasty hand", "messily"),
        "calligraphic": ("calligraphic", "calligraphy", "broad pen", "broad nib", "calligraphically", "elegant hand", "copperplate", "kalligraphisch",
                         "ornamental hand"),
    }
)  # fmt: skip

PAPER_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "white-office": ("white paper", "office paper", "copy paper", "printer paper", "plain white paper", "weisses papier", "weissem papier",
                         "papier blanc", "carta bianca"),
        "recycled": ("recycled paper", "grey paper", "gray paper", "recycled", "umweltpapier", "graues papier"),
        "ivory-music": ("ivory paper", "ivory", "music paper", "off-white paper", "fine music paper"),
        "cream-manuscript": ("cream paper", "manuscript paper", "cream manuscript paper", "cream", "staff paper", "notenpapier", "papier a musique",
                             "cream-coloured paper", "carta da musica", "beige paper"),
        "blue-laid": ("blue paper", "bluish paper", "blue laid paper", "blaues papier", "blue-grey paper", "papier bleu", "blue-laid"),
        "laid-18th-century": ("laid paper", "18th-century paper", "18th century paper", "eighteenth-century paper", "buttenpapier", "chain lines",
                              "papier verge", "hand-made paper", "handmade paper", "rag paper", "laid"),
        "aged": ("old paper", "aged paper", "yellowed paper", "yellowed", "yellowing paper", "aged", "foxed", "stained paper", "brown paper", "worn paper",
                 "altes papier", "altem papier", "vieux papier", "carta antica", "ancient paper", "browned paper", "brittle paper", "weathered paper",
                 "vergilbt", "stained", "vergilbtes papier", "vergilbtem papier", "papier jauni", "stary papir", "foxing", "antique paper",
                 "old yellowed paper", "carta vecchia", "tea-stained", "papel viejo", "papel antiguo", "papier ancien", "papier vieilli", "carta ingiallita", "yellowish", "yellow paper", "gelbliches papier", "vergilbten papier", "very old paper"),
        "parchment": ("parchment", "vellum", "pergament", "parchemin", "pergamena", "parchment paper", "pergamino", "sheepskin", "pergamen"),
        "any": ("any paper", "random paper", "some paper", "varied paper", "textured paper"),
    }
)  # fmt: skip

DEGRADATION_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "clean": ("clean", "pristine", "undegraded", "perfect image", "born-digital", "no degradation", "crisp", "without degradation", "digital image"),
        "scan": ("scanned", "scan", "flatbed", "flatbed scan", "gescannt", "scanne", "scansione", "scanner", "scannerized", "eingescannt", "scansionato",
                 "numerise", "escaneado", "escaneada", "digitalisiert", "naskenovany"),
        "photo": ("photographed", "photo", "photograph", "phone photo", "smartphone photo", "photographed with a phone", "camera", "snapshot",
                  "fotografiert", "photographie", "fotografato", "fotografia", "taken with a phone", "mobile phone picture", "fotografiado", "phone camera", "foto",
                  "photographiee", "snapped", "cell phone photo", "smartphone", "vyfoceny", "taken with a smartphone", "phone picture"),
        "photocopy": ("photocopied", "photocopy", "xerox", "xeroxed", "photocopie", "fotokopie", "fotokopiert", "fotocopia", "copier", "kopiert",
                      "bad photocopy", "photocopiee"),
        "bitonal": ("bitonal", "black and white", "black-and-white", "binarized", "binarised", "1-bit", "one-bit", "monochrome", "schwarzweiss",
                    "noir et blanc", "imslp scan", "b/w", "binary image", "bianco e nero", "bilevel"),
        "old-manuscript": ("old manuscript", "ancient manuscript", "historical manuscript", "alte handschrift", "vieux manuscrit", "antico manoscritto",
                           "ink bleed-through", "bleed-through", "bleed through", "show-through", "faded ink", "damaged manuscript", "library manuscript"),
        "photo-closeup": ("close-up photo", "closeup photo", "close-up", "photographed from close", "nahaufnahme", "gros plan", "primo piano fotografico"),
        "photo-book": ("photo of an open book", "photographed in a book", "open book", "offenes buch", "livre ouvert", "libro aperto"),
        "screenshot": ("screenshot", "screen shot", "screen capture", "bildschirmfoto", "capture d'ecran", "schermata"),
        "scan-grey": ("grey scan", "gray scan", "greyscale scan", "grayscale scan", "grayscale", "greyscale", "graustufen", "niveaux de gris"),
        "scan-bitonal-poor": ("poor scan", "bad scan", "noisy black and white scan", "schlechter scan", "mauvais scan"),
        "microfilm": ("microfilm", "microfiche", "mikrofilm", "microfilmed"),
    }
)  # fmt: skip

SHEETS = ("A3", "A4", "A5", "A6", "B4", "B5", "Letter", "Legal", "Tabloid", "Concert")
FONTS = ("Bravura", "Gootville", "Leipzig", "Leland", "Petaluma")

LANGUAGE_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "latin": ("latin", "lateinisch", "latein", "latino", "latinsky", "lateinischer", "lateinische", "lateinischem"),
        "italian": ("italian", "italienisch", "italien", "italiano", "italsky", "italienischem", "italienische", "italienischer"),
        "german": ("german", "deutsch", "allemand", "tedesco", "deutscher", "deutsche", "deutsches", "deutschem", "nemecky"),
        "english": ("english", "englisch", "anglais", "inglese", "englischem", "englische", "englischer", "anglicky"),
        "french": ("french", "franzosisch", "francais", "francese", "franzosischem", "franzosische", "franzosischer", "francouzsky"),
        "czech": ("czech", "tschechisch", "tcheque", "ceco", "cesky", "tschechischem", "tschechische"),
        "spanish": ("spanish", "spanisch", "espagnol", "spagnolo", "espanol", "spanischem", "spanische"),
    }
)  # fmt: skip
"""Words by language of the lyrics."""

LYRICS_WORDS = ("lyrics", "words", "text", "texts", "verses", "song", "songs", "hymn", "lied", "liedtext", "motet", "libretto", "worten",
                "worte", "paroles", "parole", "testo", "gesangstext", "liedern", "lieder", "singing", "psalm", "mass", "chanson", "texte")  # fmt: skip
"""Words that show that a language is that of the lyrics."""

NO_LYRICS = ("without words", "without lyrics", "no lyrics", "no words", "ohne text", "ohne worte", "untexted", "textless", "wordless", "sans paroles",
             "senza parole", "vocalise", "without text", "no text", "sin letra")  # fmt: skip
