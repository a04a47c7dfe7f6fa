"""Long scores, which are laid out in runs of pages: the pages are those of the whole score."""

from __future__ import annotations

from pathlib import Path

import pytest

from smashcima import LayoutOptions, load_score
from smashcima.engravers.verovio import VerovioEngraver, engraver, long_scores
from smashcima.engravers.verovio.toolkit import Toolkit
from smashcima.engraving import Engraving, PrimitiveKind, Text
from smashcima.engraving.engraver import joined
from smashcima.scene.semantic import PageHead, Score

EXAMPLE = Path(__file__).parents[3] / "assets" / "example" / "example.musicxml"
SMALL = LayoutOptions(page="150x70", margins=5.0, staff_space=1.5)

PIANO = """X:1
T:Title
C:Composer
M:3/4
L:1/8
%%staves {1 2}
K:D
"""
RIGHT = "(A2Bc de|f2) f4-|f2 e2 d2|!8va(!d'2 e'2 f'2!8va)!|(3ABc d2 e2|"
LEFT = "D,2F,2A,2|[K:C]C,2E,2G,2|[K:bass]G,,4-G,,2|[K:D clef=bass]D,6|[K:treble]D2F2A2|"
SONG = f"{PIANO}V:1\n{RIGHT * 8}[K:Bb]{RIGHT * 4}\nw:{' la-la-la' * 40}\nV:2 clef=bass\n{LEFT * 12}\n"
SLUR = "X:1\nT:Slur\nM:4/4\nL:1/4\nK:C\nCDEF|(GABc|" + "cBAG|FEDC|" * 8 + "CDEF)|" + "CDEF|GABc|" * 4 + "\n"


def runs(score: Score, options: LayoutOptions) -> list[Engraving]:
    return list(VerovioEngraver().engrave_in_runs(score, options))


def whole(score: Score, options: LayoutOptions) -> Engraving:
    """The layout in one piece."""
    return VerovioEngraver()._lay_out_whole(score, options)


@pytest.fixture(autouse=True)
def everything_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_scores, "MOST_IN_ONE", 0)
    monkeypatch.setattr(long_scores, "_FIRST_RUN", 100)
    monkeypatch.setattr(long_scores, "_PAGES", 2)


@pytest.mark.parametrize(
    ("source", "options"),
    [
        ({"source": EXAMPLE}, LayoutOptions(page="A5 landscape", breaks="auto")),
        ({"source": EXAMPLE}, LayoutOptions(page="A5 landscape", breaks="source")),
        ({"data": SONG, "format": "abc"}, SMALL),
        (
            {"data": SONG, "format": "abc"},
            LayoutOptions(page="150x70", margins=5.0, staff_space=1.5, titles=False),
        ),
        ({"data": SLUR, "format": "abc"}, LayoutOptions(page="60x30", margins=2.0, staff_space=1.5)),
    ],
    ids=["example", "breaks of the source", "song", "without titles", "slur over many pages"],
)
def test_the_pages_of_runs_are_those_of_the_whole_score(
    source: dict[str, str], options: LayoutOptions
) -> None:
    score = load_score(**source).score
    made = runs(score, options)
    assert len(made) > 2
    expected = whole(score, options)
    assert [page for run in made for page in run.pages] == list(expected.pages)
    assert set(joined(made).issues) == set(expected.issues)


def test_the_first_pages_are_laid_out_before_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[int] = []
    load = Toolkit.load_mei
    monkeypatch.setattr(
        Toolkit, "load_mei", lambda self, mei: (loaded.append(mei.count("<measure ")), load(self, mei))[1]
    )
    score = load_score(data=SONG, format="abc").score
    first = next(VerovioEngraver().engrave_in_runs(score, SMALL))
    assert [page.index for page in first.pages] == list(range(len(first.pages)))
    assert sum(loaded) < len(score.measures) / 2


def test_a_mark_that_is_longer_than_what_surrounds_a_run_is_drawn_on_all_its_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    options = LayoutOptions(page="60x30", margins=2.0, staff_space=1.5)
    score = load_score(data=SLUR, format="abc").score
    expected = {s.place.system for s in whole(score, options).primitives(PrimitiveKind.SLUR)}
    monkeypatch.setattr(long_scores, "_MOST_AROUND", 4)
    made = joined(runs(score, options))
    assert {s.place.system for s in made.primitives(PrimitiveKind.SLUR)} == expected
    assert len(expected) > 3
    assert {s.element for s in made.primitives(PrimitiveKind.SLUR)} == {next(iter(score.marks())).id}


def test_pages_without_a_title_are_numbered_as_in_the_whole_score() -> None:
    options = LayoutOptions(page="60x30", margins=2.0, staff_space=1.5)
    score = load_score(data=SLUR.replace("T:Slur\n", ""), format="abc").score
    made = joined(runs(score, options))
    numbers = [
        [
            text.content
            for text in page.primitives
            if isinstance(text, Text) and text.kind is PrimitiveKind.TITLE
        ]
        for page in made.pages
    ]
    assert numbers == [[], *([f"– {n} –"] for n in range(2, len(made.pages) + 1))]


def test_the_same_run_is_not_laid_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    score = load_score(data=SONG, format="abc").score
    made = runs(score, SMALL)

    def fail(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Toolkit, "load_mei", fail)
    assert runs(score, SMALL) == made


def test_a_score_without_breaks_is_laid_out_as_a_whole() -> None:
    score = load_score(data=SONG, format="abc").score
    assert len(runs(score, LayoutOptions(breaks="none"))) == 1


def test_a_head_on_every_page_is_laid_out_as_a_whole() -> None:
    score = load_score(EXAMPLE).score
    definition = score.definition
    assert definition is not None
    definition.children.insert(0, PageHead(function="all", children=["Head"]))
    score.update()
    assert len(runs(score, LayoutOptions(page="A5 landscape"))) == 1
    assert len(runs(score, LayoutOptions(page="A5 landscape", titles=False))) > 1


def test_hidden_staves_are_not_in_any_run() -> None:
    score = load_score(EXAMPLE).score
    options = LayoutOptions(page="A5 landscape", breaks="auto", hidden_staves=frozenset({1}))
    made = runs(score, options)
    assert [page for run in made for page in run.pages] == list(whole(score, options).pages)


def test_a_run_that_would_not_start_its_page_is_laid_out_with_the_whole_score(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lay_out = engraver._run

    def misplaced(music, run, *rest):
        if run.start.page >= 2:
            raise engraver.MisplacedRunError
        return lay_out(music, run, *rest)

    monkeypatch.setattr(engraver, "_run", misplaced)
    score = load_score(data=SONG.replace("T:Title", "T:Not laid out yet"), format="abc").score
    made = runs(score, SMALL)
    pages = [page for run in made for page in run.pages]
    assert pages == list(whole(score, SMALL).pages)
    assert len(made[-1].pages) > 2
