"""PrIMuS as a directory, as its archive, and as what people give by mistake."""

from __future__ import annotations

import gzip
import io
import tarfile
import tracemalloc
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from smashcima.datasets import PrimusCorpus, PrimusIncipit
from smashcima.errors import (
    MalformedSourceError,
    SettingsError,
    SmashcimaError,
    SourceError,
    SourceNotFoundError,
)

AGNOSTIC = "clef.G-L2\tnote.half-L3\tbarline-L1"
SEMANTIC = "clef-G2\tnote-B4_half\tbarline"
PAE = "@start:a\n@clef:G-2\n@keysig:\n@timesig:2/4\n@data:'2B/\n@end:a\n"
IDS = ("000000001-1_1_1", "000000001-1_1_2", "000000002-1_1_1")


@pytest.fixture(autouse=True)
def _no_corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SMASHCIMA_PRIMUS", "SMASHCIMA_ASSETS_FROM"):
        monkeypatch.delenv(name, raising=False)


def files_of(id: str) -> dict[str, str]:
    return {
        f"{id}.agnostic": AGNOSTIC,
        f"{id}.semantic": SEMANTIC,
        "verovio_pae.txt": PAE,
        f"{id}.png": "PNG",
    }


def members(ids: Iterable[str] = IDS) -> list[tuple[str, str]]:
    return [(f"./package_aa/{id}/{name}", text) for id in ids for name, text in files_of(id).items()]


def write_tar(path: Path, given: Iterable[tuple[str, str]], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as archive:
        folder = tarfile.TarInfo("./package_aa")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name, text in given:
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return path


def write_folder(root: Path, given: Iterable[tuple[str, str]]) -> Path:
    for name, text in given:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.fixture(params=["archive", "plain tar", "folder", "package"])
def corpus(request: pytest.FixtureRequest, tmp_path: Path) -> PrimusCorpus:
    if request.param == "archive":
        return PrimusCorpus(write_tar(tmp_path / "primus.tgz", members()))
    if request.param == "plain tar":
        return PrimusCorpus(write_tar(tmp_path / "primus.tar", members(), "w"))
    root = write_folder(tmp_path / "primus", members())
    return PrimusCorpus(root if request.param == "folder" else root / "package_aa")


def test_incipits_have_ids_paths_and_files(corpus: PrimusCorpus):
    incipits = list(corpus)
    assert [incipit.id for incipit in incipits] == list(IDS)
    first = incipits[0]
    assert (
        first.file_path("agnostic").removeprefix("./").removeprefix("package_aa/")
        == f"{IDS[0]}/{IDS[0]}.agnostic"
    )
    assert (first.agnostic, first.semantic, first.pae, first.png, first.mei) == (
        AGNOSTIC,
        SEMANTIC,
        PAE,
        b"PNG",
        None,
    )
    assert first.kinds == ("agnostic", "semantic", "pae", "png")
    assert corpus.issues == []


def test_scores_are_loaded_from_any_file(corpus: PrimusCorpus):
    incipit = next(iter(corpus))
    for kind in ("agnostic", "semantic", "pae"):
        assert [str(note.pitch) for note in incipit.score(kind).notes()] == ["B4"]
    with pytest.raises(SourceNotFoundError, match="has no mei file; it has agnostic, semantic, pae, png"):
        incipit.score()
    with pytest.raises(
        SettingsError, match="cannot be loaded from 'png'; choose from mei, pae, agnostic, semantic, midi"
    ):
        incipit.load("png")


def test_incipits_are_filtered(corpus: PrimusCorpus):
    assert [incipit.id for incipit in corpus.incipits(take=2)] == list(IDS[:2])
    assert list(corpus.incipits(take=0)) == []
    assert [incipit.id for incipit in corpus.incipits(ids=[IDS[2], "another"])] == [IDS[2]]
    assert [incipit.kinds for incipit in corpus.incipits(take=1, kinds=["agnostic"])] == [("agnostic",)]
    assert [incipit.kinds for incipit in corpus.incipits(take=1, kinds=["pae"], having=["png"])] == [
        ("pae", "png")
    ]
    with pytest.raises(MalformedSourceError, match="no incipit of PrIMuS with files of the kinds mei"):
        list(corpus.incipits(kinds=["mei"]))
    with pytest.raises(
        SettingsError, match="'musicxml' is not a kind of file of PrIMuS; choose from agnostic"
    ):
        corpus.incipits(having=["musicxml"])
    with pytest.raises(SettingsError, match="`take` is -1"):
        corpus.incipits(take=-1)


def test_paths_are_those_of_the_archive(tmp_path: Path):
    corpus = PrimusCorpus(write_tar(tmp_path / "primus.tgz", members()))
    assert next(iter(corpus)).file_path("agnostic") == f"./package_aa/{IDS[0]}/{IDS[0]}.agnostic"


def test_the_directory_of_one_incipit_is_a_corpus(tmp_path: Path):
    folder = write_folder(tmp_path, members()) / "package_aa" / IDS[1]
    (incipit,) = PrimusCorpus(folder)
    assert (incipit.id, incipit.path) == (IDS[1], IDS[1])


def test_files_need_not_be_adjacent(tmp_path: Path):
    shuffled = sorted(members(), key=lambda member: member[0].rpartition("/")[2])
    corpus = PrimusCorpus(write_tar(tmp_path / "primus.tgz", shuffled))
    assert {incipit.id: incipit.kinds for incipit in corpus} == dict.fromkeys(
        IDS, ("agnostic", "semantic", "pae", "png")
    )
    assert corpus.issues == []


def test_files_far_from_their_incipit_are_reported(tmp_path: Path):
    many = [f"{number:09}-1_1_1" for number in range(100)]
    late = (f"./package_aa/{many[0]}/{many[0]}.mei", "<mei/>")
    corpus = PrimusCorpus(write_tar(tmp_path / "primus.tgz", [*members(many), late]))
    assert len(list(corpus)) == 100
    (issue,) = corpus.issues
    assert (issue.where, issue.element) == (f"./package_aa/{many[0]}", f"{many[0]}.mei")


def test_an_archive_is_read_in_little_memory(tmp_path: Path):
    many = [f"{number:09}-1_1_1" for number in range(600)]
    big = [(f"./p/{id}/{id}.png", "x" * 20_000) for id in many]
    corpus = PrimusCorpus(write_tar(tmp_path / "primus.tgz", big))
    tracemalloc.start()
    assert sum(1 for _ in corpus) == 600
    assert tracemalloc.get_traced_memory()[1] < 5_000_000  # the content has 12 MB
    tracemalloc.stop()


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_truncated_archive_gives_what_it_has_and_an_error(tmp_path: Path, share: float):
    many = [f"{number:09}-1_1_1" for number in range(300)]
    path = write_tar(tmp_path / "primus.tgz", members(many))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    read: list[PrimusIncipit] = []
    with pytest.raises(MalformedSourceError, match=r"is damaged or truncated: .* Incipits read: \d+"):
        read.extend(PrimusCorpus(path))  # keeps what comes before the error
    assert 30 < len(read) < 300
    assert all(incipit.agnostic == AGNOSTIC and incipit.png == b"PNG" for incipit in read)


def test_a_plain_archive_that_ends_between_two_files_is_truncated(tmp_path: Path):
    path = write_tar(tmp_path / "primus.tar", members(), "w")
    path.write_bytes(path.read_bytes()[: 512 * (1 + 2 * 8)])
    with pytest.raises(MalformedSourceError, match="it ends without the mark of its end. Incipits read: 1"):
        list(PrimusCorpus(path))


def test_a_damaged_archive_is_an_error(tmp_path: Path):
    path = write_tar(tmp_path / "primus.tgz", members([f"{number:09}-1_1_1" for number in range(300)]))
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2 : len(damaged) // 2 + 50] = b"\0" * 50
    path.write_bytes(damaged)
    with pytest.raises(MalformedSourceError):
        list(PrimusCorpus(path))


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.agnostic", AGNOSTIC)


@pytest.mark.parametrize(
    "write",
    [
        lambda path: path.write_text("no archive"),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(gzip.compress(b"no archive")),
        lambda path: path.write_bytes(b"\x1f\x8b"),
        _zip,
    ],
    ids=["text", "empty", "gzipped text", "two bytes", "zip"],
)
def test_another_file_is_an_error_that_says_what_is_expected(tmp_path: Path, write):
    path = tmp_path / "primus.tgz"
    write(path)
    with pytest.raises(MalformedSourceError, match="is not an archive of PrIMuS|has no incipit of PrIMuS"):
        list(PrimusCorpus(path))


def test_another_archive_or_directory_has_no_incipits(tmp_path: Path):
    other = [("./lists/readme.txt", "text"), ("../../etc/passwd", "x"), ("/absolute/absolute.txt", "x")]
    for corpus in (write_tar(tmp_path / "a.tgz", other), write_folder(tmp_path / "b", other[:1])):
        with pytest.raises(MalformedSourceError, match="has no incipit"):
            list(PrimusCorpus(corpus))


def test_the_corpus_is_found_by_its_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(
        SourceNotFoundError, match=r"No copy of PrIMuS is known. Download primus.* from https://grfia"
    ):
        PrimusCorpus()
    path = write_tar(tmp_path / "primusCalvoRizoAppliedSciences2018.tgz", members())
    monkeypatch.setenv("SMASHCIMA_ASSETS_FROM", str(tmp_path))
    assert PrimusCorpus().path == path
    monkeypatch.setenv("SMASHCIMA_PRIMUS", str(write_folder(tmp_path / "unpacked", members())))
    assert PrimusCorpus().path == tmp_path / "unpacked"
    monkeypatch.setenv("SMASHCIMA_PRIMUS", str(tmp_path / "missing"))
    with pytest.raises(SettingsError, match="SMASHCIMA_PRIMUS names .*missing"):
        PrimusCorpus()
    with pytest.raises(SourceNotFoundError, match="does not exist. Download"):
        PrimusCorpus(tmp_path / "missing")


def test_errors_of_a_file_name_it(tmp_path: Path):
    broken = [(f"./p/{IDS[0]}/{IDS[0]}.mei", "<mei"), (f"./p/{IDS[0]}/{IDS[0]}.agnostic", "no tokens")]
    incipit = next(iter(PrimusCorpus(write_tar(tmp_path / "primus.tgz", broken))))
    for kind in ("mei", "agnostic"):
        with pytest.raises(SourceError, match=rf"^./p/{IDS[0]}/{IDS[0]}.{kind}: "):
            incipit.load(kind)
    with pytest.raises(SmashcimaError):
        incipit.text("nonsense")


def test_the_incipits_of_the_data(shared_data: Path):
    root = shared_data / "primus"
    if not root.is_dir():
        pytest.skip(f"the test data lacks {root}")
    incipits = list(PrimusCorpus(root))
    assert len(incipits) == 8
    counts = [
        (kind, sum(kind in incipit.kinds for incipit in incipits))
        for kind in ("agnostic", "mei", "pae", "png")
    ]
    assert counts == [("agnostic", 1), ("mei", 8), ("pae", 7), ("png", 8)]
    for incipit in incipits:
        notes = [str(note.pitch) for note in incipit.score().notes()]
        if "pae" in incipit.kinds:
            assert [str(note.pitch) for note in incipit.score("pae").notes()] == notes
        if "semantic" in incipit.kinds:
            assert [str(note.pitch) for note in incipit.score("semantic").notes()] == notes
