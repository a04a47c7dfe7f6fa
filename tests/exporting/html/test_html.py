"""Pages of HTML: what is in them, and what they do in a browser."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from lxml import html

import smashcima as sc
from smashcima.errors import ExportError
from smashcima.exporting.annotation import PageAnnotation, annotate
from smashcima.exporting.html import HtmlExporter
from smashcima.exporting.html.shapes import color_of, path_of
from smashcima.imaging import ImageLayer

EXAMPLE = Path(__file__).parents[3] / "assets" / "example" / "example.musicxml"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync --window-size=1200,900""".split()


@pytest.fixture(scope="module")
def annotations() -> list[PageAnnotation]:
    scene = sc.EngravedModel(seed=0, dpi=100)(EXAMPLE)
    return [annotate(scene.compose_page(page)) for page in scene.pages]


@pytest.fixture(scope="module")
def text(annotations: list[PageAnnotation]) -> str:
    return HtmlExporter(title="Songs & <more>").export_string(annotations)


VISIT = """
const steps = {};
const of = (id) => document.querySelector(`[data-id="${id}"]`);
const act = (element, type) => element.dispatchEvent(new MouseEvent(type, { bubbles: true }));
function note(step) {
  const ids = (name) => [...document.querySelectorAll("path." + name)].map((path) => path.dataset.id);
  steps[step] = {
    hot: ids("hot"), linked: ids("linked"), off: ids("off"), found: ids("found"), hash: location.hash,
    told: [...document.querySelectorAll("#told dt")].map((key) => [key.textContent, key.nextSibling.textContent]),
    count: document.getElementById("found").textContent,
    seen: [...document.querySelectorAll("path.hot")].map((path) => path.getBoundingClientRect().top),
  };
}
note("opened");
act(document.querySelector("img"), "mouseover");
note("held");
act(of("OTHER"), "click");
note("clicked");
act(document.querySelector("img"), "click");
act(of("HEAD"), "mouseover");
note("hovered");
act(document.querySelector("img"), "mouseover");
note("left");
document.querySelector('#legend input[value="stem"]').click();
search.value = "noteheadBlack m.2";
search.dispatchEvent(new Event("input"));
note("switched");
document.getElementById("all").click();
search.value = "";
search.dispatchEvent(new Event("input"));
note("all");
const report = document.createElement("pre");
report.id = "report";
report.textContent = JSON.stringify(steps);
document.body.append(report);
"""


@pytest.fixture(scope="module")
def visit(
    text: str, annotations: list[PageAnnotation], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Any]]:
    """What is seen on the page in a real browser, step by step, when somebody works with it."""
    if BROWSER is None:
        pytest.skip("there is no chromium here to open pages of HTML with")
    head, _ = notehead_with_accidental(annotations[0])
    script = VISIT.replace("HEAD", head).replace("OTHER", clef(annotations))
    folder = tmp_path_factory.mktemp("browser")
    page = folder / "page.html"
    page.write_text(text.replace("</body>", f"<script>{{{script}}}</script></body>"), encoding="utf-8")
    profile = f"--user-data-dir={folder / 'profile'}"
    done = subprocess.run(
        [BROWSER, *FLAGS, profile, "--dump-dom", f"{page.as_uri()}#{head}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    steps: dict[str, dict[str, Any]] = json.loads(
        html.fromstring(done.stdout).findtext(".//pre[@id='report']")
    )
    return steps


def clef(annotations: list[PageAnnotation]) -> str:
    """The id of a clef on the second page."""
    return next(node.id for node in annotations[1].nodes if node.sign.label == "gClef")


def notehead_with_accidental(annotation: PageAnnotation) -> tuple[str, set[str]]:
    """The id of a notehead, and of all that belongs to it."""
    targets = annotation.targets(annotation.syntax)
    for index, node in enumerate(annotation.nodes):
        labels = {annotation.nodes[other].sign.label for other in targets[index]}
        if node.sign.label == "noteheadBlack" and "stem" in labels and "accidentalSharp" in labels:
            return node.id, {annotation.nodes[other].id for other in targets[index]}
    raise AssertionError


def test_a_page_has_an_outline_for_each_object(text: str, annotations: list[PageAnnotation]) -> None:
    page = html.fromstring(text)
    drawn = [path.get("data-id") for path in page.iter("path")]
    expected = [node.id for annotation in annotations for node, region in annotation if region.rings]
    assert sorted(drawn) == sorted(expected)
    assert len(drawn) > 1000
    assert page.findtext(".//title") == "Songs & <more>"
    titles = {path.get("data-id"): path.findtext("title") for path in page.iter("path")}
    head = next(n for n in annotations[0].nodes if n.sign.label == "noteheadBlack")
    assert re.fullmatch(r"notehead [A-G][#b]?\d m\.\d+ \(noteheadBlack\)", titles[head.id])


def test_pictures_are_inside_and_nothing_is_fetched(text: str, annotations: list[PageAnnotation]) -> None:
    page = html.fromstring(text)
    pictures = [image.get("src", "") for image in page.iter("img")]
    assert len(pictures) == 2
    for source, annotation in zip(pictures, annotations, strict=True):
        head, _, data = source.partition(",")
        assert head == "data:image/jpeg;base64"
        pixels = cv2.imdecode(np.frombuffer(base64.b64decode(data), np.uint8), cv2.IMREAD_COLOR)
        assert pixels.shape == (annotation.image.height, annotation.image.width, 3)
        assert np.abs(pixels.astype(int) - annotation.image.bitmap[:, :, :3]).mean() < 2
    without = re.sub(r'src="data:[^"]*"', "", text)
    assert not re.search("https?:", without)
    assert not page.xpath("//link | //script[@src] | //iframe")


def test_outlines_are_those_of_the_objects(annotations: list[PageAnnotation], text: str) -> None:
    page = html.fromstring(text)
    data = {path.get("data-id"): path.get("d") for path in page.iter("path")}
    checked = 0
    for node, region in annotations[0]:
        if node.sign.label in ("noteheadBlack", "gClef", "staff"):
            numbers = np.array([float(n) for n in re.findall(r"[-\d.]+", data[node.id])]).reshape(-1, 2)
            box = [*numbers.min(axis=0), *numbers.max(axis=0)]
            assert np.abs(np.array(box) - region.bbox).max() < 0.5
            checked += 1
    assert checked > 100


def test_the_legend_counts_classes_and_switches_the_page_frame_off(
    text: str, annotations: list[PageAnnotation]
) -> None:
    rows = {row.get("value"): row for row in html.fromstring(text).findall(".//div[@id='legend']//input")}
    heads = sum(n.sign.label == "noteheadBlack" for a in annotations for n in a.nodes)
    assert rows["noteheadBlack"].getparent().findtext("b") == str(heads)
    assert rows["noteheadBlack"].get("checked") is not None
    for label in ("page", "system", "staff", "staffSpace", "measureSeparator"):
        assert rows[label].get("checked") is None


def test_what_is_told_and_linked_is_data(text: str, annotations: list[PageAnnotation]) -> None:
    page = html.fromstring(text)
    facts, links = (json.loads(page.findtext(f".//script[@id='{id}']")) for id in ("facts", "links"))
    head, parts = notehead_with_accidental(annotations[0])
    assert facts[head]["pitch modification"] == "1"
    assert {other for own, other, how in links if own == head and how == "part"} == parts


def test_the_address_leads_to_an_object(
    visit: dict[str, dict[str, Any]], annotations: list[PageAnnotation]
) -> None:
    head, _ = notehead_with_accidental(annotations[0])
    assert visit["opened"]["hot"] == visit["held"]["hot"] == [head]
    assert 0 < visit["opened"]["seen"][0] < 900  # it is on the screen


def test_hovering_shows_what_it_is_and_what_belongs_to_it(
    visit: dict[str, dict[str, Any]], annotations: list[PageAnnotation]
) -> None:
    head, parts = notehead_with_accidental(annotations[0])
    step = visit["hovered"]
    assert step["hot"] == [head]
    assert parts <= set(step["linked"])
    assert [id for id in step["linked"] if re.fullmatch(r"p1-s\d+-st\d", id)]  # its staff
    told = dict(step["told"])
    assert told["id"] == head
    assert told["label"] == "noteheadBlack"
    assert told["what"].startswith("notehead")
    assert visit["left"]["hot"] == visit["left"]["linked"] == visit["left"]["told"] == []


def test_a_click_holds_an_object_and_one_beside_lets_it_go(
    visit: dict[str, dict[str, Any]], annotations: list[PageAnnotation]
) -> None:
    assert visit["clicked"]["hot"] == [clef(annotations)]
    assert visit["clicked"]["hash"] == f"#{clef(annotations)}"
    assert visit["hovered"]["hash"] == ""


def test_classes_are_switched_and_objects_are_found(
    visit: dict[str, dict[str, Any]], annotations: list[PageAnnotation]
) -> None:
    nodes = [node for annotation in annotations for node in annotation.nodes]
    opened, switched = set(visit["opened"]["off"]), set(visit["switched"]["off"])
    assert {node.id for node in nodes if node.sign.label == "staff"} <= opened
    assert switched - opened == {node.id for node in nodes if node.sign.label == "stem"}
    found = visit["switched"]["found"]
    assert len(found) > 3
    assert set(found) <= {node.id for node in nodes if node.sign.label == "noteheadBlack"}
    assert visit["switched"]["count"] == str(len(found))
    assert visit["all"]["off"] == visit["all"]["found"] == []


def test_names_cannot_end_the_script_or_the_markup(annotations: list[PageAnnotation]) -> None:
    words = next(n for n in annotations[0].nodes if n.sign.label == "title")
    words.scene_object.text, before = "</script><b>&", words.scene_object.text  # type: ignore[attr-defined]
    try:
        text = HtmlExporter().export_string(annotations[0])
    finally:
        words.scene_object.text = before  # type: ignore[attr-defined]
    page = html.fromstring(text)
    facts = json.loads(page.findtext(".//script[@id='facts']"))
    assert facts[words.id]["text transcription"] == "</script><b>&"
    assert len(page.findall(".//script")) == 3


def test_pages_of_equal_ids_stay_apart(annotations: list[PageAnnotation]) -> None:
    page = html.fromstring(HtmlExporter().export_string([annotations[0], annotations[0]]))
    drawn = [path.get("data-id") for path in page.iter("path")]
    assert len(set(drawn)) == len(drawn) > 1000


def test_shapes_and_colours() -> None:
    square = np.array([(0.04, 0), (10, 0), (10, 10.26), (0, 10.26)])
    assert path_of([square]) == "M0,0 10,0 10,10.3 0,10.3Z"
    assert path_of([square[:2], np.full((4, 2), np.nan)]) == ""
    assert color_of("stem") == color_of("stem") != color_of("beam")


def test_a_page_is_the_same_each_time_and_is_written(
    annotations: list[PageAnnotation], tmp_path: Path
) -> None:
    image = annotations[0].image
    HtmlExporter(image_format=".png").write(image, tmp_path / "a.html")
    assert (tmp_path / "a.html").read_text("utf-8") == HtmlExporter(image_format=".png").export(image)
    empty = HtmlExporter().export_string(ImageLayer(np.zeros((3, 4, 4), np.uint8), 300))
    assert len(html.fromstring(empty).findall(".//img")) == 1
    with pytest.raises(ExportError, match=r"as '\.gif'; available: \.png, \.jpg, \.webp"):
        HtmlExporter(image_format=".gif")
