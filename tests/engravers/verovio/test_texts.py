from __future__ import annotations

import pytest

from smashcima.engraving import Box, Curve, PrimitiveKind, Symbol, Text

Kind = PrimitiveKind


def texts(primitives) -> list[str]:
    return [p.content for p in primitives if isinstance(p, Text)]


def test_a_syllable_is_text_under_its_note(snippet):
    made = snippet('<note pname="d" oct="5" dur="1"><verse n="1"><syl xml:id="s">Lied</syl></verse></note>')
    (lyric,) = made.of_kind(Kind.LYRIC)
    staff = made.engraving.systems[0].staves[0]
    assert isinstance(lyric, Text)
    (run,) = lyric.runs
    assert (run.text, run.family, run.bold, run.italic, run.anchor) == (
        "Lied",
        "serif",
        False,
        False,
        "start",
    )
    assert run.font_size == pytest.approx(2.25 * 1.75)  # lyricSize is 4.5 units, half spaces
    assert run.origin is not None
    assert run.origin.y > staff.line_ys[-1]
    assert (lyric.element, lyric.place.staff) == ("s", 1)


def test_syllables_are_joined_by_hyphens_and_extenders(snippet):
    made = snippet(
        '<note pname="d" oct="5" dur="2"><verse n="1"><syl xml:id="h" con="d" wordpos="i">Hal</syl></verse></note>'
        '<note pname="d" oct="5" dur="2"><verse n="1"><syl xml:id="x" con="u" wordpos="t">lo</syl></verse></note>'
        '<note pname="d" oct="5" dur="2"/><note pname="d" oct="5" dur="2"/>'
    )
    hyphens, extenders = made.of_kind(Kind.LYRIC_HYPHEN), made.of_kind(Kind.LYRIC_EXTENDER)
    assert [type(p) for p in (*hyphens, *extenders)] == [Box, Box]
    assert (hyphens[0].element, extenders[0].element) == ("h", "x")
    assert extenders[0].rectangle.width > 3 * hyphens[0].rectangle.width
    assert extenders[0].rectangle.bottom > hyphens[0].rectangle.bottom


def test_a_hyphen_in_the_next_system_stays_a_hyphen(snippet, write_document, write_measure):
    syllable = '<note pname="d" oct="5" dur="1"><verse n="1"><syl xml:id="{}" con="{}" wordpos="{}">Ha</syl></verse></note>'
    first, second = syllable.format("h", "d", "i"), syllable.format("e", "s", "t")
    made = snippet(mei=write_document(write_measure(first, n=1) + "<sb/>" + write_measure(second, n=2)))
    hyphens = made.of_kind(Kind.LYRIC_HYPHEN)
    assert {p.element for p in hyphens} == {"h"}
    assert {p.place.system for p in hyphens} == {0, 1}


def test_an_elision_is_a_symbol_among_the_letters(snippet):
    made = snippet(
        '<note pname="d" oct="5" dur="1"><verse n="1"><syl con="b">e</syl><syl>u</syl></verse></note>'
    )
    first = made.of_kind(Kind.LYRIC)[0]
    assert isinstance(first, Text)
    assert [run.family for run in first.runs] == ["serif", "Leipzig"]
    assert first.runs[1].text == "\ue551"
    assert first.runs[1].origin is None


def test_dynamics_are_symbols_and_words(snippet):
    made = snippet(
        marks='<dynam xml:id="f" startid="#n1">mf</dynam><dynam xml:id="s" startid="#n3">p espr.</dynam>'
    )
    symbol, words = made.of_kind(Kind.DYNAMIC)
    assert isinstance(symbol, Symbol)
    assert (symbol.name, symbol.element) == ("dynamicMF", "f")
    assert isinstance(words, Text)
    assert [(run.text, run.family, run.italic) for run in words.runs] == [
        ("\ue520", "Leipzig", False),
        (" espr.", "serif", True),
    ]
    assert words.runs[0].letter_spacing == pytest.approx(0.5 * 1.75)
    assert words.element == "s"


def test_words_follow_the_style_of_their_kind(snippet):
    made = snippet(
        marks='<dir startid="#n1">dolce</dir><tempo startid="#n1">Presto</tempo><reh startid="#n3">A</reh>'
    )
    style = {
        kind: made.of_kind(kind)[0].runs[0] for kind in (Kind.DIRECTION, Kind.TEMPO, Kind.REHEARSAL_MARK)
    }
    assert [(run.bold, run.italic) for run in style.values()] == [(False, True), (True, False), (True, False)]


def test_words_may_say_otherwise(snippet):
    made = snippet(marks='<dir startid="#n1"><rend fontstyle="normal" fontweight="bold">soli</rend></dir>')
    (run,) = made.of_kind(Kind.DIRECTION)[0].runs
    assert (run.text, run.bold, run.italic) == ("soli", True, False)


def test_lines_of_words_start_chunks_of_their_own(snippet):
    made = snippet(marks='<dir startid="#n1">one<lb/>two</dir>')
    (words,) = made.of_kind(Kind.DIRECTION)
    assert isinstance(words, Text)
    first, second = words.runs
    assert (first.text, second.text) == ("one", "two")
    assert first.origin is not None
    assert second.origin is not None
    assert second.origin.x == pytest.approx(first.origin.x)
    assert second.origin.y > first.origin.y


def test_superscripts_are_raised_and_smaller(snippet):
    made = snippet(marks='<harm startid="#n1">C<rend rend="sup">7</rend></harm>')
    (harmony,) = made.of_kind(Kind.HARMONY)
    assert isinstance(harmony, Text)
    base, raised = harmony.runs
    assert base.baseline_shift == 0
    assert raised.baseline_shift > 0
    assert raised.origin is None
    assert raised.font_size < base.font_size
    assert base.anchor == "middle"


def test_metronome_marks_have_a_symbol_of_the_music_font(snippet):
    made = snippet(
        marks='<tempo startid="#n1"><rend glyph.auth="smufl">\ue1d5</rend> = 60</tempo>', music_font="Leland"
    )
    (tempo,) = made.of_kind(Kind.TEMPO)
    assert isinstance(tempo, Text)
    assert [(run.text, run.family) for run in tempo.runs] == [("\ue1d5", "Leland"), (" = 60", "serif")]


def test_boxes_and_circles_around_words_are_enclosures(snippet):
    made = snippet(
        marks='<reh startid="#n1"><rend rend="box">A</rend></reh><reh startid="#n4"><rend rend="circle">B</rend></reh>'
    )
    box, circle = made.of_kind(Kind.ENCLOSURE)
    assert isinstance(box, Box)
    assert not box.filled
    assert box.stroke_width > 0
    assert isinstance(circle, Curve)
    assert texts(made.of_kind(Kind.REHEARSAL_MARK)) == ["A", "B"]


def test_extenders_of_words_are_lines(snippet):
    made = snippet(marks='<dynam xml:id="c" startid="#n1" endid="#n4" extender="true">cresc.</dynam>')
    assert texts(made.of_kind(Kind.DYNAMIC)) == ["cresc."]
    extenders = made.of_kind(Kind.EXTENDER_LINE)
    assert extenders
    assert all(isinstance(p, Box) and p.filled and p.element == "c" for p in extenders)


def test_figures_fingerings_and_harmony(snippet):
    made = snippet(
        marks='<harm startid="#n1"><fb><f xml:id="f1">6</f><f xml:id="f2">4</f></fb></harm><fing startid="#n2">3</fing>'
    )
    assert [(p.content, p.element) for p in made.of_kind(Kind.FIGURED_BASS)] == [("6", "f1"), ("4", "f2")]
    assert texts(made.of_kind(Kind.FINGERING)) == ["3"]


def test_titles_stand_in_the_page_head(snippet, write_document, write_measure):
    mei = write_document(
        write_measure("<mRest/>"),
        '<scoreDef><pgHead><rend halign="center" fontsize="x-large">Title<lb/>Subtitle</rend>'
        '<rend halign="right">Composer</rend></pgHead><staffGrp>'
        '<staffDef n="1" lines="5" clef.shape="G" clef.line="2"/></staffGrp></scoreDef>',
    )
    title, composer = snippet(mei=mei, page="A4", margins=15).of_kind(Kind.TITLE)
    assert isinstance(title, Text)
    assert isinstance(composer, Text)
    assert [run.text for run in title.runs] == ["Title", "Subtitle"]
    assert {run.anchor for run in title.runs} == {"middle"}
    assert title.runs[0].origin is not None
    assert title.runs[0].origin.x == pytest.approx(105, abs=0.1)
    assert composer.runs[0].anchor == "end"
    assert composer.runs[0].origin is not None
    assert composer.runs[0].origin.x == pytest.approx(195, abs=0.1)
    assert not snippet(mei=mei, titles=False).of_kind(Kind.TITLE)


def test_staff_labels(snippet, write_document, write_measure):
    mei = write_document(
        write_measure("<mRest/>"),
        '<scoreDef><staffGrp><staffDef xml:id="d" n="1" lines="5" clef.shape="G" clef.line="2">'
        '<label xml:id="name">Violin</label></staffDef></staffGrp></scoreDef>',
    )
    made = snippet(mei=mei)
    (label,) = made.of_kind(Kind.STAFF_LABEL)
    assert isinstance(label, Text)
    assert (label.content, label.runs[0].anchor, label.runs[0].bold) == ("Violin", "end", False)


def test_the_number_of_a_verse_is_a_lyric(snippet):
    made = snippet(
        '<note pname="d" oct="5" dur="1"><verse n="1"><label>1.</label><syl>Lied</syl></verse></note>'
    )
    assert texts(made.of_kind(Kind.LYRIC)) == ["1.", "Lied"]
    assert not made.of_kind(Kind.STAFF_LABEL)


def test_measure_numbers_can_be_chosen(snippet, write_document, write_measure):
    mei = write_document("<sb/>".join(write_measure("<mRest/>", n=n) for n in (1, 2, 3)))
    assert texts(snippet(mei=mei).of_kind(Kind.MEASURE_NUMBER)) == ["2", "3"]
    assert texts(snippet(mei=mei, measure_numbers=False).of_kind(Kind.MEASURE_NUMBER)) == []


def test_the_dot_of_a_metronome_mark_stands_beside_its_note(snippet):
    made = snippet(marks='<tempo startid="#n1"><rend glyph.auth="smufl">\ueca3 \uecb7</rend> = 60</tempo>')
    (tempo,) = made.of_kind(Kind.TEMPO)
    assert [run.text for run in tempo.runs] == ["\ueca3\uecb7", " = 60"]
