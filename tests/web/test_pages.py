"""The pages that the playground draws, and what it says of them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from lxml import etree

import smashcima as sc
from smashcima.web.options import PageOptions
from smashcima.web.scores import EXAMPLES, STAFF_EXAMPLES

TWO_TUNES = b"X:1\nT:One\nK:G\nGABc|\n\nX:2\nT:Two\nK:C\nc2e2|\n"


def pixels(data: bytes) -> Any:
    return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)


def run(code: str) -> None:
    exec(compile(code, "page.py", "exec"), {})  # noqa: S102 - whether it runs is the question


@pytest.fixture
def in_folder(tmp_path: Path) -> Any:
    before = Path.cwd()
    os.chdir(tmp_path)
    yield tmp_path
    os.chdir(before)


CASES: dict[str, dict[str, Any]] = {
    "plain": {"paper": "solid", "degradation": "clean"},
    "second page of a weak photo": {"page": 1, "degradation": "photo", "strength": 0.5, "seed": 4},
    "printed": {"hand": "printed", "font": "Leland", "source": "chords"},
    "writer": {"writer": "hasty", "placement": 1.5, "paper": "aged", "source": "speed-the-plough"},
    "writer by seed": {"writer": "17", "placement": 0, "source": "old-hundredth"},
    "staff": {"kind": "staff", "source": "clef.G-2 'q0 h2 | qr", "seed": 9},
    "printed staff": {"kind": "staff", "source": "clef.F2 q0 ( ) h2 |", "hand": "printed", "strength": 2},
}


@pytest.mark.parametrize("name", CASES)
def test_code_and_recipe_make_this_very_page(client: Any, in_folder: Path, name: str) -> None:
    page = client.draw(**CASES[name]).json()
    wanted = pixels(client.get(f"/api/pages/{page['id']}/png").content)
    assert wanted.shape[:2] == (page["height"], page["width"])
    score = client.get(f"/api/pages/{page['id']}/score")
    Path(page["scoreName"]).write_bytes(score.content)

    run(page["code"])
    assert (pixels(Path("page.png").read_bytes()) == wanted).all()
    assert Path("page.mung").read_bytes().startswith(b"<?xml")

    Path("recipe.yaml").write_text(page["recipe"], encoding="utf-8")
    model = sc.Recipe.load("recipe.yaml").build()
    if page["scoreName"] == "staff.mashcima":
        scene = model(CASES[name]["source"], index=0)
    else:
        scene = model(page["scoreName"], index=0, pages=[page["page"]])
    assert (scene.render(scene.pages[0])[..., :3] == wanted[..., :3]).all()


def test_a_tune_of_an_uploaded_book_is_drawn_by_its_code(client: Any, in_folder: Path) -> None:
    book = client.upload("two tunes.abc", TWO_TUNES).json()
    assert book["scores"] == ["1 One", "2 Two"]
    page = client.draw(kind="file", source=book["id"], number=2).json()
    assert page["name"] == "two tunes-2-p1"
    Path("two tunes.abc").write_bytes(TWO_TUNES)
    run(page["code"])
    assert (
        pixels(Path("page.png").read_bytes()) == pixels(client.get(f"/api/pages/{page['id']}/png").content)
    ).all()
    assert any(each["details"].get("text transcription") == "Two" for each in page["objects"])


def test_the_truth_tells_pitch_and_relations(client: Any) -> None:
    page = client.draw(kind="staff", source="clef.G-2 q0 ( ) h2 |", degradation="clean").json()
    by_id = {each["id"]: each for each in page["objects"]}
    black = next(each for each in page["objects"] if each["label"] == "noteheadBlack")
    assert black["layer"] == "symbols"
    assert (black["details"]["pitch step"], black["details"]["pitch octave"]) == ("B", "4")
    linked = {(by_id[to]["label"], kind) for start, to, kind in page["links"] if start == black["id"]}
    assert {("stem", "part"), ("slur", "part"), ("noteheadHalf", "next"), ("staff", "on")} <= linked
    assert sorted(page["order"]) == sorted(by_id)
    counts = {each["label"]: each["count"] for each in page["classes"]}
    assert counts["staffLine"] == 5
    assert by_id[page["order"][0]]["path"].startswith("M")


def test_outlines_lie_on_the_ink_of_the_degraded_picture(client: Any) -> None:
    page = client.draw(
        kind="staff", source="clef.G-2 w0 |", degradation="photo", paper="solid", dpi=150
    ).json()
    picture = pixels(client.get(f"/api/pages/{page['id']}/png").content)
    clef = next(each for each in page["objects"] if each["label"] == "gClef")
    rings = [
        np.array([point.split(",") for point in part.rstrip("Z").split()], np.float64)
        for part in clef["path"].split("M")[1:]
    ]
    mask = np.zeros(picture.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.rint(ring).astype(np.int32) for ring in rings], 255)
    around = cv2.dilate(mask, np.ones((9, 9), np.uint8)) - cv2.dilate(mask, np.ones((5, 5), np.uint8))
    gray = picture[..., :3].mean(axis=2)
    assert gray[mask > 0].mean() < gray[around > 0].mean() - 15


def test_downloads_are_what_their_names_say(client: Any) -> None:
    page = client.draw(source="chords").json()
    files = {}
    for kind in ("png", "svg", "mung", "coco", "yolo", "recipe", "code", "record", "score"):
        answer = client.get(f"/api/pages/{page['id']}/{kind}")
        assert answer.status_code == 200
        files[kind] = answer
        assert answer.headers["content-disposition"].startswith("attachment")
    assert 'filename="chords-p1.coco.json"' in files["coco"].headers["content-disposition"]
    assert files["svg"].headers["content-type"] == "image/svg+xml"
    assert etree.fromstring(files["svg"].content).tag == "{http://www.w3.org/2000/svg}svg"
    assert etree.fromstring(files["mung"].content).tag == "Nodes"
    coco = json.loads(files["coco"].content)
    assert coco["images"][0]["file_name"] == "chords-p1.png"
    assert (coco["images"][0]["width"], coco["images"][0]["height"]) == (page["width"], page["height"])
    assert json.loads(files["record"].content)["recipe"]["model"] == "BaseHandwrittenModel"
    assert b"<mei" in files["score"].content


def test_every_choice_of_the_menus_can_be_drawn(client: Any) -> None:
    menu = client.get("/api/menu").json()
    tools = ("pen", "quill", "copyist", "engrosser", "steel-nib", "pencil", "ballpoint", "felt-tip")
    assert menu["hands"] == {**dict.fromkeys(tools, True), "muscima": False, "printed": True}
    assert menu["defaults"] == {
        name: getattr(PageOptions(), name) for name in PageOptions.__dataclass_fields__
    }
    wanted = (
        [{"paper": paper} for paper in menu["papers"]]
        + [{"degradation": degradation} for degradation in menu["degradations"]]
        + [{"writer": writer} for writer in menu["writers"]["pen"]]
        + [{"hand": hand} for hand, is_there in menu["hands"].items() if is_there]
        + [{"font": font, "hand": "printed"} for font in menu["fonts"]]
    )
    answers = client.draw_all([{"kind": "staff", "source": "q0 |", **each} for each in wanted])
    assert [answer.status_code for answer in answers] == [200] * len(wanted)


@pytest.mark.parametrize("name", [each.name for each in EXAMPLES])
def test_examples_are_drawn_without_issues(client: Any, name: str) -> None:
    page = client.draw(source=name).json()
    assert page["issueCount"] == 0
    assert len(page["objects"]) > 100


@pytest.mark.parametrize("text", [text for _, text in STAFF_EXAMPLES])
def test_lines_of_the_menu_are_drawn_without_issues(client: Any, text: str) -> None:
    assert client.draw(kind="staff", source=text).json()["issues"] == []


def test_the_first_example_is_that_of_the_repository(client: Any, example_score: Path) -> None:
    page = client.draw().json()
    assert client.get(f"/api/pages/{page['id']}/score").content == example_score.read_bytes()
    assert page["pageCount"] == 2


def test_what_a_line_lacks_is_listed(client: Any) -> None:
    page = client.draw(kind="staff", source="clef.G-2 nonsense q0").json()
    assert any("nonsense" in issue for issue in page["issues"])


def test_a_page_beyond_the_last_is_the_last(client: Any) -> None:
    page = client.draw(page=40).json()
    assert (page["page"], page["pageCount"]) == (1, 2)
    assert "pages=[1]" in page["code"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"paper": "papyrus"}, "parchment"),
        ({"degradation": "fax"}, "photocopy"),
        ({"writer": "nobody"}, "hasty"),
        ({"font": "Arial"}, "Bravura"),
        ({"source": "../../etc/passwd"}, "abendlied"),
        ({"kind": "file", "source": "0" * 32}, "open the file again"),
        ({"kind": "folder"}, "example, file, staff"),
        ({"hand": "muscima"}, "smashcima assets install"),
        ({"number": 3}, "has 1 scores"),
        ({"dpi": 4800}, "from 50 to 300"),
        ({"dpi": True}, "from 50 to 300"),
        ({"seed": -1}, "from 0 to"),
        ({"placement": 9}, "between 0 and 3"),
        ({"placement": "much"}, "a number"),
        ({"kind": "staff", "source": "q0 " * 2000}, "at most 2000 characters"),
        ({"colour": "red"}, "no option 'colour'"),
    ],
)
def test_a_wrong_option_is_named(client: Any, options: dict[str, Any], said: str) -> None:
    answer = client.draw(**options)
    assert answer.status_code == 422
    assert said in answer.json()["error"]


def test_fifty_requests_at_once_are_all_answered(client: Any) -> None:
    many = [{"kind": "staff", "source": "q0 h2 |", "seed": number % 10} for number in range(50)]
    answers = client.draw_all(many)
    assert [answer.status_code for answer in answers] == [200] * 50
    assert len({answer.json()["id"] for answer in answers}) == 10
    for number in range(10):
        assert len({answer.content for answer in answers[number::10]}) == 1
