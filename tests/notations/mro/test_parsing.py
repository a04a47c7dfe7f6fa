"""Reading of MRO text: order, unknown slots, spelling, damage, bad input."""

import pytest

from smashcima.errors import MalformedSourceError, UnsafeSourceError
from smashcima.notations.mro import MroEncoding, MroNoteShape, MroRational, MroSlot, parse_mro, parsing
from tests.notations.mro.every_slot import EVERY_SLOT


def file_of(score: str, header: str = "version 3100 characterencoding ISO88591") -> str:
    return f"X\nfileheader {{ {header} }}\nscore {{ {score} }}\n"


def bar_of(content: str) -> str:
    return file_of(
        "pages { nof 1 page { systems { nof 1 system { staves { nof 1 stave { bars { nof 1 bar {"
        f"\n{content}\n"
        "} } } } } } } }"
    )


def bar(content: str):
    document, issues = parse_mro(bar_of(content))
    assert issues == []
    return document.score.pages[0].systems[0].staves[0].bars[0]


def first_page(text: str | bytes):
    return parse_mro(text)[0].score.pages[0]


def messages(data: bytes | str) -> list[str]:
    return [str(issue) for issue in parse_mro(data)[1]]


# ---------------------------------------------------------------- order, defaults, spelling


def test_slots_may_come_in_any_order():
    read = bar(
        "chords { note { } chord { notes { note { p 3 shape Minim } nof 1 } headend 3 } nof 1 }".replace(
            "note { } ", ""
        )
    )
    assert read.chords[0].notes[0].shape is MroNoteShape.MINIM
    document, issues = parse_mro('X score { title$ "T" } fileheader { characterencoding UTF8 version 2011 }')
    assert (document.score.title, document.header.version, issues) == ("T", 2011, [])


def test_slots_that_are_absent_have_defaults():
    read = bar("chords { nof 1 chord { notes { nof 1 note { p 1 } } } }")
    chord = read.chords[0]
    assert (chord.tuplet_transform, chord.tuplet_id, chord.has_accent) == (MroRational(1, 1), -1, False)
    assert chord.notes[0].shape is MroNoteShape.SOLID
    assert read.barline is None


@pytest.mark.parametrize(
    ("spelling", "shape"),
    [
        ("Sbreve", MroNoteShape.SEMIBREVE),
        ("SBreve", MroNoteShape.SEMIBREVE),
        ("Sbreverest", MroNoteShape.SEMIBREVE_REST),
        ("SBreveRest", MroNoteShape.SEMIBREVE_REST),
        ("BreveRest", MroNoteShape.BREVE_REST),
        ("CrotchetRest", MroNoteShape.CROTCHET_REST),
        ("SQuaverRest", MroNoteShape.SEMIQUAVER_REST),
        ("DSquaverrest", MroNoteShape.DEMISEMIQUAVER_REST),
        ("HDSQuaverRest", MroNoteShape.HEMIDEMISEMIQUAVER_REST),
        ("Grace", MroNoteShape.GRACE),
    ],
)
def test_both_spellings_of_shapes_are_read(spelling, shape):
    read = bar(f"chords {{ nof 1 chord {{ notes {{ nof 1 note {{ shape {spelling} }} }} }} }}")
    assert read.chords[0].notes[0].shape is shape


def test_both_spellings_of_the_tuplet_factor_are_read():
    read = bar("chords { nof 2 chord { tuplettransform 2/3 } chord { tupletransform 4/5 } }")
    assert [chord.tuplet_transform for chord in read.chords] == [(2, 3), (4, 5)]


LINE = 'abot 100 height 36 elements { nof 1 lyricelement { midc 40 bar 0 text$ "la" } }'


@pytest.mark.parametrize("name", ["lyricline", "lyricelement"])
def test_lines_of_lyrics_have_two_names(name):
    stave = f"staves {{ nof 1 stave {{ lyriclines {{ nof 1 {name} {{ {LINE} }} }} }} }}"
    document, issues = parse_mro(
        file_of(f"pages {{ nof 1 page {{ systems {{ nof 1 system {{ {stave} }} }} }} }}")
    )
    assert issues == []
    (line,) = document.score.pages[0].systems[0].staves[0].lyric_lines
    assert (line.baseline_units, line.elements[0].text, line.elements[0].middle_units) == (100, "la", 40)


def test_syllables_outside_a_line_are_a_line():
    syllables = (
        'lyriclines { nof 2 lyricelement { midc 40 text$ "la-" } lyricelement { text$ "le" midc 60 } }'
    )
    page = first_page(
        file_of(
            f"pages {{ nof 1 page {{ systems {{ nof 1 system {{ staves {{ nof 1 stave {{ {syllables} }} }} }} }} }} }}"
        )
    )
    (line,) = page.systems[0].staves[0].lyric_lines
    assert [element.text for element in line.elements] == ["la-", "le"]


def test_a_number_without_a_value_before_a_text_is_reported():
    # "124 text$" is in the specification of `lyricelement`.
    found = messages(file_of('124 title$ "T"'))
    assert found == ["line 3: score.124: expected a value, not `title$`: skipped"]
    assert parse_mro(file_of('124 title$ "T"'))[0].score.title == "T"


# ---------------------------------------------------------------- versions and encodings


def test_version_1000_counts_tuplets():
    text = bar_of("chords { nof 1 chord { tupletcount 2 tuplettransform 2/3 } }").replace("3100", "1000")
    document, issues = parse_mro(text)
    chord = document.score.pages[0].systems[0].staves[0].bars[0].chords[0]
    assert (document.header.version, chord.tuplet_count, chord.tuplet_id, issues) == (1000, 2, -1, [])


@pytest.mark.parametrize("version", [1000, 2000, 2011, 3000, 3100])
def test_all_versions_are_known(version):
    assert messages(file_of("", f"version {version} characterencoding ASCII")) == []


def test_a_later_version_is_read_with_an_issue():
    (message,) = messages(file_of("", "version 4000 characterencoding UTF8"))
    assert "unknown version 4000" in message


@pytest.mark.parametrize(
    ("name", "codec"),
    [("ISO88591", "latin-1"), ("UTF8", "utf-8"), ("utf-8", "utf-8"), ("ISO8859-1", "latin-1")],
)
def test_texts_are_decoded_as_the_header_says(name, codec):
    data = file_of('title$ "Müller"', f"version 2000 characterencoding {name}").encode(codec)
    document, _ = parse_mro(data)
    assert document.score.title == "Müller"


def test_bytes_that_are_not_in_the_encoding_are_read_as_latin_1():
    data = file_of('title$ "Müller"', "version 3100 characterencoding ASCII").encode("latin-1")
    document, issues = parse_mro(data)
    assert (document.score.title, document.header.encoding) == ("Müller", MroEncoding.ISO88591)
    assert "is not ASCII; read as ISO88591" in str(issues[0])


def test_a_byte_order_mark_means_utf_8():
    document, _ = parse_mro(b"\xef\xbb\xbf" + file_of('title$ "Dvořák"').encode())
    assert (document.score.title, document.header.encoding) == ("Dvořák", MroEncoding.UTF8)


def test_text_that_was_decoded_before_is_taken_as_it_is():
    document, issues = parse_mro(file_of('title$ "Dvořák"'))
    assert (document.score.title, document.header.encoding, issues) == ("Dvořák", MroEncoding.UTF8, [])


def test_texts_may_have_quotes_brackets_and_line_ends():
    assert parse_mro(file_of('title$ "a ""b"" { } \r\n c"'))[0].score.title == 'a "b" { } \r\n c'
    assert parse_mro(file_of('title$ """"'))[0].score.title == '"'
    assert parse_mro(file_of('title$ ""'))[0].score.title == ""


# ---------------------------------------------------------------- what is not understood is kept


def test_unknown_slots_are_kept_and_reported_once():
    document, issues = parse_mro(file_of('miditempo 120 future { a 1 b$ "x ""y""" c { nof 0 } }'))
    assert document.score.unknown == (
        MroSlot("miditempo", "120"),
        MroSlot(
            "future", (MroSlot("a", "1"), MroSlot("b$", '"x ""y"""'), MroSlot("c", (MroSlot("nof", "0"),)))
        ),
    )
    assert [(issue.where, issue.element) for issue in issues] == [
        ("line 3", "score.miditempo"),
        ("line 3", "score.future"),
    ]
    slots = " ".join(["key 1 odd 2"] * 1)
    repeated = bar_of(f"keysigs {{ nof 3 keysig {{ {slots} }} keysig {{ {slots} }} keysig {{ {slots} }} }}")
    assert messages(repeated) == ["line 4: keysig.odd: unknown slot: kept, but not interpreted (3 times)"]


def test_comments_are_kept_without_an_issue():
    document, issues = parse_mro(file_of('comment$ "one" comment 2 comment { a 1 } title$ "T"'))
    assert issues == []
    assert [slot.name for slot in document.score.unknown] == ["comment$", "comment", "comment"]
    assert all(slot.is_comment for slot in document.score.unknown)


def test_a_wrong_value_is_kept_and_reported_with_what_was_expected():
    text = bar_of("clefs { nof 1 clef { shape Percussion centre 12 pitchposn 2.5 } }")
    document, issues = parse_mro(text)
    clef = document.score.pages[0].systems[0].staves[0].bars[0].clefs[0]
    assert clef.unknown == (
        MroSlot("shape", "Percussion"),
        MroSlot("centre", "12"),
        MroSlot("pitchposn", "2.5"),
    )
    assert [str(issue) for issue in issues] == [
        "line 4: clef.shape: expected one of Treble, Bass, Alto, TrebleUp8, TrebleDown8, not `Percussion`: not used",
        "line 4: clef.centre: expected a position `row,column`, such as 66,86, not `12`: not used",
        "line 4: clef.pitchposn: expected an integer of at most 9 digits, such as -12, not `2.5`: not used",
    ]


@pytest.mark.parametrize("word", ["1_0", "１２", "+5", "0x10", "99999999999", "1e3"])
def test_numbers_are_those_of_the_format(word):
    assert "expected an integer" in messages(bar_of(f"keysigs {{ nof 1 keysig {{ key {word} }} }}"))[0]


def test_a_readable_value_wins_over_an_unreadable_one():
    document, _ = parse_mro(file_of('title$ 3 title$ "T" title$ 4'))
    assert (document.score.title, document.score.unknown) == ("T", ())


def test_of_two_values_the_last_is_used():
    document, issues = parse_mro(file_of('title$ "A" title$ "B"'))
    assert document.score.title == "B"
    assert "given more than once" in str(issues[0])


def test_two_lists_are_joined():
    read = parse_mro(bar_of("clefs { nof 1 clef { } } clefs { nof 1 clef { shape Bass } }"))
    assert len(read[0].score.pages[0].systems[0].staves[0].bars[0].clefs) == 2
    assert "joined" in str(read[1][0])


# ---------------------------------------------------------------- damage


def test_a_wrong_count_is_reported():
    text = bar_of("clefs { nof 3 clef { } } keysigs { keysig { } } chords { nof x }")
    assert messages(text) == [
        "line 4: clefs: `nof` is `3`, but the number of elements is 1",
        "line 4: keysigs: `nof` is missing, but the number of elements is 1",
        "line 4: chords: `nof` is `x`, but the number of elements is 0",
    ]


@pytest.mark.parametrize("cut", range(0, len(EVERY_SLOT), 97))
def test_of_a_truncated_file_what_is_there_is_read(cut):
    data = EVERY_SLOT[: len(EVERY_SLOT) - cut]
    if b"fileheader {" not in data:
        return
    document, issues = parse_mro(data)
    assert bool(issues) == (cut > 0)
    if b'trout.bmp"' in data:
        assert document.score.pages[0].image_path == "C:\\scans\\trout.bmp"


def test_a_truncated_file_is_reported_with_its_open_structures():
    data = EVERY_SLOT[: EVERY_SLOT.index(b"accid Sharp")]
    assert messages(data)[-1] == (
        "line 33: note: the file ends inside score > pages > page > systems > system > staves > stave > bars > bar"
        " > chords > chord > notes > note"
    )
    assert first_page(data).systems[0].staves[0].bars[0].chords[0].notes[0].position_down == 3


def test_a_text_that_is_not_closed_ends_with_its_line():
    document, issues = parse_mro(
        'X\nscore {\n title$ "The ""Trout\n unitsperstavespacing 16\n}\nfileheader { }'
    )
    assert (document.score.title, document.score.units_per_staff_space) == ('The "Trout', 16)
    assert str(issues[0]).startswith("line 3: text: closing quote missing or misplaced")


def test_a_quote_in_a_text_that_is_not_doubled_is_reported():
    document, issues = parse_mro(
        'X\nfileheader { }\nscore {\n title$ "The "Trout""\n unitsperstavespacing 16\n}'
    )
    assert document.score.title == 'The "Trout"'
    assert str(issues[0]).startswith("line 4: text: closing quote missing or misplaced")


def test_brackets_without_spaces_are_understood():
    document, issues = parse_mro('X fileheader {version 3100 characterencoding UTF8} score {title$ "T"}')
    assert (document.header.version, document.score.title, issues) == (3100, "T", [])


def test_values_and_brackets_in_the_wrong_place_are_reported():
    assert (
        messages(file_of('title$ } score { title$ "T"'))[0]
        == "line 3: score.title$: expected a value, not `}`: skipped"
    )
    assert messages(file_of('{ a 1 { b 2 } } title$ "T"')) == [
        "line 3: score: bracket without a name: skipped with all that it holds"
    ]
    assert messages(file_of('"odd" title$ "T"')) == ['line 3: score: text without a name: `"odd"` skipped']
    assert messages(file_of("pages 3 ")) == ["line 3: score.pages: expected `{`, not `3`: not used"]
    assert (
        messages(file_of("") + "} }")[-1] == "line 4: file: closing bracket without an opening one: skipped"
    )


def test_missing_parts_are_reported():
    assert messages("fileheader { version 3100 } score { }") == [
        "line 1: identifier: missing: expected a word before `fileheader`"
    ]
    assert messages("X score { }") == [
        "line 1: fileheader: missing: expected `fileheader { ... }`; read with defaults"
    ]


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    "data", [b"", b" \n", b"{ }", b"X", b'"x"', b"<score-partwise/>", b"fileheader", b"X score 3"]
)
def test_what_is_not_mro_is_an_error(data):
    with pytest.raises(MalformedSourceError, match="is not an MRO file"):
        parse_mro(data)


def test_binary_data_is_an_error():
    with pytest.raises(MalformedSourceError, match="NUL character at byte 3"):
        parse_mro(b"abc\0fileheader { }")


@pytest.mark.parametrize(
    "text",
    [
        "X score { future " + "{ a " * 10_000,
        "X score { pages " + "{ pages " * 10_000,
        "X score { " + "{ " * 10_000,
        "X score { pages " + "{ nof 1 page { systems " * 10_000,
    ],
)
def test_ten_thousand_nested_brackets_are_an_error(text):
    with pytest.raises(MalformedSourceError, match="Line 1 has more than 100 nested brackets"):
        parse_mro(text)


def test_a_count_of_a_billion_allocates_nothing():
    assert messages(file_of("pages { nof 1000000000 page { } }")) == [
        "line 3: pages: `nof` is `1000000000`, but the number of elements is 1"
    ]


def test_huge_files_are_refused(monkeypatch):
    monkeypatch.setattr(parsing, "MAX_SIZE", 100)
    with pytest.raises(UnsafeSourceError, match="more than the limit"):
        parse_mro(EVERY_SLOT)


def test_flaws_are_listed_up_to_a_limit():
    found = messages(bar_of("clefs { nof 3000 " + "clef { shape X } " * 3000 + "}"))
    assert len(found) == 1001
    assert found[-1] == "the file: flaws: 2000 further flaws are not listed"
