"""Sources of corpora: that of music21, PrIMuS, Mashcima annotations."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path

import numpy as np
import pytest

from smashcima.errors import PlanError

RNG = np.random.default_rng(0)
AGNOSTIC = "clef.G-L2\tnote.half-L3\tbarline-L1"


def names(source) -> list[str]:
    return [source.name(index) for index in range(source.prepare())]


# -- music21 -----------------------------------------------------------------------------------------------


def test_works_of_the_music21_corpus_are_scores(make):
    source = make(corpus=["bach/bwv66.6", "joplin"])
    assert names(source) == ["bach/bwv66.6.mxl", "joplin/maple_leaf_rag.mxl"]
    chorale = source.item(0, RNG).loaded.score
    assert len(chorale.staves) == 4
    assert len(chorale.measures) == 10


def test_a_work_in_several_formats_is_one_score(make):
    all_of_bach = names(make(corpus="bach"))
    assert len(all_of_bach) > 400
    stems = [name.rpartition(".")[0] for name in all_of_bach]
    assert len(set(stems)) == len(stems)


def test_the_corpus_has_the_licences_that_its_files_state(make):
    assert make(corpus="essenFolksong").licences == ("non-commercial use only",)
    assert make(corpus="corelli").licences == ("CC BY",)
    assert make(corpus="bach").licences == ("unknown",)
    assert make(corpus="corelli").permits_commercial_use


def test_all_of_the_corpus_is_music(make):
    folders = {name.partition("/")[0] for name in (file.name for file in make(corpus="all")._files)}
    assert {"bach", "palestrina", "trecento"} <= folders
    assert not {"demos", "theoryExercises"} & folders


def test_the_message_about_an_unknown_work_names_a_similar_one(make):
    with pytest.raises(PlanError, match=r"corpus: the corpus has no 'bahc' \(did you mean .*bach"):
        make(corpus="bahc")


def test_the_corpus_is_found_without_importing_music21():
    code = (
        "import sys; from pathlib import Path; from smashcima.datasets.generation.fields import Where; "
        "from smashcima.datasets.generation.sources import make_source; "
        "make_source({'corpus': 'all'}, Where(), Path()); assert 'music21' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# -- PrIMuS ------------------------------------------------------------------------------------------------


@pytest.fixture
def primus(tmp_path: Path) -> Path:
    for id in ("000000002-1_1_1", "000000001-1_1_1"):
        folder = tmp_path / "primus" / id
        folder.mkdir(parents=True)
        (folder / f"{id}.agnostic").write_text(AGNOSTIC)
    with tarfile.open(tmp_path / "primus.tgz", "w:gz") as archive:
        for id in ("000000002-1_1_1", "000000001-1_1_1"):
            archive.add(tmp_path / "primus" / id, id)
    return tmp_path


@pytest.mark.parametrize("place", ["primus", "primus.tgz"])
def test_incipits_of_primus_are_scores(make, primus: Path, place: str):
    source = make(primus=place, encoding="agnostic")
    assert names(source) == ["000000001-1_1_1", "000000002-1_1_1"]
    assert [note.pitch.step.name for note in source.item(1, RNG).loaded.score.notes()] == ["B"]
    assert source.licences == ("CC BY 3.0",)


def test_the_number_of_incipits_can_be_limited(make, primus: Path):
    assert names(make(primus="primus.tgz", encoding="agnostic", take=1)) == ["000000001-1_1_1"]


def test_what_is_not_primus_is_an_error_of_the_plan(make, primus: Path):
    with pytest.raises(PlanError, match="no incipit"):
        make(primus="primus", encoding="mei")
    with pytest.raises(PlanError, match="does not exist"):
        make(primus="missing.tgz")
    with pytest.raises(PlanError, match=r"encoding: 'midi' is not available"):
        make(primus="primus", encoding="midi")


# -- annotations -------------------------------------------------------------------------------------------


def test_annotations_of_a_list_keep_their_text(make):
    source = make(annotations=["clef.G-2 q0  q1 |", "clef.F2 h0 |"])
    assert names(source) == ["annotation 0", "annotation 1"]
    assert source.item(0, RNG).loaded.annotation == "clef.G-2 q0 q1 |"
    assert source.licences == ("unknown",)


def test_annotations_of_a_file_are_its_lines(make, tmp_path: Path):
    (tmp_path / "lines.txt").write_text("clef.G-2 q0 |\n\nclef.F2 h0 |\n")
    source = make(annotations="lines.txt")
    assert source.prepare() == 2
    assert source.item(1, RNG).loaded.annotation == "clef.F2 h0 |"


def test_generated_annotations_have_no_end_and_depend_on_their_index(make):
    source = make(annotations={"generate": {"musical": 1, "random": 1}})
    assert source.prepare() is None
    again = make(annotations={"generate": {"musical": 1, "random": 1}})
    texts = [source.item(index, RNG).loaded.annotation for index in (5, 2_000_000_000)]
    assert texts == [again.item(index, RNG).loaded.annotation for index in (5, 2_000_000_000)]
    assert texts[0] != texts[1]
    assert source.permits_commercial_use


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"generate": "funny"}, r"annotations\.generate: There is no kind of annotations 'funny'"),
        ({}, r"annotations: expected the field generate"),
        (7, r"annotations: expected a list"),
        ("missing.txt", r"annotations: .*there is no such file"),
    ],
)
def test_messages_say_what_annotations_can_be(make, given, message: str):
    with pytest.raises(PlanError, match=message):
        make(annotations=given)
