"""`Score.by_id` answers as a fresh walk would, and an edit of one score leaves the indices of others alone."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smashcima.scene.semantic import Measure, Note, Part, Score, Section, SemanticObject, score


def _walk(score: Score) -> dict[str, SemanticObject]:
    found: dict[str, SemanticObject] = {}
    for one in (score, *score.descendants(), *score.parts):
        found.setdefault(one.id, one)
    found.pop("", None)
    return found


class _World:
    """Two scores and some subtrees, to be edited at random."""

    def __init__(self) -> None:
        self.scores = [Score(id="one"), Score(id="two")]
        self.nodes: list[SemanticObject] = [Section(id=f"x{n}") for n in range(6)]

    def edit(self, what: int, a: int, b: int) -> None:
        node = self.nodes[a % len(self.nodes)]
        made = _EDITS[what](node, self.scores[b % len(self.scores)], a, b)
        if isinstance(made, Score):
            self.scores.append(made)
        elif isinstance(made, SemanticObject):
            self.nodes.append(made)


def _moved(node: SemanticObject, score: Score) -> None:
    node.detach()
    score.children.insert(0, node)


def _replaced(node: SemanticObject, a: int, b: int) -> None:
    if node.parent is not None:
        node.replace_with(Section(id=f"y{a}", children=[Note(id=f"n{b}")]))


_EDITS: list[Callable[[SemanticObject, Score, int, int], Any]] = [
    lambda node, score, a, b: setattr(node, "id", f"x{b}"),
    lambda node, score, a, b: score.children.append(node),  # which may be in another score as well
    lambda node, score, a, b: node.detach(),
    lambda node, score, a, b: _moved(node, score),
    lambda node, score, a, b: _replaced(node, a, b),
    lambda node, score, a, b: setattr(score, "children", [node, "text"]),
    lambda node, score, a, b: node.children.append(Measure(id=f"m{b}")),
    lambda node, score, a, b: node.children.clear(),
    lambda node, score, a, b: score.children.reverse(),
    lambda node, score, a, b: Section(children=[node]),
    lambda node, score, a, b: setattr(score, "parts", [Part(id=f"p{a}")]),
    lambda node, score, a, b: score.parts.append(Part(id=f"p{b}")),
    lambda node, score, a, b: copy.deepcopy(score),
    lambda node, score, a, b: pickle.loads(pickle.dumps(score)),
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(_EDITS) - 1), st.integers(0, 12), st.integers(0, 12)), max_size=30)
)
def test_by_id_always_equals_a_fresh_walk(edits: list[tuple[int, int, int]]) -> None:
    world = _World()
    ids = [f"{kind}{n}" for kind in "xypnm" for n in range(13)] + ["one", "two", ""]
    for edit in edits:
        world.edit(*edit)
        for each in world.scores:
            expected = _walk(each)
            assert {id: each.by_id(id) for id in ids} == {id: expected.get(id) for id in ids}


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """As many entries as indices were built while the test runs."""
    found: list[None] = []

    class Counting(score.IdIndex):
        def __init__(self, *arguments: Any) -> None:
            found.append(None)
            super().__init__(*arguments)

    monkeypatch.setattr(score, "IdIndex", Counting)
    return found


def test_edits_of_another_score_leave_an_index_alone(built: list[None]) -> None:
    here, there = Score(id="here", children=[Section(id="a")]), Score(children=[Section(id="b")])
    for number in range(5):
        assert here.by_id("a") is here.children[0]
        there.children.append(section := Section(id=f"c{number}"))
        section.id = f"d{number}"
        section.detach()
        Section(id="nowhere", children=[Note()])
    assert len(built) == 1


def test_edges_across_the_tree_leave_an_index_alone(built: list[None]) -> None:
    note = Note(id="n")
    here = Score(children=[Section(children=[note])])
    for _ in range(3):
        assert here.by_id("n") is note
        note.cross_staff = None
    assert len(built) == 1


def test_a_subtree_in_two_scores_is_found_in_both_after_every_edit() -> None:
    section = Section(id="a")
    one, two = Score(children=[section]), Score(children=[section])
    for id in "bcd":
        assert one.by_id(section.id) is two.by_id(section.id) is section
        section.id = id
        assert one.by_id(id) is section
        assert two.by_id(id) is section


def test_threads_that_read_one_score_agree() -> None:
    here = Score(children=[Section(id=f"s{n}") for n in range(300)])
    with ThreadPoolExecutor(4) as threads:
        for number in range(20):
            here.children.append(Section(id=f"t{number}"))
            assert list(threads.map(here.by_id, [f"t{number}"] * 4)) == [here.children[-1]] * 4


def test_a_finder_answers_as_the_score_does_when_it_is_made() -> None:
    section = Section(id="section")
    score = Score(id="score", children=[section])
    assert score.finder()("section") is section
    assert score.finder()("measure") is None
    measure = Measure(id="measure")
    section.children.append(measure)
    assert score.finder()("measure") is measure
