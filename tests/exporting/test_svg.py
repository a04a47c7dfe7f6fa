from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import pytest
from lxml import etree

from smashcima.errors import ExportError
from smashcima.exporting import BitmapRenderer, SvgExporter
from smashcima.geometry import Contours, Rectangle, Transform
from smashcima.scene.semantic import Note, Pitch
from smashcima.scene.visual import AffineSpace, Notehead, Page, ViewBox

MM = 25.4
SVG = "{http://www.w3.org/2000/svg}"
INKSCAPE = "{http://www.inkscape.org/namespaces/inkscape}"


def parsed(text: str) -> etree._Element:
    return etree.fromstring(text.encode(), etree.XMLParser(huge_tree=True))


def coverage_by_resvg(svg: str, width: int, height: int) -> np.ndarray:
    """Ink, 0 to 255, as an independent renderer sees it on white.

    resvg samples edges on a grid of 4 x 4 points a pixel: on printed music at 300 DPI its picture agrees with its own
    picture of four times the size by 0.957 only. So it is asked for one of six times the size, which is averaged.
    Its total of ink still is wrong by up to 0.5 %; for that the areas of shapely are the judge, in `test_bitmap`.
    """
    import resvg_py

    # Without a dpi its Python binding takes a millimetre to be nothing.
    png = resvg_py.svg_to_bytes(
        svg_string=svg,
        background="white",
        width=12 * width,
        height=12 * height,
        dpi=96,
        skip_system_fonts=True,
    )
    image = cv2.imdecode(np.frombuffer(bytes(png), np.uint8), cv2.IMREAD_COLOR)
    return 255 - cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA).astype(float)


def agreement(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.minimum(one, other).sum() / np.maximum(one, other).sum())


def colourful_page(build) -> Page:
    page = build.page(4, 3, None)
    rng = np.random.default_rng(11)
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    disc = np.stack([3 * np.cos(angles), 2 * np.sin(angles)], axis=1)
    ring = Contours((disc, disc[::-1] * 0.6))
    for index in range(24):
        where = Transform.rotateDegCC(15 * index).then(
            Transform(e=10 + 80 * rng.random(), f=8 + 55 * rng.random())
        )
        shape = ring if index % 2 else Contours((disc + rng.random(disc.shape),))
        build.path(page, shape, (0, 0, 0, 255) if index % 3 else (90, 20, 10, 200), transform=where)
    bitmap = np.zeros((30, 50, 4), np.uint8)
    bitmap[:, :, 2] = 200
    bitmap[5:25, 10:40, 3] = 255
    build.sprite(page, bitmap, 0.5, 0.5, dpi=100)
    build.sprite(page, bitmap, 2.5, 1.5, dpi=70)
    return page


@pytest.mark.parametrize(("dpi", "width", "height"), [(72, 6, 3), (300, 2, 1)])
def test_an_independent_renderer_sees_the_same_music(music_page, dpi, width, height):
    part = ViewBox(music_page.space, Rectangle(0.5 * MM, 0.7 * MM, width * MM, height * MM))
    ours = 255 - BitmapRenderer(dpi).render(part)[:, :, :3].astype(float)
    seen = coverage_by_resvg(SvgExporter().export_string(part), width * dpi, height * dpi)
    assert ours.sum() > 255 * 3 * dpi
    assert agreement(ours, seen) >= 0.98
    assert ours.sum() == pytest.approx(seen.sum(), rel=0.01)


def test_an_independent_renderer_sees_the_same_colours_sprites_and_holes(build):
    # Ink filters the light of coloured paper; an SVG viewer paints over it. Without paper both do the same.
    page = colourful_page(build)
    image = BitmapRenderer(100).render(page)
    alpha = image[:, :, 3:].astype(float) / 255
    ours = alpha * (255 - image[:, :, :3].astype(float))
    seen = coverage_by_resvg(SvgExporter().export_string(page), 400, 300)
    assert agreement(ours, seen) >= 0.97
    assert np.abs(ours - seen).mean() < 1


def test_the_size_is_in_millimetres(build):
    root = parsed(SvgExporter().export_string(build.page(4, 3)))
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == (
        "101.6mm",
        "76.2mm",
        "0 0 101.6 76.2",
    )


def test_layers_are_layers_in_inkscape(music_page):
    root = parsed(SvgExporter(render_labeled_regions=True).export_string(music_page))
    layers = [g for g in root.iter(SVG + "g") if g.get(INKSCAPE + "groupmode") == "layer"]
    assert [(g.get("id"), g.get(INKSCAPE + "label")) for g in layers] == [
        ("layer-paper", "paper"),
        ("layer-stafflines", "stafflines"),
        ("layer-ink", "ink"),
        ("layer-regions", "regions"),
    ]
    assert all(g.getparent() is root for g in layers)
    locked = "{http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd}insensitive"
    assert [g.get("id") for g in layers if g.get(locked) is not None] == ["layer-regions"]


INKSCAPE_COMMAND = shutil.which("inkscape")


@pytest.mark.slow
@pytest.mark.skipif(INKSCAPE_COMMAND is None, reason="Inkscape is not installed")
def test_inkscape_opens_a_page_with_its_size_and_the_names_of_its_objects(music_page, tmp_path):
    path = tmp_path / "page.svg"
    SvgExporter(render_labeled_regions=True).write(music_page, path)

    def inkscape(*arguments: str) -> str:
        done = subprocess.run(
            [INKSCAPE_COMMAND, *arguments, str(path)], capture_output=True, text=True, check=True, timeout=120
        )
        return done.stdout

    found = {
        line.split(",")[0]: [float(n) for n in line.split(",")[1:]]
        for line in inkscape("--query-all").split()
    }
    assert {"layer-paper", "layer-stafflines", "layer-ink", "layer-regions", "p1-notehead-6"} <= found.keys()
    box = music_page.view_box.rectangle
    assert found["paper-1"][2:] == pytest.approx([box.width * 96 / 25.4, box.height * 96 / 25.4], abs=0.1)
    picture = tmp_path / "head.png"
    inkscape(
        "--export-id=p1-notehead-6", "--export-id-only", "--export-dpi=300", f"--export-filename={picture}"
    )
    drawn = cv2.imread(str(picture), cv2.IMREAD_UNCHANGED)
    assert 10 < drawn.shape[1] < 60
    assert (drawn[:, :, 3] > 0).mean() > 0.3


def test_groups_follow_systems_staves_and_measures(music_page):
    root = parsed(SvgExporter().export_string(music_page))
    names = {g.get("id"): g.get(INKSCAPE + "label") for g in root.iter(SVG + "g")}
    assert names["ink-p1-s1"] == "system 1"
    assert names["ink-p1-s1-st2"] == "staff 2"
    assert names["ink-p1-s2-st1-m3"] == "measure 3"
    head = root.find(f".//{SVG}g[@id='p1-notehead-6']")
    chain = [g.get("id") for g in head.iterancestors(SVG + "g")]
    assert chain == ["ink-p1-s1-st1-m1", "ink-p1-s1-st1", "ink-p1-s1", "layer-ink"]
    assert head.find(SVG + "title").text == "notehead noteheadBlack m.1"
    line = root.find(f".//{SVG}g[@id='p1-staff_line-1']")
    assert [g.get("id") for g in line.iterancestors(SVG + "g")] == [
        "stafflines-p1-s1-st1", "stafflines-p1-s1", "layer-stafflines",
    ]  # fmt: skip


def test_a_notehead_is_called_by_its_pitch(music_page):
    head = Notehead.many_of(music_page, "page")[0]
    head.semantic = Note(pitch=Pitch.parse("Bb4"))
    root = parsed(SvgExporter().export_string(music_page))
    assert root.find(f".//{SVG}g[@id='p1-notehead-6']/{SVG}title").text == "notehead Bb4 m.1"


def test_ids_are_those_of_the_regions_and_never_repeat(music_page):
    root = parsed(SvgExporter(render_labeled_regions=True).export_string(music_page))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert max(Counter(ids).values()) == 1
    regions = BitmapRenderer(10).regions_of(music_page)
    drawn = {region.id for region in regions if isinstance(region.scene_object, Notehead)}
    assert len(drawn) == 32
    assert drawn <= set(ids)
    assert {f"region-{name}" for name in regions.ids} <= set(ids)


def test_regions_have_titles_and_a_colour_for_each_label(music_page):
    root = parsed(SvgExporter(render_labeled_regions=True).export_string(music_page))
    paths = root.findall(f".//{SVG}g[@id='layer-regions']/{SVG}path")
    colours: dict[str, set[str]] = {}
    for path in paths:
        colours.setdefault(path.find(SVG + "title").text.split(":")[0], set()).add(path.get("stroke"))
    assert set(colours) == {"page", "system", "systemMeasure", "staff", "staffLine", "noteheadBlack"}
    assert all(len(found) == 1 for found in colours.values())
    assert len(set.union(*colours.values())) == 6
    assert "region" not in SvgExporter().export_string(music_page)


def test_an_outline_that_occurs_often_is_written_once(music_page):
    root = parsed(SvgExporter().export_string(music_page))
    outlines = root.findall(f".//{SVG}defs/{SVG}path")
    uses = root.findall(f".//{SVG}use")
    assert len(outlines) == 1
    assert len(uses) == 32
    assert {use.get("{http://www.w3.org/1999/xlink}href") for use in uses} == {"#" + outlines[0].get("id")}


def test_coordinates_keep_a_ten_thousandth_of_a_millimetre(build):
    page = build.page(4, 3)
    build.path(page, Contours.from_rectangle(Rectangle(1.23456, 2, 3, 4)))
    assert "M1.2346 2 4.2346 2 4.2346 6 1.2346 6z" in SvgExporter().export_string(page)


def test_a_view_box_shows_only_what_lies_in_it(music_page):
    part = ViewBox(music_page.space, Rectangle(0.5 * MM, 0.5 * MM, 4 * MM, 2 * MM))
    text = SvgExporter().export_string(part)
    root = parsed(text)
    assert root.get("viewBox") == "12.7 12.7 101.6 50.8"
    lines = [g for g in root.iter(SVG + "g") if "staff_line" in (g.get("id") or "")]
    assert len(lines) == 5


def test_names_with_characters_that_xml_forbids_do_no_harm(build):
    page = build.page(1, 1)
    drawn = build.path(page, build.inch_box(0, 0, 1, 1), label='a\x00b<&">\ud800\uffff', layer="l\x01 2")
    drawn.kind = 'odd "kind" <1>'
    root = parsed(SvgExporter(render_labeled_regions=True).export_string(page))
    titles = [title.text for title in root.iter(SVG + "title")]
    assert any('a\N{REPLACEMENT CHARACTER}b<&">' in title for title in titles)
    assert all(re.fullmatch(r"[^\s]+", element.get("id")) for element in root.iter() if element.get("id"))


def test_an_empty_page_is_a_drawing_too(build):
    root = parsed(SvgExporter(render_labeled_regions=True).export_string(build.page(1, 1, None)))
    assert root.tag == SVG + "svg"
    assert not root.findall(f".//{SVG}use")


def test_a_view_that_is_not_finite_is_refused():
    with pytest.raises(ExportError, match="not finite"):
        SvgExporter().export(ViewBox(AffineSpace(), Rectangle(0, 0, float("inf"), 1)))


def test_files_are_utf8_with_a_declaration(music_page, tmp_path):
    SvgExporter().write(music_page, tmp_path / "page.svg")
    data = (tmp_path / "page.svg").read_bytes()
    assert data.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n<svg ')
    assert etree.fromstring(data).tag == SVG + "svg"
    with pytest.raises(ExportError, match="cannot be written"):
        SvgExporter().write(music_page, tmp_path / "missing" / "page.svg")


def test_the_same_page_gives_the_same_text(music_page, build):
    exporter = SvgExporter(render_labeled_regions=True)
    assert exporter.export_string(music_page) == exporter.export_string(music_page)
    page = colourful_page(build)
    assert exporter.export_string(page) == exporter.export_string(page)


def test_other_processes_give_the_same_text(repository: Path):
    """Whatever the hash seed: sets and dictionaries must not decide the order of anything."""
    script = (
        "import hashlib, numpy as np\n"
        "from smashcima.exporting import BitmapRenderer, SvgExporter\n"
        "from smashcima.geometry import Contours, Rectangle\n"
        "from smashcima.scene.visual import *\n"
        "space = AffineSpace()\n"
        "page = Page(space, ViewBox(space, Rectangle(0, 0, 50, 50)))\n"
        "for i in range(40):\n"
        "    shape = Contours.from_rectangle(Rectangle(i % 7, i % 5, 1 + i % 3, 2))\n"
        "    VisualObject(Glyph.from_contours(f'label{i % 4}', shape, space=AffineSpace(space)), None, page)\n"
        "text = SvgExporter(True).export_string(page)\n"
        "print(hashlib.sha256(text.encode() + BitmapRenderer(50).render(page).tobytes()).hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(repository), "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1
    assert len(digests.pop().strip()) == 64
