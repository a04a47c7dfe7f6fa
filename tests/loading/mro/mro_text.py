"""Short functions that write MRO text as the specification describes it."""


def array(name: str, element: str, contents: list[str]) -> str:
    inner = " ".join(f"{element} {{ {content} }}" for content in contents)
    return f"{name} {{ nof {len(contents)} {inner} }}" if contents else ""


def note(p: int, shape: str = "Solid", extra: str = "") -> str:
    return f"shape {shape} staveoffset 0 p {p} {extra}"


def chord(x: int, *notes: str, up: bool = True, extra: str = "") -> str:
    """A chord with its noteheads centred at column `x` of the stave."""
    first = notes[0]
    is_stemless = any(word in first for word in ("rest", "Rest", "reve "))
    column = x if is_stemless else x + (9 if up else -9)
    stem = f"virtualstem {is_stemless} stemup {up}"
    return f"{stem} flagposn 0,{column} {extra} {array('notes', 'note', list(notes))}"


def quarter(x: int, p: int, up: bool = True, extra: str = "", of_note: str = "") -> str:
    return chord(x, note(p, "Solid", of_note), up=up, extra=extra)


def half(x: int, p: int, up: bool = True, extra: str = "") -> str:
    return chord(x, note(p, "Minim"), up=up, extra=extra)


def whole(x: int, p: int, extra: str = "") -> str:
    return chord(x, note(p, "Sbreve"), extra=extra)


def rest(x: int, kind: str = "Crotchetrest", p: int = 0, extra: str = "") -> str:
    return chord(x, note(p, kind), extra=extra)


def beam(number: int, nodes: int, left: int, right: int) -> str:
    return f"beam {{ id {number} nofnodes {nodes} nofleft {left} nofright {right} }}"


def triplet(number: int = 0) -> str:
    return f"tuplettransform 2/3 tupletID {number}"


TREBLE = "shape Treble centre 32,20 pitchposn 2"
BASS = "shape Bass centre 32,20 pitchposn -2"
COMMON_TIME = "showasalpha True top 4 bottom 4 centre 32,70 timeslice 0/1"


def time(top: int, bottom: int, x: int = 70) -> str:
    return f"showasalpha False top {top} bottom {bottom} centre 32,{x}"


def key(fifths: int, x: int = 50) -> str:
    return f"key {fifths} centre 32,{x}"


def bar(
    *chords: str,
    end: int,
    barline: str = "Single",
    clefs: tuple[str, ...] = (),
    keys: tuple[str, ...] = (),
    timesig: str = "",
    invented: bool = False,
) -> str:
    parts = [array("clefs", "clef", list(clefs)), array("keysigs", "keysig", list(keys))]
    if timesig:
        parts.append(f"timesig {{ {timesig} }}")
    parts.append(array("chords", "chord", list(chords)))
    if barline:
        parts.append(
            f"barline {{ type {barline} leftlinex {end} rightlinex {end} trueend True invented {invented} }}"
        )
    return " ".join(parts)


def first_bar(*chords: str, end: int, clef: str = TREBLE, **others: object) -> str:
    """A bar with a treble clef and, by default, 4/4."""
    return bar(*chords, end=end, **{"clefs": (clef,), "timesig": time(4, 4), **others})


def lyric_line(*syllables: tuple[int, int, str], row: int = 110) -> str:
    """A line of syllables: column, bar, text."""
    elements = [f'extender False midc {x} bar {index} text$ "{text}"' for x, index, text in syllables]
    return f"abot {row} height 36 style 4 {array('elements', 'lyricelement', elements)}"


def stave(
    *bars: str,
    top: int = 100,
    joined: bool = False,
    split: bool = False,
    lyrics: tuple[str, ...] = (),
    texts: tuple[str, ...] = (),
    dynamics: tuple[str, ...] = (),
) -> str:
    return (
        f"top {top} left 40 width 1000 size 64 voicessplit {split} joinedtobelow {joined}"
        f" {array('bars', 'bar', list(bars))} {array('lyriclines', 'lyricline', list(lyrics))}"
        f" {array('texts', 'text', list(texts))} {array('dynamics', 'dynamic', list(dynamics))}"
    )


def system(*staves: str, top: int = 100, slurs: tuple[str, ...] = ()) -> str:
    return (
        f"top {top} left 40 width 1000 height {136 * len(staves) - 72}"
        f" {array('staves', 'stave', list(staves))} {array('slurs', 'slur', list(slurs))}"
    )


def page(*systems: str) -> str:
    return f"width 1100 height 1600 {array('systems', 'system', list(systems))}"


def file(*pages: str, version: int = 3100, title: str = "") -> str:
    header = f"fileheader {{ version {version} characterencoding ISO88591 }}"
    return f'X\n{header}\nscore {{ title$ "{title}" unitsperstavespacing 16 {array("pages", "page", list(pages))} }}'


def one_stave(*bars: str, slurs: tuple[str, ...] = (), version: int = 3100, **of_stave: object) -> str:
    return file(page(system(stave(*bars, **of_stave), slurs=slurs)), version=version)
