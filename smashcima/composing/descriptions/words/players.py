"""Words for instruments, voices and ensembles: English, German, French, Italian, Spanish, Czech."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

INSTRUMENT_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "piano": ("piano", "pianos", "pianoforte", "fortepiano", "klavier", "klaviere", "clavier", "klavir", "keyboard", "hammerklavier",
                  "hammerflugel", "flugel", "pno", "pf", "piano-forte", "grand piano", "upright piano", "piano solo", "klaviersonate", "klavierstuck", "piano piece", "piano music"),
        "harpsichord": ("harpsichord", "harpsichords", "cembalo", "clavecin", "clavicembalo", "spinet", "virginal", "virginals",
                        "kielflugel"),
        "organ": ("organ", "organs", "orgel", "orgue", "organo", "varhany", "harmonium"),
        "celesta": ("celesta", "celeste"),
        "harp": ("harp", "harps", "harfe", "harpe", "arpa", "harfa"),
        "guitar": ("guitar", "guitars", "gitarre", "guitare", "chitarra", "guitarra", "kytara", "lute", "laute", "luth", "liuto"),
        "flute": ("flute", "flutes", "flauto", "flauti", "flote", "querflote", "traverso", "traversiere", "flauta", "fletna",
                  "transverse flute"),
        "recorder": ("recorder", "recorders", "blockflote", "flute a bec", "flauto dolce", "blockfloten"),
        "piccolo": ("piccolo", "piccoloflote", "ottavino"),
        "oboe": ("oboe", "oboes", "oboen", "hautbois", "hoboe", "hoboj", "oboi"),
        "english horn": ("english horn", "cor anglais", "englischhorn", "corno inglese", "englisch horn"),
        "clarinet in b": ("clarinet", "clarinets", "klarinette", "klarinetten", "clarinette", "clarinetto", "clarinetti", "clarinete",
                          "klarinet", "clarinet in b flat", "clarinet in bb", "clarinet in b♭", "b flat clarinet", "bb clarinet",
                          "b♭ clarinet", "b-klarinette", "klarinette in b", "clarinette en si bemol", "clarinet in b"),
        "clarinet in a": ("clarinet in a", "a clarinet in a", "klarinette in a", "a-klarinette", "clarinette en la"),
        "bassoon": ("bassoon", "bassoons", "fagott", "fagotte", "basson", "fagotto", "fagotti", "fagot"),
        "alto saxophone": ("alto saxophone", "saxophone", "sax", "alto sax", "altsaxophon", "saxophon", "saxofono", "saxophones", "saxofon"),
        "horn in f": ("horn", "horns", "french horn", "french horns", "horn in f", "waldhorn", "cor", "corno", "corni", "horner",
                      "cor en fa", "lesni roh", "trompa"),
        "trumpet in b": ("trumpet", "trumpets", "trompete", "trompeten", "trompette", "tromba", "trombe", "trumpet in b flat",
                         "trumpet in bb", "trumpet in b", "bb trumpet", "b flat trumpet", "cornet", "kornett", "trubka", "trompeta"),
        "trumpet in c": ("trumpet in c", "c trumpet", "trompete in c", "trompette en ut"),
        "trombone": ("trombone", "trombones", "posaune", "posaunen", "tromboni", "trombon", "pozoun"),
        "tuba": ("tuba", "tubas"),
        "violin": ("violin", "violins", "violine", "violinen", "geige", "geigen", "violon", "violons", "violino", "violini", "fiddle",
                   "fiddles", "housle", "vn", "vln", "violin solo"),
        "viola": ("viola", "violas", "bratsche", "bratschen", "alto viola", "viole"),
        "cello": ("cello", "cellos", "violoncello", "violoncellos", "violoncelle", "celli", "violoncelli", "'cello", "vc", "violonchelo"),
        "double bass": ("double bass", "double-bass", "double basses", "contrabass", "kontrabass", "contrebasse", "contrabbasso",
                        "upright bass", "string bass", "contrabajo"),
        "soprano": ("soprano", "sopranos", "sopran", "soprano voice", "treble voice"),
        "mezzo-soprano": ("mezzo-soprano", "mezzo soprano", "mezzo", "mezzosopran", "mezzosoprano"),
        "alto": ("alto", "altos", "alt", "contralto", "alto voice", "altstimme"),
        "tenor": ("tenor", "tenors", "tenore", "tenor voice", "tenors"),
        "baritone": ("baritone", "bariton", "baryton", "baritono", "baritone voice"),
        "bass": ("bass voice", "bass singer", "basso", "bass", "basses"),
        "voice": ("voice", "singer", "vocal", "vocals", "gesang", "singstimme", "chant", "voix", "voce", "canto", "voz", "zpev",
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
                 "gemischten chor", "chor", "choeur", "choeur mixte", "coro", "coro misto", "sbor", "satb choir", "satb chorus", "vocal quartet",
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

IMPLIED_PLAYERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "string quartet": ("quartet", "quatuor", "quartetto", "quartett", "quartette"),
        "orchestra": ("symphony", "symphonie", "sinfonie", "sinfonia", "overture", "ouverture"),
        "satb": ("motet", "motette", "motetto", "madrigal", "anthem", "part song", "part-song", "mass", "messe", "missa", "a cappella", "choral"),
        "voice and piano": ("lied", "lieder", "art song", "melodie francaise", "kunstlied"),
    }
)  # fmt: skip
"""Words that suggest who plays."""
