"""Words for kinds of pieces and forms."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

GENRE_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "waltz": ("waltz", "waltzes", "walzer", "valse", "valses", "valzer", "vals", "valcik", "waltzer", "waltze"),
        "minuet": ("minuet", "minuets", "menuett", "menuet", "minuetto", "menuetto", "minuett", "menuetti"),
        "march": ("march", "marches", "marsch", "marche", "marcia", "marcha", "pochod"),
        "gavotte": ("gavotte", "gavottes", "gavotta", "gavot", "gawotte"),
        "bourrée": ("bourree", "bouree", "bourrees", "bourre"),
        "sarabande": ("sarabande", "sarabanda", "saraband", "sarabandes"),
        "gigue": ("gigue", "giga", "jig", "gigues"),
        "siciliano": ("siciliano", "siciliana", "sicilienne", "sicilian"),
        "allemande": ("allemande", "allemanda", "almain", "almand", "allemandes"),
        "courante": ("courante", "corrente", "courant", "corrant"),
        "polonaise": ("polonaise", "polonaises", "polacca", "polonez", "polonase"),
        "mazurka": ("mazurka", "mazurkas", "mazurek", "mazur"),
        "polka": ("polka", "polkas", "polca"),
        "tarantella": ("tarantella", "tarantelle"),
        "barcarolle": ("barcarolle", "barcarola", "gondola song", "gondellied", "barkarole"),
        "nocturne": ("nocturne", "nocturnes", "notturno", "nocturno", "nachtstuck", "nokturno"),
        "lullaby": ("lullaby", "berceuse", "wiegenlied", "cradle song", "ninna nanna", "ukolebavka", "lullabies"),
        "prelude": ("prelude", "preludes", "praludium", "preludio", "praeludium", "vorspiel", "preludium", "prelud"),
        "étude": ("etude", "etudes", "study", "studies", "studie", "estudio", "ubung", "exercise", "exercises", "studio"),
        "invention": ("invention", "inventions", "invenzione"),
        "sonatina": ("sonatina", "sonatine", "sonatinas"),
        "rondo": ("rondo", "rondeau", "rondos"),
        "song": ("song", "songs", "lied", "lieder", "chanson", "canzone", "canzona", "cancion", "pisen", "melodie", "art song"),
        "romance": ("romance", "romanze", "romanza", "romances"),
        "hymn": ("hymn", "hymns", "hymne", "inno", "hymnus", "psalm"),
        "chorale": ("chorale", "chorales", "choral", "corale", "chorals"),
        "scherzo": ("scherzo", "scherzi", "scherz"),
        "fantasy": ("fantasy", "fantasia", "fantasie", "fantaisie", "phantasie", "fantazie"),
        "bagatelle": ("bagatelle", "bagatelles", "bagatella"),
        "folk song": ("folk song", "folksong", "volkslied", "chanson populaire", "folk tune", "folk songs", "lidova pisen", "canto popolare"),
    }
)  # fmt: skip
"""Words by kind of piece."""

OTHER_GENRES: Mapping[str, tuple[str, str, tuple[str, ...]]] = MappingProxyType(
    {
        "sonata": ("sonatina", "Sonata", ("sonata", "sonatas", "sonate", "sonaten", "violin sonata", "cello sonata", "flute sonata",
                                          "clarinet sonata", "violinsonate", "cellosonate", "flotensonate", "klaviersonate",
                                          "klarinettensonate")),
        "fugue": ("invention", "Fugue", ("fugue", "fugues", "fuge", "fuga", "fughetta", "fuguetta")),
        "canon": ("invention", "Canon", ("canon", "kanon", "canone")),
        "prelude and fugue": ("prelude", "Prelude and Fugue", ("prelude and fugue", "praludium und fuge", "prelude et fugue",
                                                                 "preludio e fuga")),
        "toccata": ("étude", "Toccata", ("toccata", "tokkata", "toccate")),
        "impromptu": ("fantasy", "Impromptu", ("impromptu", "impromptus")),
        "ballade": ("fantasy", "Ballade", ("ballade", "ballades", "ballata")),
        "rhapsody": ("fantasy", "Rhapsody", ("rhapsody", "rhapsodie", "rapsodia")),
        "intermezzo": ("romance", "Intermezzo", ("intermezzo", "intermezzi")),
        "capriccio": ("scherzo", "Capriccio", ("capriccio", "caprice", "capriccios")),
        "humoresque": ("bagatelle", "Humoresque", ("humoresque", "humoreske")),
        "ländler": ("waltz", "Ländler", ("landler", "deutscher tanz", "german dance")),
        "air": ("sarabande", "Air", ("air", "aria", "arie", "arioso")),
        "ecossaise": ("polka", "Écossaise", ("ecossaise", "ecossaisen", "schottische")),
        "motet": ("hymn", "Motet", ("motet", "motette", "motetto", "anthem")),
        "symphony": ("sonatina", "Symphony", ("symphony", "symphonie", "sinfonie", "sinfonia")),
        "serenade": ("romance", "Serenade", ("serenade", "serenata", "standchen", "serenada")),
        "elegy": ("nocturne", "Elegy", ("elegy", "elegie", "lament")),
        "pastorale": ("siciliano", "Pastorale", ("pastorale", "pastoral")),
        "passepied": ("minuet", "Passepied", ("passepied",)),
        "galop": ("polka", "Galop", ("galop", "galopp")),
        "hornpipe": ("gigue", "Hornpipe", ("hornpipe", "reel")),
        "song without words": ("romance", "Song without Words", ("song without words", "lied ohne worte", "romance sans paroles",
                                                                    "songs without words", "lieder ohne worte")),
        "funeral march": ("march", "Funeral March", ("funeral march", "trauermarsch", "marche funebre", "marcia funebre")),
        "wedding march": ("march", "Wedding March", ("wedding march", "hochzeitsmarsch")),
        "album leaf": ("bagatelle", "Album Leaf", ("album leaf", "albumblatt", "feuillet d'album", "foglio d'album", "albumleaf")),
        "moment musical": ("bagatelle", "Moment musical", ("moment musical", "moment musicaux", "moments musicaux")),
        "novelette": ("bagatelle", "Novelette", ("novelette", "novellette")),
        "chaconne": ("sarabande", "Chaconne", ("chaconne", "ciaccona", "chacony")),
        "passacaglia": ("sarabande", "Passacaglia", ("passacaglia", "passacaille")),
        "rigaudon": ("bourrée", "Rigaudon", ("rigaudon", "rigadoon")),
        "loure": ("siciliano", "Loure", ("loure",)),
        "saltarello": ("tarantella", "Saltarello", ("saltarello",)),
        "bolero": ("polonaise", "Bolero", ("bolero",)),
        "csárdás": ("polka", "Csárdás", ("csardas", "czardas")),
        "krakowiak": ("polka", "Krakowiak", ("krakowiak", "cracovienne")),
        "quadrille": ("march", "Quadrille", ("quadrille",)),
        "divertimento": ("sonatina", "Divertimento", ("divertimento", "divertissement")),
        "cavatina": ("romance", "Cavatina", ("cavatina", "cavatine")),
        "reverie": ("romance", "Reverie", ("reverie", "traumerei")),
        "consolation": ("nocturne", "Consolation", ("consolation",)),
        "carol": ("folk song", "Carol", ("carol", "christmas carol", "weihnachtslied", "noel", "koleda")),
    }
)  # fmt: skip
"""Kinds of pieces that composers do not know: the nearest one that they know, the title, and their words."""

FORM_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ternary": ("ternary", "ternary form", "aba", "a-b-a", "aba form", "three-part form", "dreiteilig", "da capo form", "forme ternaire",
                    "abaform", "forma ternaria", "a b a"),
        "binary": ("binary", "binary form", "two-part form", "zweiteilig", "aabb", "forme binaire", "ab form", "forma binaria"),
        "rondo": ("rondo form", "rondoform", "abaca", "rondeau form", "in rondo form", "forme rondo"),
        "through-composed": ("through-composed", "through composed", "durchkomponiert", "free form"),
        "period": ("periods", "period form", "eight-bar period", "strophic", "strophisch", "strophic form"),
    }
)  # fmt: skip
"""Words by plan of the phrases."""
