"""Words for textures and density, and for elements of notation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TEXTURE_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "melody": ("monophonic", "monophony", "unaccompanied melody", "melody only", "melody alone", "single melody", "einstimmig", "one voice only",
                   "single-voice", "unison", "monodique", "single line", "single-line"),
        "alberti": ("alberti", "alberti bass", "broken chords", "alberti-bass", "albertibass", "basse d'alberti", "alberti accompaniment",
                    "broken chord", "basso albertino"),
        "block chords": ("block chords", "chordal", "chords", "block chord", "akkordisch", "accords plaques", "homophonic", "chordal accompaniment",
                         "homophon", "homophony", "solid chords"),
        "arpeggio": ("arpeggio", "arpeggios", "arpeggiated", "arpeggi", "arpeggien", "rolling accompaniment", "arpeggio accompaniment", "harp-like",
                     "arpeges", "flowing accompaniment"),
        "waltz": ("oom-pah-pah", "oom pah pah", "waltz accompaniment", "waltz bass", "waltz rhythm", "um-ta-ta"),
        "stride": ("stride", "oom-pah", "oom pah", "stride bass", "boom-chick", "stride accompaniment"),
        "polonaise": ("polonaise rhythm", "polonaise accompaniment"),
        "walking bass": ("walking bass", "running bass", "basso continuo", "continuo", "generalbass", "laufender bass"),
        "drone": ("drone", "bourdon", "drone bass", "pedal point", "musette", "bagpipe", "hurdy-gurdy", "orgelpunkt"),
        "repeated chords": ("repeated chords", "drum bass", "pulsing chords", "repeated chord", "trommelbass"),
        "octaves": ("octaves", "bass octaves", "octave bass", "bass in octaves", "octaves in the bass", "left-hand octaves"),
        "chorale": ("four-part harmony", "chorale texture", "chorale style", "hymn-like", "four-part chorale", "chorale-like", "4-part harmony",
                    "four part harmony", "choralsatz", "vierstimmiger satz", "vierstimmig", "homorhythmic", "hymn texture"),
        "counterpoint": ("counterpoint", "contrapuntal", "polyphonic", "polyphony", "imitative", "fugal", "kontrapunktisch", "polyphon",
                         "contrapuntique", "two-part", "three-part", "two-voice", "three-voice", "2-part", "3-part", "two part", "three part",
                         "zweistimmig", "dreistimmig", "contrappunto", "polyphonique", "a deux voix", "a trois voix", "four-voice",
                         "zweistimmige", "dreistimmige", "kontrapunkt"),
    }
)  # fmt: skip
"""Words by texture."""

DENSITY_WORDS: Mapping[float, tuple[str, ...]] = MappingProxyType(
    {
        0.1: ("very sparse", "very simple", "very easy", "long notes", "few notes", "for beginners", "beginner", "sehr leicht"),
        0.2: ("sparse", "simple", "easy", "leicht", "facile", "simply", "einfach", "elementary", "children's", "slow-moving notes", "thin"),
        0.5: ("intermediate", "medium density", "mittelschwer"),
        0.8: ("dense", "busy", "florid", "difficult", "advanced", "schwer", "difficile", "many notes", "elaborate", "fast notes", "flowing notes",
              "brillante", "sixteenth notes", "semiquavers", "running sixteenths"),
        0.95: ("very dense", "virtuosic", "virtuoso", "very difficult", "very busy", "black with notes", "virtuos", "virtuose", "bravura piece"),
    }
)  # fmt: skip
"""Words by density of the melody."""

ELEMENT_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "tuplets": ("tuplets", "triplets", "tuplet", "triplet", "triolen", "triolets", "terzine"),
        "grace notes": ("grace notes", "grace note", "appoggiaturas", "acciaccaturas", "vorschlage", "graces", "appoggiature", "notes d'agrement"),
        "ornaments": ("ornaments", "ornament", "ornamentation", "trills", "trill", "mordents", "turns", "ornamented", "verzierungen", "ornements",
                      "triller", "trilles", "ornamental", "ornate", "abbellimenti"),
        "articulations": ("articulations", "articulation", "staccato", "accents", "tenuto", "staccati", "marcato notes", "staccatos", "artikulation",
                          "staccato notes"),
        "fingerings": ("fingerings", "fingering", "fingered", "finger numbers", "fingersatz", "doigtes", "doigte", "diteggiatura", "fingersatze"),
        "cross-staff": ("cross-staff", "cross staff", "cross-staff notes", "cross-staff beams", "cross-staff beaming"),
        "ties": ("ties", "tied notes", "haltebogen", "tied"),
        "arpeggios": ("arpeggio signs", "rolled chords", "wavy lines before chords"),
        "slurs": ("slurs", "slurred", "legato", "phrasing", "bindebogen", "liaisons", "legature", "phrase marks", "legato slurs"),
        "dynamics": ("dynamics", "dynamic marks", "dynamic markings", "dynamik", "nuances", "dynamique", "dinamiche", "forte and piano marks"),
        "hairpins": ("hairpins", "crescendos", "crescendo", "crescendi", "wedges", "diminuendos", "swells"),
        "pedals": ("pedal", "pedals", "pedal marks", "pedal markings", "pedals marked", "pedalling", "pedaling", "pedal signs", "pedalzeichen", "sustain pedal"),
        "directions": ("directions", "expression words", "expression marks", "expressive markings", "text directions", "performance directions"),
        "fermatas": ("fermatas", "fermata", "fermate", "holds", "points d'orgue", "pauses"),
        "breaths": ("breath marks", "breaths", "breath mark", "atemzeichen"),
        "clef changes": ("clef changes", "changes of clef", "changing clefs", "schlusselwechsel", "clef change"),
        "endings": ("first and second endings", "endings", "voltas", "volta", "prima volta", "second endings", "klammern", "1st and 2nd endings"),
        "repeats": ("repeats", "repeat signs", "repeated sections", "wiederholungen", "reprises", "ritornelli", "repeat marks", "wiederholungszeichen"),
    }
)  # fmt: skip
"""Words by element."""

USUAL_SHARES: Mapping[str, tuple[float, float, float]] = MappingProxyType(
    {
        "tuplets": (0.05, 0.15, 0.4), "grace notes": (0.02, 0.06, 0.2), "ornaments": (0.02, 0.06, 0.2), "articulations": (0.08, 0.25, 0.6),
        "fingerings": (0.1, 0.4, 0.9), "cross-staff": (0.02, 0.06, 0.2), "ties": (0.02, 0.06, 0.15), "arpeggios": (0.02, 0.05, 0.15),
        "slurs": (0.2, 0.5, 1.0), "dynamics": (0.06, 0.2, 0.5), "hairpins": (0.06, 0.2, 0.5), "pedals": (0.2, 0.5, 1.0),
        "directions": (0.04, 0.1, 0.3), "fermatas": (0.02, 0.06, 0.15), "breaths": (0.04, 0.1, 0.25), "clef changes": (0.03, 0.1, 0.25),
        "endings": (0.02, 0.05, 0.1), "repeats": (0.03, 0.06, 0.12),
    }
)  # fmt: skip
"""What few, some and many mean."""

FEW = (
    "few",
    "a few",
    "occasional",
    "sparse",
    "little",
    "wenige",
    "einige wenige",
    "peu de",
    "pochi",
    "sparing",
    "sparsely",
    "rare",
    "lightly",
    "wenig",
    "quelques",
    "alcuni",
    "alcune",
    "poche",
    "pocos",
    "pocas",
    "poucos",
    "hardly any",
    "scarce",
)
MANY = ("many", "lots of", "a lot of", "plenty of", "rich", "richly", "heavy", "heavily", "viele", "sehr viele", "zahlreiche", "de nombreux", "nombreux", "nombreuses", "moltissimi", "moltissime", "tanti", "tante", "muchas", "muitos", "muitas", "countless", "tons of", "beaucoup de", "molti", "molte", "numerous",
        "full of", "abundant", "frequent", "extensive", "detailed", "reichen", "profusely", "loads of", "muchos", "very")  # fmt: skip
NONE = (
    "no",
    "without",
    "without any",
    "ohne",
    "sans",
    "senza",
    "free of",
    "not any",
    "lacking",
    "neither",
    "nor",
    "bez",
    "without the",
    "kein",
    "keine",
    "sin",
    "keinen",
    "keinerlei",
    "sans aucun",
    "senza alcun",
    "sin ningun",
    "devoid of",
    "avoid",
    "avoiding",
    "omit",
    "omitting",
    "excluding",
    "minus",
    "zero",
    "not",
)
