from __future__ import annotations

from smashcima.engravers.verovio import engrave
from smashcima.engraving import LayoutOptions, PrimitiveKind, Text
from smashcima.scene.semantic import PageHead, Score, ScoreBuilder, TextSpan, note


def titles(score: Score, **options: object) -> dict[str, Text]:
    engraving = engrave(score, LayoutOptions(**options))  # type: ignore[arg-type]
    return {p.content: p for p in engraving.primitives(PrimitiveKind.TITLE) if isinstance(p, Text)}


def song(**about: str) -> Score:
    builder = ScoreBuilder(**about)  # type: ignore[arg-type]
    builder.add_part("Voice", "treble")
    builder.add_voice(builder.add_measure(), 1, note("C5", "whole"))
    return builder.build()


def test_title_composer_and_lyricist_are_printed_with_the_title_larger():
    found = titles(song(title="Little star", composer="A. Composer", lyricist="A. <Poet> & Co."))
    assert set(found) == {"Little star", "A. Composer", "A. <Poet> & Co."}
    title, composer, poet = (
        found[text].runs[0] for text in ("Little star", "A. Composer", "A. <Poet> & Co.")
    )
    assert composer.font_size == poet.font_size
    assert title.font_size > 1.3 * composer.font_size
    assert title.origin.y < composer.origin.y == poet.origin.y
    assert (poet.anchor, title.anchor, composer.anchor) == ("start", "middle", "end")


def test_the_head_follows_a_changed_title():
    score = song(title="Before")
    score.title = "After"
    assert set(titles(score)) == {"After"}


def test_a_score_without_title_and_people_has_no_head():
    assert titles(song()) == {}


def test_titles_can_be_left_out():
    assert titles(song(title="Little star", composer="A. Composer"), titles=False) == {}


def test_a_head_of_the_score_stays_as_it_is():
    score = song(title="Little star", composer="A. Composer")
    head = PageHead(children=[TextSpan(children=["By hand"])])
    score.definition.children.append(head)
    assert set(titles(score)) == {"By hand"}


def test_an_empty_head_is_none():
    score = song(title="Little star")
    score.definition.children.append(PageHead())
    assert set(titles(score)) == {"Little star"}


def test_a_long_title_takes_several_smaller_lines():
    words = "The very long and winding title of a piece that nobody ever played in public or at home".split()
    engraving = engrave(song(title=" ".join(words)), LayoutOptions(page="A5"))
    texts = list(engraving.primitives(PrimitiveKind.TITLE))
    runs = [run for text in texts for run in text.runs]
    assert " ".join(run.text.strip() for run in runs).split() == words
    assert len({run.origin.y for run in runs if run.origin is not None}) > 1
    short = titles(song(title="Short"), page="A5")["Short"].runs[0]
    assert runs[0].font_size < short.font_size
    assert engraving.issues == ()
