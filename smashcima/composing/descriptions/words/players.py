"""Words for instruments, voices and ensembles: English, German, French, Italian, Spanish, Czech."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

INSTRUMENT_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "piano": ("piano", "pianos", "pianoforte", "fortepiano", "klavier", "klaviere", "clavier", "klavir", "keyboard", "hammerklavier",
                  "hammerflugel", "flugel", "pno", "pf", "piano-forte", "pfte", "pft", "clav", "grand piano", "upright piano", "piano solo", "klaviersonate", "klavierstuck", "piano piece", "piano music"),
        "harpsichord": ("hpsd", "hpschd", "cemb", "harpsichord", "harpsichords", "cembalo", "clave", "clavecin", "cravo", "clavicembalo", "spinet", "virginal", "virginals",
                        "kielflugel"),
        "organ": ("org", "organ", "organs", "orgel", "orgue", "organo", "varhany", "harmonium"),
        "celesta": ("celesta", "celeste"),
        "harp": ("hp", "hrp", "harp", "harps", "harfe", "harpe", "arpa", "harfa"),
        "guitar": ("gtr", "guitars", "gitarren", "chitarre", "guitarras", "guitar", "guitars", "gitarre", "guitare", "chitarra", "guitarra", "violao", "kytara", "lute", "laute", "luth", "liuto"),
        "flute": ("fl", "floten", "flautas", "flute traversiere", "fls", "flute", "flutes", "flauto", "flauti", "flote", "querflote", "traverso", "traversiere", "flauta", "fletna",
                  "transverse flute"),
        "recorder": ("rec", "flauta dulce", "zobcova fletna", "recorder", "recorders", "blockflote", "flute a bec", "flauto dolce", "blockfloten"),
        "piccolo": ("picc", "petite flute", "flautin", "piccolo", "piccoloflote", "ottavino"),
        "oboe": ("ob", "obs", "oboe", "oboes", "oboen", "hautbois", "hoboe", "hoboj", "oboi"),
        "english horn": ("eh", "c ingl", "corno ingles", "english horn", "cor anglais", "englischhorn", "corno inglese", "englisch horn"),
        "clarinet in b": ("cl", "clar", "cls", "clarinet", "clarinets", "klarinette", "klarinetten", "clarinette", "clarinetto", "clarinetti", "clarinete",
                          "klarinet", "clarinet in b flat", "clarinet in bb", "clarinet in b♭", "b flat clarinet", "bb clarinet",
                          "b♭ clarinet", "b-klarinette", "klarinette in b", "clarinette en si bemol", "clarinet in b"),
        "clarinet in a": ("clarinet in a", "a clarinet in a", "klarinette in a", "a-klarinette", "clarinette en la"),
        "bassoon": ("bsn", "fg", "fag", "bassons", "fagotes", "bassoon", "bassoons", "fagott", "fagotte", "basson", "fagotto", "fagotti", "fagot"),
        "alto saxophone": ("alto saxophone", "saxophone", "sax", "alto sax", "altsaxophon", "saxophon", "saxofono", "saxophones", "saxofon"),
        "horn in f": ("hn", "hns", "cors", "horns in f", "corno in fa", "trompas", "corno frances", "horn", "horns", "french horn", "french horns", "horn in f", "waldhorn", "cor", "corno", "corni", "horner",
                      "cor en fa", "lesni roh", "trompa"),
        "trumpet in b": ("tpt", "tpts", "trp", "trompettes", "trompetas", "trumpet", "trumpets", "trompete", "trompeten", "trompette", "tromba", "trombe", "trumpet in b flat",
                         "trumpet in bb", "trumpet in b", "bb trumpet", "b flat trumpet", "cornet", "kornett", "trubka", "trompeta"),
        "trumpet in c": ("trumpet in c", "c trumpet", "trompete in c", "trompette en ut"),
        "trombone": ("tbn", "tbns", "trb", "trombones", "posaune", "trombone", "trombones", "posaune", "posaunen", "tromboni", "trombon", "pozoun"),
        "tuba": ("tuba", "tubas"),
        "violin": ("vl", "violines", "geige", "violin", "violins", "violine", "violinen", "geige", "geigen", "violon", "violons", "violino", "violinos", "violini", "fiddle",
                   "fiddles", "housle", "vn", "vln", "violin solo"),
        "viola": ("va", "vla", "vle", "vlas", "viola", "violas", "bratsche", "bratschen", "alto viola", "viole"),
        "cello": ("vcl", "vlc", "vcs", "cellis", "violoncelles", "violonchelos", "cello", "cellos", "violoncello", "violoncellos", "violoncelle", "celli", "violoncelli", "'cello", "vc", "violonchelo"),
        "double bass": ("db", "cb", "kb", "kontrabasse", "contrebasses", "double bass", "double-bass", "double basses", "contrabass", "kontrabass", "contrebasse", "contrabbasso",
                        "upright bass", "string bass", "contrabajo"),
        "soprano": ("sop", "sopranstimme", "soprani", "soprano", "sopranos", "sopran", "soprano voice", "treble voice"),
        "mezzo-soprano": ("mezzo-soprano", "mezzo soprano", "mezzo", "mezzosopran", "mezzosoprano"),
        "alto": ("alto", "altos", "alt", "contralto", "alto voice", "altstimme"),
        "tenor": ("ten", "tenori", "tenorstimme", "tenor", "tenors", "tenore", "tenor voice", "tenors"),
        "baritone": ("baritone", "bariton", "baryton", "baritono", "baritone voice"),
        "bass": ("bass voice", "bass singer", "basso", "bass", "basses"),
        "voice": ("vocal solo", "chant solo", "voces", "zpevni hlas", "voice", "singer", "vocal", "vocals", "gesang", "singstimme", "chant", "voix", "voce", "canto", "voz", "zpev",
                  "solo voice", "high voice", "medium voice", "low voice", "hohe stimme", "stimme"),
    }
)  # fmt: skip
"""Words by instrument."""

ENSEMBLE_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "piano four hands": ("piano four hands", "piano 4 hands", "piano duet", "four hands", "4 hands", "four-hand piano", "zu vier handen",
                             "klavier zu vier handen", "klavier vierhandig", "vierhandig", "piano a quatre mains", "quatre mains",
                             "a 4 mani", "a quattro mani", "two pianists at one piano"),
        "organ with pedals": ("organ with pedals", "organ and pedals", "organ with pedal", "orgel mit pedal", "orgel und pedal",
                              "orgue avec pedalier", "three-stave organ", "organ on three staves"),
        "string duo": ("string duo", "string duet"),
        "violin and piano": ("violin sonata", "violinsonate", "sonate pour violon", "sonate fur violine", "violin and piano duo"),
        "cello and piano": ("cello sonata", "cellosonate"),
        "flute and piano": ("flute sonata", "flotensonate"),
        "clarinet and piano": ("clarinet sonata", "klarinettensonate"),
        "piano trio": ("piano trio", "klaviertrio", "trio pour piano", "trio con pianoforte", "klavirni trio"),
        "string trio": ("string trio", "streichtrio", "trio a cordes"),
        "woodwind trio": ("woodwind trio", "wind trio", "reed trio", "trio d'anches", "blasertrio"),
        "string quartet": ("string quartet", "streichquartett", "quatuor a cordes", "quartetto d'archi",
                           "string quartett", "string quartette", "cuarteto de cuerdas", "smyccovy kvartet", "str quartet", "string 4tet", "quartette"),
        "satb": ("satb", "s.a.t.b.", "mixed choir", "mixed chorus", "choir", "chorus", "four-part choir", "4-part choir", "gemischter chor",
                 "gemischten chor", "chor", "choeur", "choeur mixte", "coro", "coro misto", "coro mixto", "coral mixto", "sats", "sbor", "satb choir", "satb chorus", "vocal quartet",
                 "soprano, alto, tenor, bass", "soprano, alto, tenor and bass", "mixed chorus (satb)", "smiseny sbor"),
        "brass quartet": ("brass quartet", "blechblaserquartett", "quatuor de cuivres"),
        "wind quintet": ("wind quintet", "woodwind quintet", "blaserquintett", "quintette a vent", "winds", "woodwinds", "quintetto di fiati"),
        "brass quintet": ("brass quintet", "blechblaserquintett", "brass", "quintette de cuivres", "brass ensemble"),
        "string quintet": ("string quintet", "streichquintett", "quintette a cordes", "quintetto d'archi"),
        "string orchestra": ("string orchestra", "streichorchester", "orchestre a cordes", "orchestra d'archi", "strings", "streicher",
                             "archi", "cordes"),
        "piano quintet": ("piano quintet", "klavierquintett", "quintette avec piano", "quintetto con pianoforte"),
        "wind octet": ("wind octet", "octet", "harmoniemusik", "oktett", "octuor", "ottetto"),
        "chamber orchestra": ("chamber orchestra", "kammerorchester", "orchestre de chambre", "small orchestra", "orchestra da camera"),
        "choir and orchestra": ("choir and orchestra", "chorus and orchestra", "chor und orchester", "choeur et orchestre",
                                "coro e orchestra"),
        "orchestra": ("orchestra", "orchester", "orchestre", "full orchestra", "symphony orchestra", "large orchestra", "orchestral",
                      "sinfonieorchester", "orquesta", "orchestr", "grand orchestre"),
    }
)  # fmt: skip
"""Words by ensemble."""

_CHOIRS: Mapping[tuple[str, ...], tuple[str, ...]] = MappingProxyType(
    {
        ("tenor", "tenor", "bass", "bass"): (
            "ttbb", "male choir", "male chorus", "male voice choir", "men's choir", "men's chorus", "mannerchor", "choeur d'hommes", "coro maschile",
            "coro virile", "coro masculino", "muzsky sbor",
        ),
        ("soprano", "soprano", "alto", "alto"): (
            "ssaa", "female choir", "female chorus", "women's choir", "women's chorus", "frauenchor", "choeur de femmes", "coro femminile",
            "coro femenino", "zensky sbor",
        ),
        ("soprano", "soprano", "alto"): ("ssa", "treble choir", "children's choir", "kinderchor", "choeur d'enfants"),
        ("soprano", "alto", "bass"): ("sab",),
        ("soprano", "alto"): ("sa choir",),
    }
)  # fmt: skip
"""Words by the voices of other choirs."""

_PIANO_QUARTET = ("violin", "viola", "cello", "piano")

_CHAMBER = {
    "en": ({3: "trio", 4: "quartet", 5: "quintet"}, "{family} {size}",
           {"string": ("string",), "wind": ("wind", "woodwind"), "brass": ("brass",), "piano": ("piano",)}),
    "de": ({3: "trio", 4: "quartett", 5: "quintett"}, "{family}{size}",
           {"string": ("streich",), "wind": ("blaser", "holzblaser"), "brass": ("blechblaser",), "piano": ("klavier",)}),
    "fr": ({3: "trio", 4: "quatuor", 5: "quintette"}, "{size} {family}",
           {"string": ("a cordes",), "wind": ("a vent", "a vents"), "brass": ("de cuivres",), "piano": ("avec piano",)}),
    "it": ({3: "trio", 4: "quartetto", 5: "quintetto"}, "{size} {family}",
           {"string": ("d'archi", "per archi"), "wind": ("di fiati", "a fiati"), "brass": ("di ottoni", "d'ottoni"), "piano": ("con pianoforte",)}),
    "pt": ({3: "trio", 4: "quarteto", 5: "quinteto"}, "{size} {family}",
           {"string": ("de cordas",), "wind": ("de sopros", "de madeiras"), "brass": ("de metais",), "piano": ("com piano",)}),
    "es": ({3: "trio", 4: "cuarteto", 5: "quinteto"}, "{size} {family}",
           {"string": ("de cuerda", "de cuerdas"), "wind": ("de viento", "de vientos"), "brass": ("de metales",), "piano": ("con piano",)}),
}  # fmt: skip
"""By language: words by number of players, the order of the words, and words by family."""

_WITH_PIANO = ("for piano and strings", "fur klavier und streicher", "pour piano et cordes", "per pianoforte e archi", "para piano y cuerdas")  # fmt: skip

_FAMILIES: Mapping[tuple[str, int], str | tuple[str, ...]] = {
    ("string", 3): "string trio", ("string", 4): "string quartet", ("string", 5): "string quintet", ("wind", 3): "woodwind trio",
    ("wind", 5): "wind quintet", ("brass", 4): "brass quartet", ("brass", 5): "brass quintet", ("piano", 3): "piano trio",
    ("piano", 4): _PIANO_QUARTET, ("piano", 5): "piano quintet",
}  # fmt: skip


def group_words() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Names of choirs, and of trios, quartets and quintets in six languages, with their ensembles."""
    for voices, words in _CHOIRS.items():
        for word in words:
            yield word, voices
            yield from (
                (f"{word} {choir}", voices) for choir in ("choir", "chorus", "chor", "choeur", "coro")
            )
    for sizes, order, families in _CHAMBER.values():
        for (family, number), ensemble in _FAMILIES.items():
            yield from (
                (order.format(family=word, size=sizes[number]), ensemble) for word in families[family]
            )
        for number, size in sizes.items():
            yield from ((f"{size} {ending}", _FAMILIES["piano", number]) for ending in _WITH_PIANO)


IMPLIED_PLAYERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "string quartet": ("quartet", "quatuor", "quartetto", "quartett", "quartette", "cuarteto"),
        "orchestra": ("symphony", "symphonie", "sinfonie", "sinfonia", "overture", "ouverture"),
        "satb": ("motet", "motette", "motetto", "madrigal", "anthem", "part song", "part-song", "mass", "messe", "missa", "a cappella", "choral"),
        "voice and piano": ("lied", "lieder", "art song", "melodie francaise", "kunstlied"),
    }
)  # fmt: skip
"""Words that suggest who plays."""
