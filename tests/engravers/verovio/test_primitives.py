"""Each kind of drawn thing, from a scrap of music that has it."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.engraving import (
    Box,
    Curve,
    Disc,
    FilledPolygon,
    Line,
    Polyline,
    PrimitiveKind,
    Symbol,
    Text,
)

Kind = PrimitiveKind

D5 = '<note xml:id="d" pname="d" oct="5" dur="{}" {}/>'


def names(primitives) -> list[str]:
    assert all(isinstance(p, Symbol) for p in primitives)
    return [p.name for p in primitives]


# ---------------------------------------------------------------------- notes


def test_a_quarter_note_is_a_head_and_a_stem(snippet):
    made = snippet(D5.format(4, ""))
    (head,) = made.of_kind(Kind.NOTEHEAD)
    (stem,) = made.of_kind(Kind.STEM)
    staff = made.engraving.systems[0].staves[0]
    assert isinstance(head, Symbol)
    assert (head.name, head.code_point, head.element, head.font) == ("noteheadBlack", 0xE0A4, "d", "Leipzig")
    assert (head.scale_x, head.scale_y) == pytest.approx((1.75, 1.75))
    assert head.origin.y == pytest.approx(staff.line_ys[1])  # d'' sits on the fourth line from below
    assert isinstance(stem, Line)
    assert stem.element == "d"
    assert stem.start.x == stem.end.x
    assert stem.end.y - stem.start.y == pytest.approx(3.4 * 1.75, abs=0.2)  # an octave, less the head's half
    assert stem.width == pytest.approx(0.1 * 1.75)


def test_the_whole_size_follows_the_staff_space(snippet):
    (head,) = snippet(D5.format(4, ""), staff_space=1.0).of_kind(Kind.NOTEHEAD)
    assert isinstance(head, Symbol)
    assert head.scale_x == pytest.approx(1.0)


def test_flags_dots_and_rests(snippet):
    made = snippet(D5.format(8, 'dots="2"') + '<rest xml:id="r" dur="16" dots="1"/>')
    assert names(made.of_kind(Kind.FLAG)) == ["flag8thDown"]
    assert names(made.of_kind(Kind.REST)) == ["rest16th"]
    dots = made.of_kind(Kind.AUGMENTATION_DOT)
    assert [(type(p), p.element) for p in dots] == [(Disc, "d"), (Disc, "d"), (Disc, "r")]
    assert dots[0].radius_x == pytest.approx(0.2 * 1.75, abs=0.01)


def test_a_beam_is_a_polygon_per_level(snippet):
    made = snippet(
        '<beam xml:id="b"><note pname="d" oct="5" dur="8"/><note pname="d" oct="5" dur="16"/>'
        '<note pname="d" oct="5" dur="32"/><note pname="d" oct="5" dur="8"/></beam>'
    )
    beams = made.of_kind(Kind.BEAM)
    assert len(beams) == 3
    for beam in beams:
        assert isinstance(beam, FilledPolygon)
        assert beam.element == "b"
        assert beam.points.shape == (4, 2)
        left_top, right_top, right_bottom, left_bottom = beam.points
        assert left_top[0] == left_bottom[0] < right_top[0] == right_bottom[0]
        assert abs(left_bottom[1] - left_top[1]) == pytest.approx(0.5 * 1.75)


def test_a_grace_slash_is_no_stem(snippet):
    made = snippet(
        '<note xml:id="g" pname="d" oct="5" dur="8" grace="unacc" stem.mod="1slash"/>' + D5.format(4, "")
    )
    (slash,) = made.of_kind(Kind.GRACE_SLASH)
    assert isinstance(slash, Line)
    assert slash.element == "g"
    assert slash.start.x < slash.end.x
    assert len(made.of_kind(Kind.STEM)) == 2
    grace, full = made.of_kind(Kind.NOTEHEAD)
    assert grace.scale_x == pytest.approx(0.75 * full.scale_x)


def test_tremolos_on_stems_and_between_notes(snippet):
    made = snippet(
        '<bTrem xml:id="t1" unitdur="16"><note xml:id="n1" pname="d" oct="5" dur="4"/></bTrem>'
        '<note xml:id="n2" pname="d" oct="5" dur="4" stem.mod="3slash"/>'
        '<fTrem xml:id="t2" beams="2" unitdur="16"><note pname="d" oct="5" dur="2"/><note pname="f" oct="5" dur="2"/></fTrem>'
    )
    symbols = [p for p in made.of_kind(Kind.TREMOLO) if isinstance(p, Symbol)]
    strokes = [p for p in made.of_kind(Kind.TREMOLO) if isinstance(p, FilledPolygon)]
    assert [(p.name, p.element) for p in symbols] == [("tremolo2", "t1"), ("tremolo3", "n2")]
    assert [p.element for p in strokes] == ["t2", "t2"]


def test_ledger_lines_belong_to_their_notes(snippet):
    made = snippet(
        '<note xml:id="low" pname="c" oct="4" dur="4"/><note xml:id="high" pname="c" oct="6" dur="4"/>'
        '<chord xml:id="c" dur="4"><note xml:id="lower" pname="a" oct="5"/><note xml:id="upper" pname="e" oct="6"/></chord>'
    )
    ledgers = made.of_kind(Kind.LEDGER_LINE)
    assert all(isinstance(p, Line) and p.place.staff == 1 for p in ledgers)
    assert sorted(p.element for p in ledgers) == ["high", "high", "low", "lower", "upper", "upper"]


def test_ledger_lines_of_a_cross_staff_note_are_found(snippet, write_document):
    definition = (
        '<scoreDef><staffGrp><staffDef n="1" lines="5" clef.shape="G" clef.line="2"/>'
        '<staffDef n="2" lines="5" clef.shape="F" clef.line="4"/></staffGrp></scoreDef>'
    )
    mei = write_document(
        '<measure xml:id="m"><staff n="1"><layer n="1"><note xml:id="away" pname="c" oct="4" dur="1" staff="2"/></layer>'
        '</staff><staff n="2"><layer n="1"><space dur="1"/></layer></staff></measure>',
        definition,
    )
    (ledger,) = snippet(mei=mei).of_kind(Kind.LEDGER_LINE)
    assert (ledger.element, ledger.place.staff) == ("away", 2)


def test_accidentals_and_their_brackets(snippet):
    made = snippet(
        '<note pname="d" oct="5" dur="4"><accid xml:id="a1" accid="s"/></note>'
        '<note pname="e" oct="5" dur="4"><accid xml:id="a2" accid="f" enclose="paren"/></note>'
    )
    assert [(p.name, p.element) for p in made.of_kind(Kind.ACCIDENTAL)] == [
        ("accidentalSharp", "a1"),
        ("accidentalFlat", "a2"),
    ]
    assert names(made.of_kind(Kind.ENCLOSURE)) == ["accidentalParensLeft", "accidentalParensRight"]


def test_other_noteheads(snippet):
    made = snippet(
        '<note pname="d" oct="5" dur="4" head.shape="x"/><note pname="d" oct="5" dur="2"/><note pname="d" oct="5" dur="1"/>'
        '<note pname="d" oct="5" dur="breve"/>'
    )
    assert names(made.of_kind(Kind.NOTEHEAD)) == [
        "noteheadXBlack",
        "noteheadHalf",
        "noteheadWhole",
        "noteheadDoubleWholeSquare",
    ]


def test_a_cluster_is_no_notehead(snippet):
    made = snippet(
        '<chord dur="4" cluster="white"><note pname="d" oct="5"/><note pname="b" oct="5"/></chord>'
    )
    assert [type(p) for p in made.of_kind(Kind.CLUSTER)] == [Box]
    assert not made.of_kind(Kind.NOTEHEAD)


def test_articulations_stand_with_their_note(snippet):
    made = snippet(D5.format(4, 'artic="acc stacc"'))
    assert sorted(names(made.of_kind(Kind.ARTICULATION))) == ["articAccentAbove", "articStaccatoAbove"]


def test_rests_of_measures_and_repeats(snippet):
    assert names(snippet("<mRest/>").of_kind(Kind.MEASURE_REST)) == ["restWhole"]
    assert names(snippet("<mRpt/>").of_kind(Kind.MEASURE_REPEAT))[0] == "repeat1Bar"
    multi = snippet('<multiRest num="17"/>')
    assert all(isinstance(p, Box) and p.filled for p in multi.of_kind(Kind.MULTI_REST))
    assert len(multi.of_kind(Kind.MULTI_REST)) == 3
    assert names(multi.of_kind(Kind.MULTI_REST_NUMBER)) == ["timeSig1", "timeSig7"]
    slashes = snippet('<beatRpt beatdef="4" slash="1"/><beatRpt beatdef="4" slash="2"/>')
    assert len(slashes.of_kind(Kind.MEASURE_REPEAT)) == 3


def test_signatures(snippet):
    made = snippet(
        definition='<scoreDef><keySig sig="2s"/><meterSig count="3" unit="4"/><staffGrp>'
        '<staffDef n="1" lines="5" clef.shape="C" clef.line="3"/></staffGrp></scoreDef>'
    )
    assert names(made.of_kind(Kind.CLEF)) == ["cClef"]
    assert names(made.of_kind(Kind.KEY_ACCIDENTAL)) == ["accidentalSharp", "accidentalSharp"]
    assert names(made.of_kind(Kind.TIME_SIGNATURE)) == ["timeSig3", "timeSig4"]
    assert {p.place.staff for p in made.of_kind(Kind.CLEF)} == {1}


def test_signatures_at_a_side_of_a_system_know_what_they_repeat(snippet, write_document):
    def one(n: int, more: str = "") -> str:
        return (
            f'<measure xml:id="m{n}" n="{n}"><staff xml:id="s{n}" n="1"><layer n="1">'
            f'<note pname="c" oct="5" dur="1"/>{more}</layer></staff></measure>'
        )

    mei = write_document(
        one(1)
        + one(2, '<clef xml:id="c1" shape="F" line="4"/>')
        + '<scoreDef xml:id="sd2"><keySig xml:id="k1" sig="3s"/><meterSig xml:id="t1" count="3" unit="4"/></scoreDef>'
        f"<sb/>{one(3)}{one(4)}<sb/>{one(5)}",
        '<scoreDef><keySig xml:id="k0" sig="1s"/><meterSig xml:id="t0" count="4" unit="4"/><staffGrp>'
        '<staffDef n="1" lines="5"><clef xml:id="c0" shape="G" line="2"/></staffDef></staffGrp></scoreDef>',
    )
    made = snippet(mei=mei)

    def places(kind: Kind) -> list[tuple[str | None, int | None]]:
        return [(p.element, p.place.measure) for p in made.of_kind(kind)]

    assert places(Kind.CLEF) == [("c0", 0), ("c1", 1), ("c1", 2), ("c1", 4)]
    # One sharp; three announced at the end of the first line; three at the start of each further one.
    assert places(Kind.KEY_ACCIDENTAL) == [("k0", 0)] + [("k1", 1)] * 3 + [("k1", 2)] * 3 + [("k1", 4)] * 3
    assert places(Kind.TIME_SIGNATURE) == [("t0", 0)] * 2 + [("t1", 1)] * 2 + [("t1", 2)] * 2


def test_tuplets_have_a_number_and_a_bracket(snippet):
    notes = "".join('<note pname="d" oct="5" dur="4"/>' for _ in range(3))
    made = snippet(f'<tuplet xml:id="t" num="3" numbase="2">{notes}</tuplet>')
    assert [(p.name, p.element) for p in made.of_kind(Kind.TUPLET_NUMBER)] == [("tuplet3", "t")]
    halves = made.of_kind(Kind.TUPLET_BRACKET)
    assert [(type(p), p.points.shape, p.element) for p in halves] == [(Polyline, (3, 2), "t")] * 2


def test_tablature_is_numbers(snippet):
    made = snippet(
        '<tabGrp dur="4"><tabDurSym/><note xml:id="a" tab.fret="0" tab.course="1"/>'
        '<note xml:id="b" tab.fret="12" tab.course="2"/></tabGrp>',
        definition='<scoreDef><staffGrp><staffDef n="1" lines="6" notationtype="tab.guitar">'
        '<tuning tuning.standard="guitar.standard"/></staffDef></staffGrp></scoreDef>',
    )
    numbers = made.of_kind(Kind.TABLATURE_NUMBER)
    assert [(p.content, p.element) for p in numbers if isinstance(p, Text)] == [("0", "a"), ("12", "b")]


# ---------------------------------------------------------------------- barlines


@pytest.mark.parametrize(
    ("form", "strokes", "dots"),
    [("single", 1, 0), ("dbl", 2, 0), ("end", 2, 0), ("rptend", 2, 2), ("rptboth", 3, 4), ("invis", 0, 0)],
)
def test_barlines_have_strokes_and_dots(snippet, write_document, write_measure, form, strokes, dots):
    made = snippet(mei=write_document(write_measure("<mRest/>", attributes=f'right="{form}"')))
    assert len(made.of_kind(Kind.BARLINE)) == strokes
    assert names(made.of_kind(Kind.REPEAT_DOT)) == ["repeatDot"] * dots


def test_barlines_are_thin_thick_dashed_or_dotted(snippet, write_document, write_measure):
    def strokes(form: str):
        mei = write_document(write_measure("<mRest/>", attributes=f'right="{form}"'))
        return snippet(mei=mei).of_kind(Kind.BARLINE)

    thin, thick = strokes("end")
    assert (thin.width, thick.width) == pytest.approx((0.15 * 1.75, 0.5 * 1.75))
    (dashed,) = strokes("dashed")
    assert dashed.dashes == pytest.approx((102 / 180 * 1.75,) * 2)
    assert [type(p) for p in strokes("dotted")] == [Disc] * 4


@pytest.mark.parametrize(
    ("symbol", "shapes"), [("bracket", {Symbol, Box}), ("bracketsq", {Box}), ("line", {Line})]
)
def test_groups_of_staves_have_brackets(snippet, write_document, symbol, shapes):
    staff = '<staffDef n="{}" lines="5" clef.shape="G" clef.line="2"/>'
    mei = write_document(
        '<measure><staff n="1"><layer n="1"><mRest/></layer></staff><staff n="2"><layer n="1"><mRest/></layer></staff>'
        "</measure>",
        f'<scoreDef><staffGrp symbol="{symbol}">{staff.format(1)}{staff.format(2)}</staffGrp></scoreDef>',
    )
    made = snippet(mei=mei)
    assert {type(p) for p in made.of_kind(Kind.BRACKET)} == shapes
    assert not made.of_kind(Kind.BRACE)


def test_endings_have_a_volta(snippet, write_document, write_measure):
    mei = write_document(
        write_measure("<mRest/>", n=1)
        + f'<ending xml:id="e" n="1" label="1.">{write_measure("<mRest/>", n=2)}</ending>'
    )
    voltas = snippet(mei=mei).of_kind(Kind.VOLTA)
    assert [type(p) for p in voltas] == [Text, Line, Line, Line]
    assert isinstance(voltas[0], Text)
    assert voltas[0].content == "1."
    assert voltas[0].runs[0].bold
    assert {(p.element, p.place.measure) for p in voltas} == {("e", 1)}


# ---------------------------------------------------------------------- curves and lines


def test_a_slur_is_the_area_between_two_curves(snippet):
    made = snippet(marks='<slur xml:id="s" startid="#n1" endid="#n4"/>')
    (slur,) = made.of_kind(Kind.SLUR)
    assert isinstance(slur, Curve)
    assert slur.element == "s"
    assert slur.outer.shape == slur.inner.shape == (1, 4, 2)
    assert np.allclose(slur.outer[0, 0], slur.inner[-1, 3])  # out and back
    assert np.allclose(slur.outer[-1, 3], slur.inner[0, 0])
    assert slur.stroke_width == pytest.approx(9 / 180 * 1.75)


def test_dashed_and_dotted_slurs_are_strokes(snippet):
    made = snippet(
        marks='<slur startid="#n1" endid="#n4" lform="dashed"/><tie startid="#n1" endid="#n2" lform="dotted"/>'
    )
    for curve in (*made.of_kind(Kind.SLUR), *made.of_kind(Kind.TIE)):
        assert isinstance(curve, Curve)
        assert curve.inner.shape == (0, 4, 2)
        assert len(curve.dashes) == 2
    assert len(made.of_kind(Kind.SLUR)) == len(made.of_kind(Kind.TIE)) == 1


def test_ties_and_laissez_vibrer(snippet):
    made = snippet(
        '<note xml:id="n1" pname="d" oct="5" dur="4"/><note xml:id="n2" pname="d" oct="5" dur="4"/><rest dur="2"/>',
        '<tie xml:id="t" startid="#n1" endid="#n2"/>',
    )
    assert [p.element for p in made.of_kind(Kind.TIE)] == ["t"]


def test_hairpins_are_open_lines_and_their_niente_a_circle(snippet):
    made = snippet(marks='<hairpin xml:id="h" form="cres" startid="#n1" endid="#n4"/>')
    (hairpin,) = made.of_kind(Kind.HAIRPIN)
    assert isinstance(hairpin, Polyline)
    assert hairpin.points.shape == (3, 2)
    assert hairpin.points[1][0] < hairpin.points[0][0]  # it opens to the right
    niente = snippet(marks='<hairpin form="cres" startid="#n1" endid="#n4" niente="true"/>')
    (arms,) = niente.of_kind(Kind.HAIRPIN)
    assert isinstance(arms, Polyline)
    assert arms.points.shape == (4, 2)
    assert [len(stroke) for stroke in arms.strokes] == [2, 2]
    (circle,) = niente.of_kind(Kind.DYNAMIC)
    assert isinstance(circle, Curve)
    assert circle.outer.shape == (4, 4, 2)
    assert len(circle.inner) == 0


def test_octave_lines(snippet):
    made = snippet(marks='<octave xml:id="o" dis="8" dis.place="above" startid="#n1" endid="#n4"/>')
    sign, line, hook = made.of_kind(Kind.OCTAVE)
    assert isinstance(sign, Symbol)
    assert isinstance(line, Line)
    assert isinstance(hook, Polyline)
    assert line.dashes
    assert line.cap == "square"
    assert {p.element for p in (sign, line, hook)} == {"o"}


@pytest.mark.parametrize("octave", ["4", "6"])
def test_beams_run_from_the_left_top_whichever_way_the_stems_go(snippet, octave):
    notes = "".join(f'<note xml:id="n{i}" dur="8" pname="{p}" oct="{octave}"/>' for i, p in enumerate("cdef"))
    (beam,) = snippet(f'<beam xml:id="b">{notes}</beam>').of_kind(Kind.BEAM)
    left_top, right_top, right_bottom, left_bottom = beam.points.tolist()
    assert left_top[0] == left_bottom[0] < right_top[0] == right_bottom[0]
    assert left_top[1] < left_bottom[1]
    assert right_top[1] < right_bottom[1]


def test_pedals_are_signs_or_lines(snippet):
    signs = snippet(marks='<pedal dir="down" startid="#n1"/><pedal dir="up" startid="#n4"/>').of_kind(
        Kind.PEDAL
    )
    assert names(signs) == ["keyboardPedalPed", "keyboardPedalUp"]
    lines = snippet(
        marks='<pedal dir="down" form="line" startid="#n1"/><pedal dir="up" form="line" startid="#n4"/>'
    )
    assert {type(p) for p in lines.of_kind(Kind.PEDAL)} == {Box}


def test_arpeggios_are_symbols_on_their_side(snippet):
    chord = '<chord xml:id="c" dur="1"><note xml:id="n1" pname="c" oct="5"/><note xml:id="n2" pname="c" oct="6"/></chord>'
    made = snippet(chord, '<arpeg xml:id="a" plist="#n1 #n2"/>')
    wiggles = made.of_kind(Kind.ARPEGGIO)
    heads = made.of_kind(Kind.NOTEHEAD)
    assert len(wiggles) >= 4
    assert all(isinstance(p, Symbol) and p.element == "a" for p in wiggles)
    assert all(abs(p.rotation_deg) == pytest.approx(90) for p in wiggles)
    boxes = [p.bounds() for p in wiggles]
    low, high = max(p.origin.y for p in heads), min(p.origin.y for p in heads)
    assert max(box.right for box in boxes) < heads[0].origin.x  # left of the chord, and as high as it is
    assert min(box.top for box in boxes) == pytest.approx(high, abs=1.75)
    assert max(box.bottom for box in boxes) == pytest.approx(low, abs=1.75)


def test_glissandi_and_brackets(snippet):
    made = snippet(
        marks='<gliss xml:id="g" startid="#n1" endid="#n2"/><bracketSpan xml:id="b" startid="#n2" endid="#n4" '
        'func="coloration" lform="dashed"/>'
    )
    (gliss,) = made.of_kind(Kind.GLISSANDO)
    assert isinstance(gliss, Line)
    assert gliss.element == "g"
    assert {p.element for p in made.of_kind(Kind.ANNOTATION_LINE)} == {"b"}


def test_what_goes_on_in_the_next_system_keeps_its_element(snippet, write_document, write_measure):
    first = write_measure(
        '<note xml:id="a" pname="c" oct="5" dur="1"/>', '<slur xml:id="s" startid="#a" endid="#b"/>', n=1
    )
    second = write_measure('<note xml:id="b" pname="d" oct="5" dur="1"/>', n=2)
    made = snippet(mei=write_document(f"{first}<sb/>{second}"))
    slurs = made.of_kind(Kind.SLUR)
    assert [(p.element, p.place.system, p.place.measure, p.place.staff) for p in slurs] == [
        ("s", 0, 0, 1),
        ("s", 1, 1, 1),
    ]


# ---------------------------------------------------------------------- signs


def test_ornaments_and_the_line_after_a_trill(snippet):
    made = snippet(
        marks='<trill xml:id="t" startid="#n1" endid="#n3" accidupper="s"/><turn xml:id="u" startid="#n4"/>'
    )
    assert sorted(p.name for p in made.of_kind(Kind.ORNAMENT)) == [
        "accidentalSharp",
        "ornamentTrill",
        "ornamentTurn",
    ]
    line = made.of_kind(Kind.EXTENDER_LINE)
    assert line
    assert {p.element for p in line} == {"t"}


def test_fermatas_breaths_and_repeat_marks(snippet):
    made = snippet(
        marks='<fermata xml:id="f" startid="#n1"/><breath xml:id="b" startid="#n2"/><caesura xml:id="c" startid="#n3"/>'
        '<repeatMark xml:id="r" func="segno" tstamp="1"/>'
    )
    found = {
        kind: names(made.of_kind(kind))
        for kind in (Kind.FERMATA, Kind.BREATH, Kind.CAESURA, Kind.REPEAT_MARK)
    }
    assert found == {
        Kind.FERMATA: ["fermataAbove"],
        Kind.BREATH: ["breathMarkComma"],
        Kind.CAESURA: ["caesura"],
        Kind.REPEAT_MARK: ["segno"],
    }


def test_an_unknown_class_is_kept_and_reported(snippet):
    made = snippet(D5.format(4, "") + '<custos xml:id="k" pname="d" oct="5"/>')
    (generic,) = made.of_kind(Kind.GENERIC)
    assert isinstance(generic, Symbol)
    assert generic.element == "k"
    assert [(i.where, i.element) for i in made.engraving.issues] == [("page 1", "custos")]


def test_marks_for_editors_are_not_drawn(snippet):
    assert not snippet().of_kind(Kind.GENERIC)
    assert snippet().engraving.issues == ()


def test_elements_are_only_those_that_the_score_knows(write_document, write_measure):
    from smashcima.engravers.verovio import engrave_mei

    layer = '<chord xml:id="c" dur="4"><note xml:id="n" pname="d" oct="5"/></chord>'
    engraving = engrave_mei(write_document(write_measure(layer)), known_ids={"c", "m1"})
    assert {p.element for p in engraving.primitives(Kind.NOTEHEAD)} == {"c"}
    assert {p.element for p in engraving.primitives(Kind.BARLINE)} == {"m1"}
