from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from smashcima.errors import ImportFailedError
from smashcima.loading import load_mei_text, load_score, load_scores

REPOSITORY = Path(__file__).parents[2]

BOOK = "X:1\nT:First\nM:4/4\nL:1/4\nK:C\nCDEF|\n\nX:2\nT:Second\nM:4/4\nL:1/4\nK:C\nCDEFG|\n"


def test_a_path_may_be_a_string_or_a_path(example_score: Path) -> None:
    assert load_mei_text(str(example_score)).meis == load_mei_text(example_score).meis


def test_data_may_be_text_or_bytes(musicxml: Callable[..., str]) -> None:
    text = musicxml()
    readings = {load_mei_text(data=data).meis for data in (text, text.encode(), bytearray(text.encode()))}
    assert len(readings) == 1


def test_the_example_loses_nothing(example_score: Path) -> None:
    loaded = load_score(example_score)
    assert loaded.score is not None
    assert loaded.issues == ()


def test_all_scores_of_a_book_are_given_with_their_names() -> None:
    loaded = load_scores(data=BOOK)
    assert len(loaded.scores) == 2
    assert loaded.names == ("1 First", "2 Second")
    assert loaded.source_name == "the given data"


def test_the_first_of_several_scores_is_taken_and_the_others_are_named() -> None:
    loaded = load_score(data=BOOK)
    assert loaded.issues[0].what == "loaded the first of 2 scores; use load_scores for the others: 2 Second"


@pytest.mark.parametrize("value", [17, object(), ["a.musicxml"]])
def test_something_else_is_a_mistake_of_the_caller(value: object) -> None:
    with pytest.raises(TypeError, match="`source` must be a path"):
        load_mei_text(value)
    with pytest.raises(TypeError, match="`data` must be str or bytes"):
        load_mei_text(data=value)


def test_a_music21_stream_is_read() -> None:
    from music21 import converter

    stream = converter.parse("tinyNotation: 4/4 c4 d e f g1")
    loaded = load_mei_text(stream)
    assert loaded.meis[0].count("<note ") == 5
    assert loaded.source_name == "the music21 stream"


def test_an_opus_of_music21_is_several_scores() -> None:
    from music21 import converter, stream

    opus = stream.Opus([converter.parse("tinyNotation: 4/4 c1"), converter.parse("tinyNotation: 4/4 c1 d1")])
    scores = stream.Opus([stream.Score([part]) for part in opus])
    assert [mei.count("<note ") for mei in load_mei_text(scores).meis] == [1, 2]


def test_an_empty_music21_stream_is_an_error_of_ours() -> None:
    from music21 import stream

    with pytest.raises(ImportFailedError):
        load_mei_text(stream.Opus())


def test_music21_is_not_imported_for_those_who_do_not_use_it(example_score: Path) -> None:
    code = (
        "import sys; from smashcima.loading import load_mei_text; load_mei_text(sys.argv[1]); "
        "print('music21' in sys.modules, 'verovio' in sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, str(example_score)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout == "False False\n"


def test_ids_are_the_same_in_processes_with_different_hash_seeds(example_score: Path) -> None:
    code = "import sys; from smashcima.loading import load_mei_text; sys.stdout.write(load_mei_text(sys.argv[1]).meis[0])"
    results = {
        subprocess.run(
            [sys.executable, "-c", code, str(example_score)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=REPOSITORY,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert results == {load_mei_text(example_score).meis[0].encode()}


def test_a_child_of_fork_loads_too(musicxml: Callable[..., str]) -> None:
    if not hasattr(os, "fork"):
        pytest.skip("the system has no fork")
    text = musicxml()
    expected = load_mei_text(data=text).meis
    child = os.fork()
    if child == 0:
        status = 1
        try:
            status = 0 if load_mei_text(data=text).meis == expected else 2
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_children_of_multiprocessing_load_too(example_score: Path, method: str) -> None:
    import multiprocessing

    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"the system has no {method}")
    with multiprocessing.get_context(method).Pool(1) as pool:
        (loaded,) = pool.map(load_mei_text, [str(example_score)])
    assert loaded.meis == load_mei_text(example_score).meis


def test_two_tempos_at_one_place_of_humdrum_are_read() -> None:
    # Verovio gives both the same id.
    tempos = "!LO:TX:a:t=Andante [quarter] = 69\n!LO:TX:a:t=Langsam [quarter] = 69\n"
    text = f"**kern\n*clefG2\n*M4/4\n{tempos}1c\n==\n*-\n"
    assert len(list(load_score(data=text, format="krn").score.notes())) == 1


@pytest.mark.parametrize(("sign", "symbol"), [("c", "common"), ("c|", "cut")])
def test_common_and_cut_time_of_humdrum_are_drawn(sign: str, symbol: str) -> None:
    # Verovio hides both.
    text = f"**kern\n*clefG2\n*M4/4\n*met({sign})\n1c\n==\n*-\n"
    time = load_score(data=text, format="krn").score.measures[0].staves[0].time_signature
    assert time is not None
    assert (time.mei["sym"], time.mei.get("visible")) == (symbol, None)
