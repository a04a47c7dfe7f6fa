"""Formats of `smashcima render`: several at once, each read by somebody else's eyes."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from lxml import etree
from typer.testing import CliRunner

from smashcima.cli.formats import FORMATS, Format, chosen_formats
from smashcima.cli.main import app
from smashcima.cli.output import Output
from smashcima.errors import ExportError, SettingsError
from smashcima.exporting.overlay import read_labels, read_picture
from smashcima.randomness import index_of_content

run = CliRunner()

NOTE = (
    "<note><pitch><step>{}</step><octave>4</octave></pitch><duration>1</duration><type>quarter</type></note>"
)
MELODY = f"""<?xml version="1.0"?><score-partwise version="4.0">
<part-list><score-part id="P1"><part-name>Voice</part-name></score-part></part-list><part id="P1"><measure number="1">
<attributes><divisions>1</divisions><key><fifths>0</fifths></key><time><beats>4</beats><beat-type>4</beat-type></time>
<clef><sign>G</sign><line>2</line></clef></attributes>{"".join(map(NOTE.format, "GABC"))}</measure></part>
</score-partwise>"""


def render(folder: Path, *options: str, model: str = "engraved") -> Path:
    source = folder / "tune.musicxml"
    source.write_text(MELODY, encoding="utf-8")
    arguments = ["render", str(source), "-o", str(folder / "out"), "--dpi", "60", "--model", model]
    result = run.invoke(app, [*arguments, *options])
    assert result.exit_code == 0, result.output
    return folder / "out"


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return render(
        tmp_path_factory.mktemp("formats"), "-f", ",".join(name for name in FORMATS if name != "yolo")
    )


def test_every_format_writes_its_files(everything: Path) -> None:
    assert sorted(path.name for path in everything.iterdir()) == [
        "tune-p1-s1-st1.agnostic",
        "tune-p1-s1-st1.mashcima",
        "tune-p1-s1-st1.png",
        "tune-p1-s1-st1.semantic",
        "tune-p1-s1.png",
        "tune-p1.alignment.json",
        "tune-p1.coco.json",
        "tune-p1.deepscores.json",
        "tune-p1.deepscores_seg.png",
        "tune-p1.instance.json",
        "tune-p1.instance.png",
        "tune-p1.jpg",
        "tune-p1.labelstudio.json",
        "tune-p1.mung",
        "tune-p1.png",
        "tune-p1.semantic.json",
        "tune-p1.semantic.png",
        "tune-p1.staff_lines.png",
        "tune-p1.svg",
        "tune-p1.voc.xml",
        "tune-p1.xml",
        "tune.bekern",
        "tune.ekern",
        "tune.html",
        "tune.krn",
        "tune.lmx",
        "tune.mei",
        "tune.mid",
        "tune.mro",
        "tune.musicxml",
        "tune.record.json",
        "tune.scene",
        "tune.timemap.json",
    ]


def test_the_record_tells_how_a_sample_was_made_and_under_which_terms(everything: Path) -> None:
    record = json.loads((everything / "tune.record.json").read_text("utf-8"))
    assert record["versions"]["smashcima"]
    assert record["index"] == index_of_content((everything.parent / "tune.musicxml").read_bytes())
    assert json.loads((everything / "tune-p1.alignment.json").read_text("utf-8"))["record"] == record
    told = run.invoke(app, ["assets", "licenses", str(everything / "tune.record.json")])
    assert told.exit_code == 0, told.output


@pytest.mark.parametrize("name", ["mung", "coco.json", "deepscores.json", "xml", "alignment.json"])
def test_labels_fit_the_picture_beside_them(everything: Path, name: str) -> None:
    height, width = read_picture(everything / "tune-p1.png").shape[:2]
    found = read_labels(everything / f"tune-p1.{name}", width, height, "tune-p1.png")
    staff = "MusicRegion staff" if name == "xml" else "staff"
    boxes = [found.marks.boxes[i].tolist() for i, each in enumerate(found.marks.names) if each == staff]
    assert len(boxes) == 1
    left, top, right, bottom = boxes[0]
    assert 60 < right - left < 140
    assert right < width
    assert 10 < bottom - top < 30  # four spaces of 1.75 mm at 60 dpi are 16.5 px


def test_files_name_the_picture_beside_them(everything: Path) -> None:
    coco = json.loads((everything / "tune-p1.coco.json").read_text("utf-8"))
    assert coco["images"][0]["file_name"] == "tune-p1.png"
    mei = etree.parse(str(everything / "tune.mei"))
    (graphic,) = mei.findall(".//{*}graphic")
    assert graphic.get("target") == "tune-p1.png"
    notes = mei.findall(".//{*}note")
    assert len(notes) == 4
    assert all(note.get("facs") for note in notes)


def test_pictures_and_texts_of_staves_belong_together(everything: Path) -> None:
    tokens = (everything / "tune-p1-s1-st1.semantic").read_text("utf-8").split("\t")
    assert tokens[0] == "clef-G2"
    assert [token for token in tokens if token.startswith("note")] == [
        "note-G4_quarter",
        "note-A4_quarter",
        "note-B4_quarter",
        "note-C4_quarter",
    ]
    staff = read_picture(everything / "tune-p1-s1-st1.png")
    assert staff.shape[0] < 100
    assert (staff[:, :, 0] < 128).sum() > 150


def test_tables_of_masks_name_their_numbers(everything: Path) -> None:
    mask = cv2.imread(str(everything / "tune-p1.semantic.png"), cv2.IMREAD_UNCHANGED)
    table = json.loads((everything / "tune-p1.semantic.json").read_text("utf-8"))
    names = {table[str(number)] for number in np.unique(mask) if number}
    assert {"noteheadBlack", "staffLine", "gClef"} <= names


def test_formats_are_divided_by_commas_or_given_one_by_one(tmp_path: Path) -> None:
    assert chosen_formats(["png, mung", "COCO", "png"]) == ["png", "mung", "coco"]
    assert chosen_formats(None) == ["png"]
    with pytest.raises(SettingsError, match="Unknown format 'gif'; choose from png, jpg, svg"):
        chosen_formats(["png,gif"])
    out = render(tmp_path, "-f", "jpg,coco", "-f", "mei")
    assert sorted(path.name for path in out.iterdir()) == ["tune-p1.coco.json", "tune-p1.jpg", "tune.mei"]
    assert "tune-p1.jpg" in (out / "tune-p1.coco.json").read_text("utf-8")
    assert 'target="tune-p1.jpg"' in (out / "tune.mei").read_text("utf-8")


def test_without_pictures_mei_has_no_zones(tmp_path: Path) -> None:
    out = render(tmp_path, "-f", "mei")
    assert "facsimile" not in (out / "tune.mei").read_text("utf-8")


def test_an_overlay_is_written_beside_the_picture(tmp_path: Path) -> None:
    out = render(tmp_path, "--overlay", "boxes")
    assert sorted(path.name for path in out.iterdir()) == ["tune-p1-boxes.png", "tune-p1.png"]
    plain, drawn = (read_picture(out / name) for name in ("tune-p1.png", "tune-p1-boxes.png"))
    assert plain.shape == drawn.shape
    assert 0.001 < (plain != drawn).any(axis=2).mean() < 0.3


def test_a_preset_changes_pages_and_their_truth(tmp_path: Path) -> None:
    out = {}
    for name in ("clean", "photo"):
        (tmp_path / name).mkdir()
        out[name] = render(tmp_path / name, "--preset", name, "-f", "png,coco")
    clean, photo = (read_picture(out[name] / "tune-p1.png") for name in out)
    assert clean[2, 2].tolist() == [255, 255, 255, 255]
    assert photo[2, 2, :3].min() < 250
    places = []
    for folder in out.values():
        coco = json.loads((folder / "tune-p1.coco.json").read_text("utf-8"))
        ids = {category["id"]: category["name"] for category in coco["categories"]}
        places.append([a["bbox"] for a in coco["annotations"] if ids[a["category_id"]] == "gClef"])
    assert len(places[0]) == len(places[1]) == 1
    assert places[0] != places[1]
    # The clef is where the truth says it is.
    left, top, width, height = places[1][0]
    around = photo[top : top + height, left : left + width, :3].min(axis=2)
    assert around.min() < 0.6 * np.median(around)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--preset", "sparkling"], "no preset 'sparkling'"),
        (["--overlay", "sparkles"], "no overlay 'sparkles'"),
        (["-f", "png,gif"], "Unknown format 'gif'"),
    ],
)
def test_what_there_is_not_is_exit_code_2(tmp_path: Path, options: list[str], message: str) -> None:
    source = tmp_path / "tune.musicxml"
    source.write_text(MELODY, encoding="utf-8")
    result = run.invoke(app, ["render", str(source), "-o", str(tmp_path / "out"), *options])
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())
    assert not (tmp_path / "out").exists()


def test_a_format_that_fails_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(output: Output) -> None:
        raise ExportError("the disk is on fire")

    monkeypatch.setitem(FORMATS, "krn", Format("fails", write_score=fail))
    source = tmp_path / "tune.musicxml"
    source.write_text(MELODY, encoding="utf-8")
    arguments = ["render", str(source), "-o", str(tmp_path / "out"), "--dpi", "40", "--model", "engraved"]
    result = run.invoke(app, [*arguments, "-f", "krn,png,musicxml"])
    assert result.exit_code == 1
    assert "krn: the disk is on fire" in " ".join(result.output.split())
    assert (tmp_path / "out" / "tune-p1.png").exists()
    assert (tmp_path / "out" / "tune.musicxml").exists()


def test_staves_of_chords_are_issues_of_primus_and_no_errors(tmp_path: Path) -> None:
    source = tmp_path / "chords.musicxml"
    source.write_text(
        MELODY.replace("<note><pitch><step>A", "<note><chord/><pitch><step>A"), encoding="utf-8"
    )
    arguments = ["render", str(source), "-o", str(tmp_path / "out"), "--dpi", "40", "--model", "engraved"]
    result = run.invoke(app, [*arguments, "-f", "semantic"])
    assert result.exit_code == 0, result.output
    assert "PrIMuS has no chords" in " ".join(result.output.split())
    assert list((tmp_path / "out").iterdir()) == []
