"""Models and scenes in other processes: pickled, spawned and forked."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import smashcima as sc
from smashcima.engravers.verovio.importing.supervisor import shared_worker
from smashcima.loading import ReadMusic, SourceFormat, formats_to_send, known_formats, receive_formats
from smashcima.loading.formats import SentFormat

SONG = Path(__file__).parents[1] / "short_song.musicxml"

START_METHODS = [
    "spawn",
    pytest.param("fork", marks=pytest.mark.skipif(sys.platform != "linux", reason="forks")),
]


def in_process(method: str, function: Any, *arguments: Any) -> Any:
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(function, *arguments).result(timeout=120)


def changed_model() -> sc.BaseHandwrittenModel:
    model = sc.BaseHandwrittenModel(seed=5, hand="pen", dpi=300, paper="any")
    model.dpi = 40
    model.postprocessor.strength = 0.5
    model.postprocessor.f_camera.force_dont = True
    model.writers.choice = "hasty"
    return model


def test_a_pickled_model_makes_the_same_bytes_and_goes_on_counting(
    own_module: ModuleType, dots: Path
) -> None:
    model = changed_model()
    model(dots)
    again = pickle.loads(pickle.dumps(model))
    assert again.next_index == 1
    assert again.scene is None
    assert again.recipe == model.recipe
    assert own_module.digest(again, dots, 1) == own_module.digest(model, dots, 1)


def test_the_services_of_a_pickled_model_are_shared_as_they_were() -> None:
    model = pickle.loads(pickle.dumps(changed_model()))
    resolve = model.container.resolve
    assert model.compositor is resolve(sc.Compositor)
    assert model.compositor.postprocessor is model.postprocessor is resolve(sc.Postprocessor)
    assert resolve(sc.GlyphSynthesizer) is model.notation_synthesizer.glyph_synthesizer
    model.container.resolve(sc.PaperSynthesizer)


def test_a_copied_model_is_a_model_of_its_own(own_module: ModuleType, dots: Path) -> None:
    model = sc.EngravedModel(seed=1, dpi=30, postprocessing="scan")
    other = copy.deepcopy(model)
    before = own_module.digest(model, dots, 0)
    other.postprocessor.force_dont = True
    assert own_module.digest(other, dots, 0) != before
    assert own_module.digest(model, dots, 0) == before


def test_services_that_were_set_on_a_finished_model_are_pickled(own_module: ModuleType) -> None:
    model = own_module.OwnModel(own_module.Tint(), seed=1, dpi=20)
    model.container.resolve(sc.PaperSynthesizer).color = (1, 2, 3, 255)
    model.styler.register_domain(Ink())
    scene = pickle.loads(pickle.dumps(model))(SONG)
    assert scene.render(scene.pages[0])[0, 0].tolist() == [1, 2, 3, 255]
    assert scene.styles["Ink"] == "blue"


@pytest.mark.slow
@pytest.mark.parametrize("method", START_METHODS)
def test_another_process_makes_the_same_bytes(method: str, own_module: ModuleType, dots: Path) -> None:
    model = changed_model()
    expected = own_module.digest(model, dots, 2)
    assert in_process(method, own_module.digest, model, dots, 2) == expected
    assert in_process(method, own_module.digest, model.recipe.build(), dots, 2) == expected


@pytest.mark.slow
@pytest.mark.parametrize("method", START_METHODS)
def test_another_process_knows_the_formats_and_services_of_the_user(
    method: str, own_module: ModuleType, dots: Path
) -> None:
    model = own_module.OwnModel(own_module.Tint(red=9), seed=1, dpi=20)
    expected = own_module.digest(model, dots, 0)
    assert in_process(method, own_module.digest, model, dots, 0) == expected


@pytest.mark.slow
@pytest.mark.parametrize("method", START_METHODS)
def test_a_scene_goes_to_another_process(method: str, own_module: ModuleType, dots: Path) -> None:
    scene = sc.EngravedModel(seed=1, dpi=30, postprocessing="scan")(dots)
    assert in_process(method, own_module.digest_of_scene, scene) == own_module.digest_of_scene(scene)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="forks")
def test_a_forked_process_starts_an_importer_of_its_own(own_module: ModuleType) -> None:
    sc.load_score(SONG)
    ours = shared_worker().pid
    theirs = in_process("fork", own_module.pid_of_importer, SONG)
    assert theirs not in (None, ours)
    assert shared_worker().pid == ours
    sc.load_score(SONG)


def test_a_format_that_cannot_be_pickled_is_left_out_with_a_warning(
    own_module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    from smashcima.loading import formats

    lambda_format = SourceFormat("Nothing", (".nothing",), lambda source: ReadMusic((), ()))
    monkeypatch.setattr(formats, "_formats", [lambda_format, *formats._formats])
    monkeypatch.setattr(formats, "_added", {**formats._added, lambda_format: None})
    with pytest.warns(UserWarning, match="format Nothing is not available in other processes"):
        names = [each.name for each in formats_to_send()]
    assert names == ["Dots"]


def test_formats_that_are_known_are_not_registered_again(own_module: ModuleType) -> None:
    before = sc.loading.known_formats()
    receive_formats(formats_to_send())
    assert sc.loading.known_formats() == before


class Ink(sc.StyleDomain):
    def pick_style(self) -> None:
        pass

    @property
    def current_style(self) -> str:
        return "blue"


def test_a_format_whose_module_is_missing_is_left_out_with_a_warning() -> None:
    sent = SentFormat("Gone", b"cno_such_module\nread\n.")
    with pytest.warns(UserWarning, match="Gone is not available in this process"):
        receive_formats([sent])
    assert "Gone" not in {each.name for each in known_formats()}
