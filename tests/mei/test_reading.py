"""Reading hand-written MEI: every value below is worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

import smashcima.scene.semantic as s
from smashcima.errors import MalformedSourceError, UnsafeSourceError
from smashcima.mei import read_mei, write_mei


def document(
    measures: str,
    definition: str = 'meter.count="4" meter.unit="4"',
    staff: str = 'clef.shape="G" clef.line="2"',
) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0"><meiHead><fileDesc><titleStmt><title>T</title>
<composer>C</composer></titleStmt><pubStmt/></fileDesc></meiHead><music><body><mdiv><score xml:id="sc">
<scoreDef {definition}><staffGrp><staffDef xml:id="S1" n="1" lines="5" {staff}/></staffGrp></scoreDef>
<section>{measures}</section></score></mdiv></body></music></mei>"""


def layer(content: str, n: str = "1") -> str:
    return f'<measure n="{n}"><staff n="1"><layer n="1">{content}</layer></staff></measure>'


def events(score: s.Score) -> list[tuple[Fraction, Fraction]]:
    return [
        (event.onset, event.quarter_length)
        for voice in (v for m in score.measures for v in m.voices)
        for event in voice.events
    ]


def read(mei: str) -> s.Score:
    score, _ = read_mei(mei)
    return score


def F(text: str) -> Fraction:
    return Fraction(text)


def test_dots_tuplets_and_grace_notes_take_their_time() -> None:
    score = read(
        document(
            layer(
                '<note dur="4" dots="1" pname="c" oct="5"/><note dur="8" grace="unacc" pname="d" oct="5"/><note dur="8" pname="e" oct="5"/>'
                '<tuplet num="3" numbase="2"><beam><note dur="8" pname="c" oct="5"/><rest dur="8"/><note dur="8" pname="d" oct="5"/></beam></tuplet>'
                '<rest dur="4"/>'
            )
        )
    )
    assert events(score) == [
        (F("0"), F("3/2")), (F("3/2"), F("0")), (F("3/2"), F("1/2")),
        (F("2"), F("1/3")), (F("7/3"), F("1/3")), (F("8/3"), F("1/3")), (F("3"), F("1")),
    ]  # fmt: skip
    assert [note.is_grace for note in score.notes()] == [False, True, False, False, False]


def test_nested_tuplets_multiply() -> None:
    inner = '<tuplet num="3" numbase="2"><note dur="16" pname="c" oct="5"/><note dur="16" pname="c" oct="5"/><note dur="16" pname="c" oct="5"/></tuplet>'
    score = read(
        document(
            layer(
                f'<tuplet num="3" numbase="2">{inner}<note dur="8" pname="c" oct="5"/><note dur="8" pname="c" oct="5"/></tuplet>'
            )
        )
    )
    assert [note.quarter_length for note in score.notes()] == [F("1/9")] * 3 + [F("1/3")] * 2


def test_a_tremolo_between_two_notes_takes_the_time_of_one() -> None:
    score = read(
        document(
            layer(
                '<fTrem beams="3"><note dur="2" pname="c" oct="5"/><note dur="2" pname="e" oct="5"/></fTrem><rest dur="2"/>'
            )
        )
    )
    assert events(score) == [(F("0"), F("1")), (F("1"), F("1")), (F("2"), F("2"))]


def test_notes_of_a_chord_share_its_time() -> None:
    score = read(
        document(
            layer('<chord dur="2"><note pname="c" oct="4"/><note pname="e" oct="4"/></chord><rest dur="2"/>')
        )
    )
    assert [(n.onset, n.quarter_length, str(n.written_duration)) for n in score.notes()] == [
        (F("0"), F("2"), "half")
    ] * 2
    chord = next(score.descendants(s.Chord))
    assert [note.chord for note in chord.notes] == [chord, chord]


def test_a_pickup_measure_is_as_long_as_it_is() -> None:
    score = read(
        document(
            layer('<note dur="4" pname="c" oct="5"/>', "0")
            + layer("<mRest/>", "1")
            + layer('<note dur="1" pname="c" oct="5"/>', "2")
        )
    )
    assert [(m.n, m.onset, m.quarter_length) for m in score.measures] == [
        ("0", F("0"), F("1")),
        ("1", F("1"), F("4")),
        ("2", F("5"), F("4")),
    ]
    rest = next(score.descendants(s.MeasureRest))
    assert (rest.onset, rest.quarter_length) == (F("1"), F("4"))


def test_a_multi_measure_rest_moves_what_follows() -> None:
    score = read(document(layer('<multiRest num="3"/>') + layer('<note dur="1" pname="c" oct="5"/>', "4")))
    assert [note.onset for note in score.notes()] == [F("12")]


def test_a_multi_measure_rest_beside_empty_staves_counts_too() -> None:
    other = '<staff n="2"><layer n="1"><mSpace/></layer></staff></measure>'
    mei = document(layer('<multiRest num="5"/>').replace("</measure>", other) + layer("<mRest/>", "6"))
    mei = mei.replace("</staffGrp>", '<staffDef n="2" lines="5"/></staffGrp>')
    assert [measure.onset for measure in read(mei).measures] == [0, 20]


def test_the_longest_voice_decides_and_too_long_ones_are_issues() -> None:
    score, issues = read_mei(
        document(
            layer('<note dur="1" pname="c" oct="5"/><note dur="4" pname="c" oct="5"/>')
            + layer("<mRest/>", "2")
        )
    )
    assert score.measures[1].onset == 5
    assert [(issue.where, issue.element) for issue in issues] == [("measure 1", "layer")]


def test_keys_and_accidentals_in_the_measure_alter_notes() -> None:
    content = (
        '<note dur="4" pname="b" oct="4"/><note dur="4" pname="f" oct="4"><accid accid="s"/></note>'
        '<note dur="4" pname="f" oct="4"/><note dur="4" pname="f" oct="5"/>'
    )
    score = read(
        document(
            layer(content) + layer('<note dur="1" pname="f" oct="4"/>', "2"),
            'key.sig="2f" meter.count="4" meter.unit="4"',
        )
    )
    assert [str(note.sounding_pitch) for note in score.notes()] == ["Bb4", "F#4", "F#4", "F5", "F4"]


def test_a_tie_carries_an_accidental_over_the_barline_for_one_note() -> None:
    second = '<note xml:id="b" dur="2" pname="f" oct="4"/><note dur="2" pname="f" oct="4"/>'
    first = '<note xml:id="a" dur="1" pname="f" oct="4"><accid accid="s"/></note>'
    tie = '<tie startid="#a" endid="#b"/></measure>'
    score = read(document(layer(first).replace("</measure>", tie) + layer(second, "2")))
    assert [str(note.sounding_pitch) for note in score.notes()] == ["F#4", "F#4", "F4"]


def test_performed_accidentals_decide_where_they_are_written() -> None:
    content = '<note dur="2" pname="b" oct="4" accid.ges="f"/><note dur="2" pname="e" oct="4"/>'
    score = read(document(layer(content), 'key.sig="2f" meter.count="4" meter.unit="4"'))
    assert [str(note.pitch) for note in score.notes()] == ["Bb4", "E4"]


def test_a_clarinet_sounds_a_tone_lower() -> None:
    score = read(
        document(
            layer('<note dur="1" pname="d" oct="5"/>'),
            staff='clef.shape="G" clef.line="2" trans.diat="-1" trans.semi="-2"',
        )
    )
    note = next(score.notes())
    assert (str(note.pitch), str(note.sounding_pitch), note.pitch_position) == ("D5", "C5", 2)


def test_octave_lines_move_what_sounds() -> None:
    content = "".join(f'<note xml:id="n{i}" dur="4" pname="c" oct="5"/>' for i in range(4))
    line = '<octave staff="1" startid="#n1" endid="#n2" dis="8" dis.place="above"/></measure>'
    score = read(document(layer(content).replace("</measure>", line)))
    assert [str(note.sounding_pitch) for note in score.notes()] == ["C5", "C6", "C6", "C5"]


def test_clefs_change_positions_from_where_they_stand() -> None:
    score = read(
        document(
            layer(
                '<note dur="2" pname="c" oct="4"/><clef shape="F" line="4"/><note dur="2" pname="c" oct="4"/>'
            )
            + layer('<note dur="1" pname="c" oct="4"/>', "2")
        )
    )
    assert [note.pitch_position for note in score.notes()] == [-6, 6, 6]
    assert [m.staves[0].clef.shape for m in score.measures if m.staves[0].clef] == [
        s.ClefShape.G,
        s.ClefShape.F,
    ]


def test_a_clef_holds_for_the_other_voices_too() -> None:
    one = '<layer n="1"><note dur="2" pname="c" oct="4"/><clef shape="F" line="4"/><note dur="2" pname="c" oct="4"/></layer>'
    two = '<layer n="2"><note dur="2" pname="c" oct="4"/><note dur="2" pname="c" oct="4"/></layer>'
    score = read(document(f'<measure n="1"><staff n="1">{one}{two}</staff></measure>'))
    assert [note.pitch_position for note in score.notes()] == [-6, 6, -6, 6]


def test_a_tenor_clef_with_an_eight_below() -> None:
    score = read(
        document(
            layer('<note dur="1" pname="b" oct="3"/>'),
            staff='clef.shape="G" clef.line="2" clef.dis="8" clef.dis.place="below"',
        )
    )
    note = next(score.notes())
    assert note.pitch_position == 0
    assert str(note.sounding_pitch) == "B3"


def test_a_position_without_a_pitch_is_counted_from_the_middle_of_the_staff() -> None:
    score = read(document(layer('<note dur="1" loc="4"/>'), staff='clef.shape="perc"'))
    note = next(score.notes())
    assert (note.pitch, note.sounding_pitch, note.pitch_position) == (None, None, None)
    assert (note.staff_position, note.position) == (0, 0)


def test_marks_find_their_events_by_beat() -> None:
    content = "".join(f'<note xml:id="n{i}" dur="4" pname="c" oct="5"/>' for i in range(1, 5))
    marks = '<dynam xml:id="d" staff="1" tstamp="3">p</dynam><hairpin xml:id="h" form="cres" staff="1" tstamp="2" tstamp2="1m+1"/><dir xml:id="x" staff="1" tstamp="2.5">dolce</dir></measure>'
    score = read(
        document(
            layer(content).replace("</measure>", marks)
            + layer('<note xml:id="n5" dur="1" pname="c" oct="5"/>', "2")
        )
    )
    dynamic, hairpin, direction = score.by_id("d"), score.by_id("h"), score.by_id("x")
    assert isinstance(dynamic, s.Dynamic)
    assert isinstance(hairpin, s.Hairpin)
    assert isinstance(direction, s.Direction)
    assert dynamic.start is score.by_id("n3")
    assert (dynamic.onset, dynamic.text) == (2, "p")
    assert (hairpin.start, hairpin.end, hairpin.onset, hairpin.quarter_length) == (
        score.by_id("n2"),
        score.by_id("n5"),
        1,
        3,
    )
    assert (direction.start, direction.onset) == (None, F("3/2"))


def test_beats_count_in_the_unit_of_the_time() -> None:
    content = "".join(f'<note xml:id="n{i}" dur="8" pname="c" oct="5"/>' for i in range(1, 7))
    marks = '<dynam xml:id="d" staff="1" tstamp="4">p</dynam></measure>'
    score = read(document(layer(content).replace("</measure>", marks), 'meter.count="6" meter.unit="8"'))
    dynamic = score.by_id("d")
    assert isinstance(dynamic, s.Dynamic)
    assert dynamic.start is score.by_id("n4")


def test_slurs_know_their_notes_and_notes_their_slurs() -> None:
    content = '<note xml:id="a" dur="2" pname="c" oct="5"/><note xml:id="b" dur="2" pname="d" oct="5"/>'
    score = read(document(layer(content).replace("</measure>", '<slur startid="#a" endid="#b"/></measure>')))
    first, second = score.notes()
    slur = s.Slur.many_of_start(first)[0]
    assert slur.end is second
    assert (slur.onset, slur.quarter_length, slur.staff) == (0, 2, score.staves[0])


def test_a_reference_to_nothing_is_an_issue() -> None:
    _, issues = read_mei(
        document(
            layer('<note xml:id="a" dur="1" pname="c" oct="5"/>').replace(
                "</measure>", '<slur startid="#a" endid="#gone"/></measure>'
            )
        )
    )
    assert [str(issue) for issue in issues] == [
        "measure 1: slur: endid refers to 'gone', which does not exist"
    ]


def test_repeated_ids_are_repaired_and_told() -> None:
    score, issues = read_mei(
        document(
            layer('<note xml:id="a" dur="2" pname="c" oct="5"/><note xml:id="a" dur="2" pname="d" oct="5"/>')
        )
    )
    assert [note.id for note in score.notes()] == ["a", "note-1"]
    assert len(issues) == 1
    assert "occurs twice" in issues[0].what


def test_everything_has_an_id() -> None:
    score = read(document(layer('<note dur="1" pname="c" oct="5" accid="s" artic="stacc"/>')))
    ids = [found.id for found in score.descendants()]
    assert len(set(ids)) == len(ids)
    assert all(ids)
    note = next(score.notes())
    assert note.accidental is not None
    assert (note.accidental.kind, note.articulations[0].kinds) == ("s", ("stacc",))


def test_lyrics_of_several_verses() -> None:
    content = (
        '<note dur="1" pname="c" oct="5"><verse n="1"><syl con="d" wordpos="i">Lied</syl></verse>'
        '<verse n="2"><syl con="u" wordpos="t">chen</syl></verse></note>'
    )
    note = next(read(document(layer(content))).notes())
    syllables = [verse.syllables[0] for verse in note.verses]
    assert [(found.text, found.word_position, found.connector) for found in syllables] == [
        ("Lied", s.SyllablePosition.INITIAL, s.SyllableConnector.HYPHEN),
        ("chen", s.SyllablePosition.TERMINAL, s.SyllableConnector.EXTENDER),
    ]


def test_beams_and_tuplets_of_a_note() -> None:
    content = '<beam xml:id="be"><tuplet xml:id="tu" num="3" numbase="2"><note dur="8" pname="c" oct="5"/><note dur="8" pname="c" oct="5"/><note dur="8" pname="c" oct="5"/></tuplet></beam>'
    score = read(document(layer(content)))
    note = next(score.notes())
    assert note.beam is score.by_id("be")
    assert note.tuplet is score.by_id("tu")
    assert isinstance(note.beam, s.Beam)
    assert note.beam.events == list(score.notes())


def test_beams_over_the_barline_know_their_notes() -> None:
    first = layer('<note xml:id="a" dur="8" pname="c" oct="5"/><note xml:id="b" dur="8" pname="c" oct="5"/>')
    score = read(
        document(
            first.replace("</measure>", '<beamSpan xml:id="bs" startid="#b" endid="#c"/></measure>')
            + layer('<note xml:id="c" dur="8" pname="c" oct="5"/>', "2")
        )
    )
    span = score.by_id("bs")
    assert isinstance(span, s.BeamSpan)
    assert span.events == [score.by_id("b"), score.by_id("c")]
    note = score.by_id("c")
    assert isinstance(note, s.Note)
    assert note.beam is span


def test_of_editorial_alternatives_one_counts() -> None:
    content = '<choice><corr><note dur="2" pname="c" oct="5"/></corr><sic><note dur="4" pname="c" oct="5"/></sic></choice><note xml:id="z" dur="2" pname="d" oct="5"/>'
    score = read(document(layer(content)))
    last = score.by_id("z")
    assert isinstance(last, s.Note)
    assert last.onset == 2


def test_staves_are_grouped_into_parts() -> None:
    groups = (
        '<staffGrp><staffDef n="1" lines="5"><label>Voice</label></staffDef><staffGrp><grpSym symbol="brace"/><label>Piano</label>'
        '<labelAbbr>Pno.</labelAbbr><staffDef n="2" lines="5"/><staffDef n="3" lines="5"/></staffGrp></staffGrp>'
    )
    mei = document(layer("<mRest/>"))
    mei = mei[: mei.index("<staffGrp>")] + groups + mei[mei.index("</scoreDef>") :]
    score = read(mei)
    assert [(part.n, part.name, part.abbreviation, [staff.n for staff in part.staves]) for part in score.parts] == [
        (1, "Voice", "", ["1"]), (2, "Piano", "Pno.", ["2", "3"]),
    ]  # fmt: skip
    assert score.staves[2].part is score.parts[1]


def test_title_and_composer_come_from_the_header() -> None:
    score = read(document(layer("<mRest/>")))
    assert (score.title, score.composer) == ("T", "C")


def test_prefixed_and_encoded_documents_are_read() -> None:
    mei = document(layer('<note dur="1" pname="c" oct="5"/>'))
    utf16 = mei.replace("UTF-8", "UTF-16").encode("utf-16")
    assert len(list(read_mei(utf16)[0].notes())) == 1
    prefixed = (
        mei.replace("xmlns=", "xmlns:m=")
        .replace("</", "</m:")
        .replace("<", "<m:")
        .replace("<m:/m:", "</m:")
        .replace("<m:?", "<?")
    )
    assert len(list(read(prefixed).notes())) == 1


@pytest.mark.parametrize(
    ("mei", "message"),
    [
        ("", "empty"), ("   ", "empty"), ("<mei", "not well-formed"), ("<html/>", "root element is <html>"), ("<mei><music/></mei>", "no <score>"),
        ("<mei><music><body><mdiv><parts/></mdiv></body></music></mei>", "only <parts>"), ("\ud800", "UTF-8"),
    ],
)  # fmt: skip
def test_what_is_no_mei_is_refused(mei: str, message: str) -> None:
    with pytest.raises(MalformedSourceError, match=message):
        read_mei(mei)


def test_bytes_in_another_encoding_than_declared_are_refused() -> None:
    with pytest.raises(MalformedSourceError, match="not in its declared encoding"):
        read_mei(b"<?xml version='1.0' encoding='UTF-8'?><mei>\xff</mei>")
    with pytest.raises(MalformedSourceError, match="unknown encoding"):
        read_mei(b"<?xml version='1.0' encoding='klingon'?><mei/>")


def test_entities_are_refused() -> None:
    laughs = '<!DOCTYPE mei [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + "<mei>&b;</mei>"
    with pytest.raises(UnsafeSourceError, match="entity"):
        read_mei(laughs)
    with pytest.raises(UnsafeSourceError, match="entity"):
        read_mei('<!DOCTYPE mei [<!ENTITY a SYSTEM "file:///etc/passwd">]><mei>&a;</mei>')


def test_absurd_nesting_is_refused() -> None:
    with pytest.raises(MalformedSourceError, match="nested"):
        read_mei(document(layer("<beam>" * 5000 + "</beam>" * 5000)))


@pytest.mark.parametrize(
    ("content", "definition"),
    [
        ('<note dur="4" dots="1000000" pname="c" oct="5"/>', 'meter.count="4" meter.unit="4"'),
        (
            '<note dur="4" dots="-1" pname="c" oct="999999999999999999999999999999"/>',
            'meter.count="4" meter.unit="0"',
        ),
        ('<multiRest num="-3"/>', 'meter.count="-4" meter.unit="-4"'),
        (
            '<tuplet num="0" numbase="-2"><note dur="4" pname="c" oct="5"/></tuplet>',
            f'meter.count="{"9" * 9000}" meter.unit="4"',
        ),
        ("<mRest/>", 'key.sig="999999999s" meter.count="x" meter.unit="y"'),
        ('<note/><chord/><rest dur="0"/><space/><beam/>', ""),
    ],
)
def test_absurd_numbers_do_no_harm(content: str, definition: str) -> None:
    marks = '<dynam staff="1" tstamp="1e999999999">p</dynam><slur tstamp="-5" tstamp2="99999999m+9999"/></measure>'
    score, _ = read_mei(
        document(layer(content).replace("</measure>", marks) + layer("<mRest/>", "2"), definition)
    )
    onsets = [measure.onset for measure in score.measures]
    assert onsets[0] == 0
    assert onsets[1] > 0
    assert len(write_mei(score)) > 500


def test_nonsense_in_attributes_is_told_and_kept() -> None:
    score, issues = read_mei(document(layer('<note xml:id="a" dur="7" pname="c" oct="high"/>')))
    assert {issue.element for issue in issues} == {"note"}
    note = score.by_id("a")
    assert isinstance(note, s.Note)
    assert (note.pitch, note.duration, note.mei["oct"]) == (None, None, "high")


OF_WORK = """<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0"><meiHead><fileDesc><titleStmt><title/></titleStmt>
<pubStmt/></fileDesc><workList><work><title type="main">The tune</title><title type="alternative">Other</title>
<composer>Somebody</composer></work></workList></meiHead><music><body><mdiv><score><scoreDef><staffGrp>
<staffDef n="1" lines="5" clef.shape="G" clef.line="2"/></staffGrp></scoreDef><section>
<measure n="1"><staff n="1"><layer n="1"><mRest/></layer></staff></measure></section></score></mdiv></body></music></mei>"""


def test_a_subtitle_is_no_part_of_the_title() -> None:
    subtitle = '<titlePart type="subordinate">an electronic transcription</titlePart>'
    mei = document(layer("<mRest/>")).replace("<title>T</title>", f"<title>The <i>tune</i>{subtitle}</title>")
    assert read(mei).title == "The tune"


def test_title_and_composer_of_the_work_stand_in_for_those_of_the_file() -> None:
    score = read(OF_WORK)
    assert (score.title, score.composer) == ("The tune", "Somebody")


@pytest.mark.parametrize("title", ["New", ""])
def test_a_new_title_replaces_that_of_the_work(title: str) -> None:
    score = read(OF_WORK)
    score.title, score.composer = title, ""
    again = read(write_mei(score))
    assert (again.title, again.composer) == (title, "")
