from __future__ import annotations

import pytest
from lxml import etree

from smashcima.errors import Issue
from smashcima.loading.completeness import Tally, compare, tally_abc, tally_humdrum, tally_mei, tally_musicxml

PITCH = "<pitch><step>C</step><octave>4</octave></pitch><duration>1</duration><voice>1</voice>"

MUSICXML = f"""<score-partwise>
<part-list><score-part id="P1"/><score-part id="P2"/></part-list>
<part id="P1">
  <measure number="1">
    <attributes><divisions>1</divisions><key><fifths>-2</fifths></key><time><beats>4</beats><beat-type>4</beat-type></time>
      <staves>2</staves><clef number="1"><sign>G</sign></clef><clef number="2"><sign>F</sign></clef></attributes>
    <direction><direction-type><dynamics><p/></dynamics></direction-type>
      <direction-type><words> dolce  e legato </words></direction-type></direction>
    <direction print-object="no"><direction-type><words>hidden</words></direction-type></direction>
    <note>{PITCH}<accidental>sharp</accidental><notations><tied type="start"/><slur type="start"/><arpeggiate/>
      <articulations><staccato/><accent/><breath-mark/></articulations></notations>
      <lyric><text>a</text></lyric><lyric number="2"><text>b</text><elision/><text>c</text></lyric></note>
    <note><chord/>{PITCH}<notations><arpeggiate/><tied type="stop"/><tied type="start"/></notations></note>
    <note><grace/><pitch><step>D</step><octave>4</octave></pitch><voice>1</voice></note>
    <note print-object="no">{PITCH}</note>
    <note>{PITCH}<stem>none</stem><notehead>none</notehead></note>
    <note><rest/><duration>1</duration></note>
    <note print-object="no"><rest/><duration>1</duration></note>
    <barline><repeat direction="backward"/></barline>
  </measure>
  <measure number="2">
    <attributes><key><fifths>0</fifths></key></attributes>
    <direction><direction-type><wedge type="crescendo"/></direction-type></direction>
    <note>{PITCH}<notations><ornaments><trill-mark/><tremolo>3</tremolo></ornaments>
      <technical><fingering>3</fingering><up-bow/></technical><fermata/><slur type="stop"/></notations></note>
    <direction><direction-type><wedge type="stop"/></direction-type></direction>
  </measure>
</part>
<part id="P2">
  <measure number="1"><note>{PITCH}</note><barline><repeat direction="backward"/></barline></measure>
  <measure number="2"><attributes><key><fifths>0</fifths></key></attributes><note>{PITCH}</note></measure>
</part>
</score-partwise>"""

EXPECTED = {
    "note": {(0, 0): 3, (0, 1): 1, (1, 0): 1, (1, 1): 1},
    "rest": {(0, 0): 1},
    "accidental": {(0, 0): 1},
    "lyric syllable": {(0, 0): 3},
    "tie": {(0, 0): 2},
    "slur": {(0, 0): 1},
    "arpeggio": {(0, 0): 1},
    "articulation": {(0, 0): 2},
    "pause mark": {(0, 0): 1},
    "dynamic": {(0, 0): 1},
    "clef": {(0, 0): 2},
    "key signature": {(0, 0): 2, (0, 1): 2},
    "time signature": {(0, 0): 2},
    "repeat": {(-1, 0): 1},
    "hairpin": {(0, 1): 1},
    "ornament": {(0, 1): 1},
    "tremolo": {(0, 1): 1},
    "fingering": {(0, 1): 1},
    "technical mark": {(0, 1): 1},
    "fermata": {(0, 1): 1},
}
"""Counted by hand."""

MEI = """<mei xmlns="http://www.music-encoding.org/ns/mei"><music><body><mdiv><score>
<scoreDef key.sig="2f" meter.count="4" meter.unit="4"><staffGrp>
  <staffDef n="1"><clef shape="G" line="2"/></staffDef><staffDef n="2" clef.shape="F" clef.line="4"/>
  <staffDef n="3"><clef shape="C" line="3" visible="false"/></staffDef></staffGrp></scoreDef>
<section>
  <measure n="1" right="rptend">
    <staff n="1"><layer n="1">
      <chord xml:id="c1" artic="stacc acc"><note accid="s" tie="i"/><note><accid accid="f"/></note></chord>
      <note xml:id="n1"><verse n="1"><syl>a</syl><syl> </syl></verse><artic artic="ten"/><accid accid.ges="s"/></note>
      <rest/><rest visible="false"/><space/><note head.visible="false" stem.visible="false"/>
    </layer></staff>
    <staff n="2"><layer n="1"><mRest/></layer></staff>
    <staff n="3"><layer n="1"><bTrem><note/></bTrem><clef shape="F" line="4"/></layer></staff>
    <slur startid="#n1" endid="#x"/><dynam staff="3">p</dynam><tie startid="#n1"/>
    <dir staff="1">dolce <rend>e legato</rend></dir><tempo mm="60" staff="1"/>
  </measure>
  <measure n="2"><staff n="1"><layer n="1"><multiRest num="3"/></layer></staff>
    <staff n="2"><layer n="1"><multiRest num="3"/></layer></staff></measure>
  <measure n="5"><staff n="1"><layer n="1"><note/></layer></staff></measure>
</section></score></mdiv></body></music></mei>"""

EXPECTED_OF_MEI = {
    "note": {(0, 0): 3, (1, 0): 1, (0, 4): 1},
    "rest": {(0, 0): 2, (0, 1): 2, (0, 2): 2, (0, 3): 2},
    "accidental": {(0, 0): 2},
    "articulation": {(0, 0): 3},
    "lyric syllable": {(0, 0): 1},
    "tie": {(0, 0): 2},
    "slur": {(0, 0): 1},
    "dynamic": {(1, 0): 1},
    "metronome mark": {(0, 0): 1},
    "tremolo": {(1, 0): 1},
    "clef": {(0, 0): 2, (1, 0): 1},
    "key signature": {(0, 0): 2, (1, 0): 1},
    "time signature": {(0, 0): 2, (1, 0): 1},
    "repeat": {(-1, 0): 1},
}
"""Counted by hand, for a first part of two staves and a second of one."""


def test_what_musicxml_prints_is_counted() -> None:
    tally = tally_musicxml(etree.fromstring(MUSICXML))
    assert {kind: dict(cells) for kind, cells in tally.counts.items()} == EXPECTED
    assert tally.parts == ["P1", "P2"]
    assert tally.measures == ["1", "2"]
    assert tally.words == [("dolce e legato", (0, 0))]


def test_what_mei_prints_is_counted() -> None:
    tally = tally_mei(etree.fromstring(MEI), [2, 1])
    assert {kind: dict(cells) for kind, cells in tally.counts.items()} == EXPECTED_OF_MEI
    assert tally.measures == ["1", "2", "2", "2", "5"]
    assert tally.words == [("p", (1, 0)), ("dolce e legato", (0, 0))]


@pytest.mark.parametrize(
    ("definitions", "expected"),
    [
        ('<scoreDef meter.count="4" meter.unit="4" meter.visible="false"/>', {}),
        ('<scoreDef meter.count="4" meter.unit="4" meter.form="invis"/>', {}),
        ('<scoreDef keysig="1f" keysig.visible="false"/>', {}),
        (
            '<scoreDef meter.count="4"><staffGrp><staffDef n="1" meter.count="3"/></staffGrp></scoreDef>',
            {"time signature": 2},
        ),
        ('<scoreDef keysig="1f"/><scoreDef keysig="2f"/>', {"key signature": 2}),
        ('<scoreDef meter.count="4"/><scoreDef meter.count="3" meter.visible="false"/>', {}),
        ('<scoreDef keysig="1f"/><staffDef n="2" keysig="2f"/>', {"key signature": 2}),
        ('<scoreDef meter.count="4"><meterSig count="4" unit="4"/></scoreDef>', {"time signature": 2}),
    ],
)
def test_signatures_count_once_for_each_staff_where_they_are_printed(
    definitions: str, expected: dict[str, int]
) -> None:
    staves = '<scoreDef><staffGrp><staffDef n="1"/><staffDef n="2"/></staffGrp></scoreDef>'
    text = (
        f'<mei xmlns="http://www.music-encoding.org/ns/mei"><music><body><mdiv><score>{staves}<section>'
        f'<measure n="1"/>{definitions}<measure n="2"/></section></score></mdiv></body></music></mei>'
    )
    tally = tally_mei(etree.fromstring(text))
    assert {kind: tally.total(kind) for kind in tally.counts} == expected
    assert all(measure == 1 for cells in tally.counts.values() for _, measure in cells)


def test_one_arpeggio_through_two_staves_is_one() -> None:
    note = f"<note>{PITCH}<notations><arpeggiate number='1'/></notations></note>"
    measure = f"<measure number='1'>{note}<backup><duration>1</duration></backup>{note}{note}</measure>"
    text = (
        "<score-partwise><part-list><score-part id='P1'/></part-list>"
        f"<part id='P1'>{measure}</part></score-partwise>"
    )
    assert tally_musicxml(etree.fromstring(text)).total("arpeggio") == 2


def test_spines_of_humdrum_are_followed() -> None:
    text = (
        "!! a comment\n**kern\t**text\n*clefG2\t*\n=1\t=1\n4c 4e\ttwo\n4r\t.\n*^\t*\n4g\t4a\tone\n4ryy\t4b\t.\n"
        "*v\t*v\t*\n4qd\t.\n==\t==\n*-\t*-\n"
    )
    tally = tally_humdrum(text)
    assert (tally.total("note"), tally.total("rest"), tally.total("lyric syllable")) == (6, 1, 2)


def tally(*counts: tuple[str, int, int, int], parts: int = 2, measures: int = 3) -> Tally:
    made = Tally(parts=[f"P{n + 1}" for n in range(parts)], measures=[str(n + 10) for n in range(measures)])
    for kind, part, measure, number in counts:
        made.add(kind, part, measure, number)
    return made


def test_nothing_lost_is_nothing_said() -> None:
    same = tally(("note", 0, 1, 3), ("slur", 1, 2, 1))
    assert compare(same, same) == []


def test_a_gain_is_no_loss() -> None:
    assert compare(tally(("note", 0, 1, 3)), tally(("note", 0, 1, 4))) == []


def test_losses_are_named_with_part_and_measure() -> None:
    assert compare(tally(("note", 0, 1, 3), ("slur", 1, 2, 1)), tally(("note", 0, 1, 1))) == [
        Issue("P1, measure 11", "note", "2 of them lost at import"),
        Issue("P2, measure 12", "slur", "lost at import"),
    ]


def test_a_note_in_another_measure_is_lost_here() -> None:
    assert compare(tally(("note", 0, 1, 1)), tally(("note", 0, 2, 1))) == [
        Issue("P1, measure 11", "note", "lost at import")
    ]


def test_a_slur_that_begins_in_the_next_measure_is_not_lost() -> None:
    assert compare(tally(("slur", 0, 1, 1)), tally(("slur", 0, 2, 1))) == []


def test_a_slur_of_an_unknown_part_is_not_lost() -> None:
    assert compare(tally(("slur", 0, 1, 1)), tally(("slur", -1, 1, 1))) == []


def test_different_numbers_of_measures_are_compared_part_by_part() -> None:
    assert compare(tally(("note", 0, 1, 3)), tally(("note", 0, 0, 3), measures=1)) == []
    assert compare(tally(("note", 0, 1, 3)), tally(("note", 0, 0, 2), measures=1)) == [
        Issue("P1", "note", "lost at import")
    ]


def test_lost_words_are_quoted() -> None:
    source, result = tally(), tally()
    source.words = [("dolce", (0, 1)), ("rit.", (1, 2)), ("rit.", (1, 1))]
    result.words = [("sempre dolce", (0, 1)), ("rit.", (1, 1))]
    assert compare(source, result) == [Issue("P2, measure 12", "words", "'rit.' lost at import")]


@pytest.mark.parametrize(
    "kind", ["note", "rest", "lyric syllable", "slur", "tie", "dynamic", "accidental", "clef"]
)
def test_every_single_loss_from_an_imported_score_is_noticed(example_score: object, kind: str) -> None:
    from smashcima.loading import load_mei_text

    (text,) = load_mei_text(example_score).meis
    tags = {"lyric syllable": "syl", "dynamic": "dynam", "accidental": "accid"}
    whole = etree.fromstring(text.encode())
    source = tally_mei(whole)
    seen = 0
    for element in list(whole.iter("{*}" + tags.get(kind, kind))):
        if tally_mei(whole).total(kind) == 0 or (kind == "accidental" and not element.get("accid")):
            continue
        parent = element.getparent()
        if parent is None or (kind == "lyric syllable" and not element.text):
            continue
        place = parent.index(element)
        parent.remove(element)
        assert [issue.element for issue in compare(source, tally_mei(whole)) if issue.element == kind] == [
            kind
        ]
        parent.insert(place, element)
        seen += 1
        if seen == 10:
            break
    assert seen > 0


@pytest.mark.parametrize(
    ("music", "notes", "rests"),
    [
        ("CDEF|", 4, 0),
        ("^C _D =E F|", 4, 0),
        ("[CEG] z Z2|", 3, 2),
        ('"Am"A "Gdim"B|', 2, 0),
        ("{ga}f !trill!g +fermata+a|", 5, 0),
        ("[K:G]A [M:3/4] B|", 2, 0),
        ("A % a comment\nB|", 2, 0),
        ("(3ABc x|", 3, 0),
        ("A,B,'c''2/3|", 3, 0),
    ],
)
def test_noteheads_and_rests_of_abc_are_counted(music: str, notes: int, rests: int) -> None:
    tally = tally_abc(f"X:1\nT:Bad Fade\nM:4/4\nL:1/4\nK:C\n{music}\nw: a-b c_ * d\n")
    assert (tally.total("note"), tally.total("rest"), tally.total("lyric syllable")) == (notes, rests, 4)
