"""Symbols of MUSCIMA++ where they are available, and of the pen elsewhere."""

from __future__ import annotations

import pickle
import threading
import warnings
from pathlib import Path

import numpy as np
import pytest

import smashcima.mashcima as mc
from smashcima.assets.bundles import AssetRepository, MuscimaPP
from smashcima.errors import SettingsError
from smashcima.mashcima import delete_files, symbol_repository
from smashcima.mashcima.symbols import KINDS
from tests.mashcima.small_muscima import DOCUMENTS, write_archive, write_folder


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SMASHCIMA_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path: Path, cache: Path) -> mc.Config:
    """A copy of the data set that is unpacked."""
    return mc.Config.manual_download_config(write_folder(tmp_path / "unpacked"))


def test_symbols_of_an_unpacked_copy_are_used(folder: mc.Config):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        repository = mc.SymbolRepository(config=folder)
        heads = repository.QUARTER_NOTES
        mc.synthesize_for_beauty("q0 q1", symbol_repository=repository, seed=1)
    assert len(heads) == 12
    assert [head.mask.shape for head in heads] == [(24, 30)] * 4 + [(24, 32)] * 4 + [(24, 34)] * 4
    assert {head.document for head in heads} == set(DOCUMENTS)
    assert heads[-1].writer == "W-02"
    assert heads[0].mask.dtype == np.float32
    assert heads[0].mask.min() == 1
    assert (heads[0].x, heads[0].y) == (0, -12)
    assert [head.label for head in heads[:2]] == ["smufl::noteheadBlack"] * 2


def test_documents_and_writers_are_chosen(folder: mc.Config):
    def count(**choice) -> int:
        return len(mc.SymbolRepository(config=folder, **choice).QUARTER_NOTES)

    assert count(documents=DOCUMENTS[:2]) == 8
    assert count(documents=DOCUMENTS[1:], take_writers=[1]) == 4
    assert count(take_writers=["W-02"]) == 4
    assert count(skip_writers=[2, 30]) == 8
    with pytest.raises(SettingsError, match="no page 'CVC-MUSCIMA_W-09"):
        count(documents=["CVC-MUSCIMA_W-09_N-10_D-ideal"])


def test_files_are_documents(folder: mc.Config, tmp_path: Path):
    assert folder.muscima_pp_path is not None
    files = sorted(folder.muscima_pp_path.rglob("cropobjects_withstaff/*.xml"))
    repository = mc.SymbolRepository(documents=files[:1])
    assert len(repository.QUARTER_NOTES) == 4
    image = mc.synthesize_with_truth("q0", symbol_repository=repository, seed=1)
    assert image.scene.styles["hand"] == "glyph store of 1 writer"
    with pytest.raises(SettingsError, match="either names of pages"):
        mc.SymbolRepository(documents=[files[0], DOCUMENTS[1]]).symbols("DOTS")


@pytest.mark.parametrize("options", [{"take_writers": [51]}, {"skip_writers": ["anna"]}])
def test_writers_have_numbers(options: dict):
    with pytest.raises(SettingsError, match="a number from 1 to 50"):
        mc.SymbolRepository(**options)


def test_some_writer_must_be_left():
    with pytest.raises(SettingsError, match="leave no writer"):
        mc.SymbolRepository(take_writers=[1, 2], skip_writers=[2, 1])


def test_a_copy_must_exist(tmp_path: Path):
    with pytest.raises(SettingsError, match=r"muscima_pp_path is .*missing.zip', which does not exist"):
        mc.Config.manual_download_config(tmp_path / "missing.zip", None)


def test_a_folder_must_contain_the_data_set(tmp_path: Path, cache: Path):
    (tmp_path / "empty").mkdir()
    repository = mc.SymbolRepository(config=mc.Config.manual_download_config(tmp_path / "empty"))
    with pytest.raises(SettingsError, match=r"neither annotations .* nor an archive .*MUSCIMA-pp_v1.0.zip"):
        repository.symbols("DOTS")
    write_archive(tmp_path / "empty" / "MUSCIMA-pp_v1.0.zip")
    assert len(repository.QUARTER_NOTES) == 12


def test_without_the_data_set_the_pen_writes_and_one_warning_says_so():
    with pytest.warns(UserWarning, match="The pen writes.*MuscimaPPGlyphs is not installed") as caught:
        mc.synthesize_for_beauty("q0", seed=1)
    assert [each.filename for each in caught] == [__file__]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        mc.use_only_writer_number_one()
        first = mc.synthesize_with_truth("q0", seed=1)
        second = mc.synthesize_with_truth("q0", seed=2)
        mc.use_default_setup()
        third = mc.synthesize_with_truth("q0", seed=2)
    assert first.scene.styles["writer"] == second.scene.styles["writer"]
    assert first.scene.styles["writer"].startswith("neat")
    assert third.scene.styles["writer"] != second.scene.styles["writer"]


@pytest.mark.parametrize("name", ["WHOLE_NOTES", "EIGHTH_NOTES", "LEDGER_LINES", "G_CLEFS", "time_c"])
def test_the_pen_writes_symbols_that_are_missing(pen: mc.SymbolRepository, name: str):
    symbols = pen.symbols(name)
    assert len(symbols) >= 8
    first = symbols[0]
    assert first.mask.size > 20
    assert set(np.unique(first.mask)) == {0, 1}
    assert len({each.mask.tobytes() for each in symbols}) > 4


def test_no_list_is_empty(pen: mc.SymbolRepository, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(symbol_repository, "_WRITTEN", 1)
    for name, kind in KINDS.items():
        symbols = pen.symbols(name)
        assert len(symbols) > 0, name
        assert {each.label for each in symbols} <= set(kind.labels)


def test_tall_barlines_are_taller(pen: mc.SymbolRepository):
    def height(name: str) -> float:
        return float(np.median([each.mask.shape[0] for each in pen.symbols(name)]))

    assert height("BAR_LINES") == pytest.approx(118, abs=25)
    assert height("TALL_BAR_LINES") == pytest.approx(236, abs=30)


def test_time_marks_are_named(pen: mc.SymbolRepository):
    marks = pen.TIME_MARKS
    assert sorted(marks) == [*(f"time_{digit}" for digit in range(10)), "time_c"]
    assert marks["time_4"][0].label == "smufl::timeSig4"
    with pytest.raises(SettingsError, match="no list 'NOTES'"):
        pen.symbols("NOTES")


def test_a_repository_can_be_sent_to_another_process(pen: mc.SymbolRepository):
    other = pickle.loads(pickle.dumps(pen))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        images = [mc.synthesize("q0 q1", symbol_repository=each, seed=3) for each in (pen, other)]
    assert np.array_equal(*images)


def test_threads_share_a_repository(pen: mc.SymbolRepository):
    made: dict[int, np.ndarray] = {}

    def draw(seed: int) -> None:
        made[seed] = mc.synthesize("q0 q1", symbol_repository=pen, seed=seed)

    threads = [threading.Thread(target=draw, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for seed, image in made.items():
        assert np.array_equal(image, mc.synthesize("q0 q1", symbol_repository=pen, seed=seed))


def test_files_of_this_package_are_deleted_and_no_others(
    tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", "400")
    assert delete_files.delete_files() == ["There are no files to delete."]
    archive, unpacked = write_archive(tmp_path / "muscima.zip"), write_folder(tmp_path / "unpacked")
    for path in (archive, unpacked):
        repository = mc.SymbolRepository(config=mc.Config.manual_download_config(path))
        assert len(repository.QUARTER_NOTES) == 12
    assert len(list((cache / "mashcima").glob("*.glyphs"))) == 1
    # The user installs one of the bundles again.
    assets = AssetRepository(local_sources=[archive])
    assets.resolve_bundle(MuscimaPP, force_install=True)
    delete_files.main()
    bundles = cache / "assets"
    assert capsys.readouterr().out == (
        f"Deleted {bundles / 'MuscimaPPGlyphs' / '1'}\n"
        f"Deleted {cache / 'mashcima'}\n"
        f"Kept {bundles / 'MuscimaPP' / '1'}, which was not installed by smashcima.mashcima. "
        "To delete it: smashcima assets remove MuscimaPP\n"
    )
    assert [each.name for each in assets.list()] == ["MuscimaPP"]
    assert archive.exists()
    assert len(list(unpacked.rglob("*.xml"))) == 4
