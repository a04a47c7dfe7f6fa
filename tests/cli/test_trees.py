"""Trees of `smashcima render` that trainers read as they are: folders, splits, classes, and crops with their music."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import pytest
import yaml
from click.testing import Result
from pycocotools.coco import COCO
from typer.testing import CliRunner

from smashcima.cli.arrangement import Arrangement
from smashcima.cli.main import app
from smashcima.cli.samples import Sample
from smashcima.cli.splits import Splits
from smashcima.errors import SettingsError

TUNE = "X:1\nT:Tune {0}\nM:4/4\nL:1/4\nK:C\n{0}DEF|GABc|\n"
FAST = ("--model", "engraved", "--dpi", "50", "--page", "120x60")


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path) -> Iterator[Path]:
    before = Path.cwd()
    os.chdir(tmp_path)
    for letter in "CDEFGA":
        Path(f"{letter}.abc").write_text(TUNE.format(letter), encoding="utf-8")
    yield tmp_path
    os.chdir(before)


def render(*arguments: str, scores: tuple[str, ...] = ("C.abc", "D.abc"), code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["render", *scores, "-o", "out", *FAST, *arguments])
    assert result.exit_code == code, result.output
    return result


def files(folder: str = "out") -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file())


def images_as_ultralytics_finds_them(data: Path, key: str) -> dict[str, str]:
    """Images and their label files by the rules of `ultralytics.data.utils` (8.3): `check_det_dataset`, `img2label_paths`."""
    content = yaml.safe_load(data.read_text(encoding="utf-8"))
    root = Path(content.get("path") or data.parent)
    assert root.is_absolute()  # otherwise the settings of the user decide where it is looked for
    folder = (root / content[key]).resolve()
    images = [path for path in sorted(folder.rglob("*")) if path.suffix in (".png", ".jpg")]
    before, after = f"{os.sep}images{os.sep}", f"{os.sep}labels{os.sep}"
    return {path.name: after.join(str(path).rsplit(before, 1)).rsplit(".", 1)[0] + ".txt" for path in images}


def test_yolo_is_a_tree_that_trainers_read_from_any_folder() -> None:
    render("-f", "png,yolo,masks", "--overlay", "boxes", "--classes", "detector")
    assert [name for name in files() if name.startswith(("images", "labels", "data"))] == [
        "data.yaml",
        "images/C-p1.png",
        "images/D-p1.png",
        "labels/C-p1.txt",
        "labels/D-p1.txt",
    ]
    assert "masks/semantic/C-p1.png" in files()
    assert "overlays/C-p1.png" in files()
    data = Path("out/data.yaml").resolve()
    os.chdir("/")
    for key in ("train", "val"):
        found = images_as_ultralytics_finds_them(data, key)
        assert list(found) == ["C-p1.png", "D-p1.png"]
        assert all(Path(label).is_file() for label in found.values())


def test_supervision_reads_the_yolo_tree() -> None:
    supervision = pytest.importorskip("supervision")
    render("-f", "yolo", "--classes", "detector")
    read = supervision.DetectionDataset.from_yolo("out/images", "out/labels", "out/data.yaml")
    assert len(read) == 2
    for _, _, found in read:
        names = [read.classes[number] for number in found.class_id]
        assert names.count("noteheadBlack") == 8
        assert names.count("gClef") == 1
        assert not {"staff", "page", "system", "staffMeasure", "measureSeparator"} & set(names)


def test_one_coco_document_describes_all_pages() -> None:
    render("-f", "png,coco", "--tree", "--keep", "noteheadBlack,stem")
    coco = COCO("out/annotations.json")
    assert [each["name"] for each in coco.cats.values()] == ["noteheadBlack", "stem"]
    names = [each["file_name"] for each in coco.imgs.values()]
    assert names == ["C-p1.png", "D-p1.png"]
    for number, image in coco.imgs.items():
        pixels = cv2.imread(f"out/images/{image['file_name']}")
        assert pixels.shape[:2] == (image["height"], image["width"])
        assert len(coco.getAnnIds(number)) == 16
    assert len(set(coco.anns)) == 32


def test_torchvision_reads_the_coco_tree() -> None:
    datasets = pytest.importorskip("torchvision.datasets")
    render("-f", "png,coco", "--tree", "--split", "train=1")
    found = datasets.CocoDetection("out/images/train", "out/annotations/train.json")
    assert len(found) == 2
    image, annotations = found[0]
    assert image.size[0] > 100
    assert annotations


ALL = tuple(f"{letter}.abc" for letter in "CDEFGA")


def test_splits_follow_from_the_content_of_scores() -> None:
    render("-f", "yolo,coco,mung", "--split", "train=0.5,validation=0.5", scores=ALL)
    train = {path.stem for path in Path("out/images/train").iterdir()}
    validation = {path.stem for path in Path("out/images/validation").iterdir()}
    assert train | validation == {f"{letter}-p1" for letter in "CDEFGA"}
    assert not train & validation
    assert train
    assert validation
    for part, stems in (("train", train), ("validation", validation)):
        assert {path.stem for path in Path(f"out/labels/{part}").iterdir()} == stems
        assert {path.stem for path in Path(f"out/mung/{part}").iterdir()} == stems
        names = [each["file_name"] for each in COCO(f"out/annotations/{part}.json").imgs.values()]
        assert names == [f"{stem}.png" for stem in sorted(stems)]
    data = yaml.safe_load(Path("out/data.yaml").read_text(encoding="utf-8"))
    assert (data["train"], data["val"]) == ("images/train", "images/validation")
    assert "path" not in data

    # Alone, and under another name, a score is in the same part.
    Path("other.abc").write_bytes(Path("C.abc").read_bytes())
    splits = Splits.of_option("train=0.5,validation=0.5")
    assert splits.of(Path("other.abc")) == ("train" if "C-p1" in train else "validation")


def test_an_interrupted_tree_is_continued() -> None:
    render("-f", "yolo,coco", "--split", "train=0.5,validation=0.5", scores=ALL)
    whole = {name: Path("out", name).read_bytes() for name in files()}
    for name in files():
        if name.startswith(("images", "labels")) and "E-p1" in name:
            Path("out", name).unlink()
    Path("out/annotations/train.json").unlink(missing_ok=True)
    render("-f", "yolo,coco", "--split", "train=0.5,validation=0.5", "--skip-existing", scores=ALL)
    assert {name: Path("out", name).read_bytes() for name in files()} == whole


def test_files_of_the_whole_tree_are_protected() -> None:
    render("-f", "png,coco", "--tree")
    refused = render("-f", "png,coco", "--tree", scores=("E.abc",), code=2)
    assert "annotations.json exists" in " ".join(refused.output.split())
    render("-f", "png,coco", "--tree", "--skip-existing", scores=("E.abc",))
    assert len(COCO("out/annotations.json").imgs) == 3


def test_several_processes_write_the_same_tree() -> None:
    options = ("-f", "yolo,coco", "--classes", "detector", "--split", "train=0.5,validation=0.5")
    render(*options, scores=ALL)
    Path("out").rename("one")
    render(*options, "--jobs", "2", scores=ALL)
    assert files("one") == files()
    for name in files():
        assert Path("one", name).read_bytes() == Path("out", name).read_bytes()


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("x-p1.png", "images/x-p1.png"),
        ("x-p1-s2-p3.png", "images/x-p1-s2-p3.png"),  # a score named `x-p1-s2`
        ("x-p1.semantic.json", "masks/semantic/x-p1.json"),
        ("x-p1-s2.png", "systems/x-p1-s2.png"),
        ("x-p1-s2.lmx", "systems/x-p1-s2.lmx"),
        ("x-p1-s2-st1.jpg", "staves/x-p1-s2-st1.jpg"),
        ("x-p1-outlines.jpg", "overlays/x-p1.jpg"),
        ("x-p1.voc.xml", "voc/x-p1.xml"),
        ("x-p1.xml", "pagexml/x-p1.xml"),
        ("x-p1.deepscores_seg.png", "deepscores/x-p1.deepscores_seg.png"),
        ("x.record.json", "record/x.record.json"),
        ("x.musicxml", "musicxml/x.musicxml"),
        ("x-part2.lmx", "lmx/x-part2.lmx"),
    ],
)
def test_each_kind_of_file_has_a_folder(name: str, place: str) -> None:
    sample = Sample(Path("C.abc"), "x", 0)
    assert Arrangement(is_tree=True).place(name, sample) == place
    assert Arrangement().place(name, sample) == name


# -- classes ----------------------------------------------------------------------------------------------------


def categories(*arguments: str) -> list[str]:
    render("-f", "coco", "--overwrite", *arguments, scores=("C.abc",))
    return [each["name"] for each in json.loads(Path("out/C-p1.coco.json").read_text("utf-8"))["categories"]]


def test_classes_are_those_of_a_preset_a_vocabulary_or_a_file() -> None:
    assert "stem" in categories("--classes", "detector")
    assert "noteheadFull" in categories("--classes", "muscima")
    assert "noteheadBlackOnLine" in categories("--classes", "deepscores")
    Path("mine.yaml").write_text("stick: stem\nhead: [noteheadHalf, noteheadBlack]\n", encoding="utf-8")
    assert categories("--classes", "mine.yaml") == ["stick", "head"]
    Path("mine.json").write_text('{"vocabulary": "muscimapp2", "keep": ["stem"]}', encoding="utf-8")
    assert categories("--classes", "mine.json") == ["stem"]
    assert categories("--keep", "stem,gClef", "--merge", "stick=stem") == ["gClef", "stick"]
    assert "beam" not in categories("--classes", "detector", "--drop", "beam")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--keep", "stem", "--merge", "head=stem+noteheadBlack"), "they would be lost"),
        (("--merge", "head"), "head=noteheadBlack+noteheadHalf"),
        (("--classes", "detectors"), "There is no vocabulary 'detectors'"),
        (("--classes", "none.yaml"), "cannot be read"),
        (("--classes", "muscima", "--keep", "steem"), "'steem'"),
        (("--split", "train=0.8"), "add up to 0.8"),
        (("--split", "train=0.8,../x=0.2"), "names with shares"),
        (("--crop-music", "lmx"), "add -f systems or -f staves"),
        (("-f", "staves", "--crop-music", "midi"), "choose from musicxml"),
    ],
)
def test_wrong_options_are_refused_before_the_work(options: tuple[str, ...], said: str) -> None:
    result = render(*options, code=2)
    assert said in " ".join(result.output.split())
    assert not Path("out").exists()


# -- crops ------------------------------------------------------------------------------------------------------


def rows(path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def test_crops_have_their_music_beside_them() -> None:
    render("-f", "systems,staves", "--crop-music", "krn,musicxml,semantic", scores=("C.abc",))
    names = files()
    for stem in ("C-p1-s1", "C-p1-s1-st1"):
        assert {f"{stem}.png", f"{stem}.krn", f"{stem}.musicxml", f"{stem}.semantic"} <= set(names)
    (row,) = rows("out/C.staves.jsonl")
    assert (row["id"], row["image"], row["page"], row["system"], row["staff"]) == (
        "p1-s1-st1", "C-p1-s1-st1.png", 1, 1, 1
    )  # fmt: skip
    assert row["semantic"].split("\t")[0] == "clef-G2"
    assert "\n**kern\n" in row["krn"]
    assert "musicxml" not in row
    assert row["files"]["musicxml"] == "C-p1-s1-st1.musicxml"


def test_a_tree_has_one_list_of_all_crops() -> None:
    render("-f", "staves", "--crop-music", "krn", "--split", "train=0.5,test=0.5", scores=ALL)
    found = rows("out/staves.jsonl")
    assert len(found) == 6
    for row in found:
        assert row["split"] in ("train", "test")
        assert Path("out", row["image"]).is_file()
        assert Path("out", row["files"]["krn"]).read_text(encoding="utf-8").strip() == row["krn"]
        assert f"/{row['split']}/" in row["image"]


def test_music_that_a_format_cannot_express_is_an_issue() -> None:
    Path("chord.abc").write_text("X:1\nM:4/4\nL:1/4\nK:C\n[CE]DEF|\n", encoding="utf-8")
    result = render("-f", "staves", "--crop-music", "semantic,krn", scores=("chord.abc",))
    assert "PrIMuS has no chords" in " ".join(result.output.split())
    (row,) = rows("out/chord.staves.jsonl")
    assert list(row["files"]) == ["krn"]


# -- notes ------------------------------------------------------------------------------------------------------


def test_svg_of_degraded_pages_says_that_it_shows_the_clean_page() -> None:
    said = "SVG files show the clean pages"
    assert said in " ".join(render("-f", "svg", "--preset", "scan", "--overwrite").output.split())
    assert said not in render("-f", "svg", "--overwrite").output
    assert said not in render("-f", "png", "--preset", "scan", "--overwrite").output


def test_a_split_that_is_malformed_is_an_error() -> None:
    with pytest.raises(SettingsError, match="names with shares"):
        Splits.of_option("train")
