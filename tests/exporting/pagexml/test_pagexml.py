"""PAGE documents, judged by the schema of the format."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from lxml import etree

import smashcima as sc
from smashcima.errors import ExportError
from smashcima.exporting.crops import CropExporter
from smashcima.exporting.pagexml import PageXmlExporter
from smashcima.imaging import ImageLayer, ProjectiveMap
from smashcima.imaging.filters import Curl, FilterStack, Perspective

EXAMPLE = Path(__file__).parents[3] / "assets" / "example" / "example.musicxml"
PC = "{http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15}"

MELODY = """<?xml version="1.0"?><score-partwise version="4.0"><work><work-title>Two verses</work-title></work>
<identification><creator type="composer">Anna</creator></identification>
<part-list><score-part id="P1"><part-name>Voice</part-name></score-part></part-list><part id="P1"><measure number="1">
<attributes><divisions>1</divisions><key><fifths>0</fifths></key><time><beats>3</beats><beat-type>4</beat-type></time>
<clef><sign>G</sign><line>2</line></clef></attributes>
<direction placement="above"><direction-type><words>Andante con moto</words></direction-type></direction>
{notes}</measure></part></score-partwise>"""

SYLLABLES = [
    (("begin", "Lie"), ("single", "Du")),
    (("end", "der,"), ("begin", "sin")),
    (("single", "ach"), ("end", "gest")),
]


def melody() -> str:
    notes = ""
    for verses in SYLLABLES:
        lyrics = "".join(
            f'<lyric number="{n}"><syllabic>{place}</syllabic><text>{text}</text></lyric>'
            for n, (place, text) in enumerate(verses, 1)
        )
        notes += (
            "<note><pitch><step>G</step><octave>4</octave></pitch><duration>1</duration><type>quarter</type>"
            f"{lyrics}</note>"
        )
    return MELODY.replace("{notes}", notes)


@pytest.fixture(scope="module")
def song() -> ImageLayer:
    scene = sc.EngravedModel(seed=0, dpi=100)(data=melody(), format=".musicxml")
    return scene.compose_page(scene.pages[0])


@pytest.fixture(scope="module")
def bent() -> ImageLayer:
    """A handwritten page with all kinds of text, curled and seen from the side."""
    model = sc.BaseHandwrittenModel(seed=0, dpi=100)
    compositor = model.compositor
    compositor.postprocessor = FilterStack([Curl(), Perspective()])  # type: ignore[attr-defined]
    scene = model(EXAMPLE, pages=[0])
    return scene.compose_page(scene.pages[0])


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The schema of 2019-07-15, which OCR-D ships."""
    package = importlib.util.find_spec("ocrd_validators")
    if package is None or not package.submodule_search_locations:
        pytest.skip("the schema of PAGE is not installed (pip install --no-deps ocrd-validators)")
    return etree.XMLSchema(etree.parse(str(Path(package.submodule_search_locations[0]) / "page.xsd")))


def parsed(image: ImageLayer) -> etree._Element:
    return etree.fromstring(PageXmlExporter().export_string(image).encode())


def points(element: etree._Element, of: str = "Coords") -> np.ndarray:
    text = element.find(f"{PC}{of}").get("points")
    return np.array([[int(number) for number in pair.split(",")] for pair in text.split()])


def text_of(element: etree._Element) -> str:
    return element.findtext(f"{PC}TextEquiv/{PC}Unicode")


def regions(root: etree._Element, kind: str) -> list[etree._Element]:
    return root.findall(f".//{PC}*[@custom='structure {{type:{kind};}}']")


def test_documents_are_valid(schema: etree.XMLSchema, song: ImageLayer, bent: ImageLayer) -> None:
    crops = [crop.image for crop in CropExporter("staff measures").export(bent)[:5]]
    empty = ImageLayer(np.zeros((5, 5, 4), np.uint8), 300)
    for image in (song, bent, *crops, empty):
        schema.assertValid(parsed(image))


def test_a_system_is_a_music_region_with_its_staves_inside(bent: ImageLayer) -> None:
    root = parsed(bent)
    systems = regions(root, "system")
    expected = [r for r in bent.regions if r.id.count("-") == 1 and r.id.startswith("p1-s")]
    assert [system.get("id") for system in systems] == [region.id for region in expected]
    for system, region in zip(systems, expected, strict=True):
        assert system.tag == f"{PC}MusicRegion"
        assert len(system.findall(f"{PC}MusicRegion")) == len(region.scene_object.staves)  # type: ignore[attr-defined]
        low, high = points(system).min(axis=0), points(system).max(axis=0)
        assert np.abs(np.array([*low, *high]) - region.bbox).max() <= 0.5


def test_lyrics_are_a_region_with_a_line_for_each_verse(song: ImageLayer) -> None:
    (region,) = regions(parsed(song), "lyrics")
    assert region.get("id") == "p1-s1-st1-lyrics"
    first, second = region.findall(f"{PC}TextLine")
    assert (text_of(first), text_of(second)) == ("Lie-der, ach", "Du sin-gest")
    assert text_of(region) == "Lie-der, ach\nDu sin-gest"
    assert [text_of(word) for word in second.findall(f"{PC}Word")] == ["Du", "sin", "gest"]
    assert points(first)[:, 1].max() < points(second)[:, 1].max()


def test_words_lie_in_lines_and_lines_in_regions(song: ImageLayer, bent: ImageLayer) -> None:
    for image in (song, bent):
        root = parsed(image)
        pairs = 0
        for outer, inner in ((f"{PC}TextRegion", f"{PC}TextLine"), (f"{PC}TextLine", f"{PC}Word")):
            for parent in root.iter(outer):
                around = points(parent)
                for child in parent.findall(inner):
                    pairs += 1
                    own = points(child)
                    assert (own.min(axis=0) >= around.min(axis=0) - 1).all()
                    assert (own.max(axis=0) <= around.max(axis=0) + 1).all()
        assert pairs > 5


def test_words_are_where_their_ink_is(bent: ImageLayer) -> None:
    words = list(parsed(bent).iter(f"{PC}Word"))
    assert len(words) > 10
    places = {region.id: region.bbox for region in bent.regions}
    for word in words:
        own = points(word)
        box = np.array(places[word.get("id")])
        assert np.abs(np.array([*own.min(axis=0), *own.max(axis=0)]) - box).max() < 4


def test_baselines_run_below_small_letters(song: ImageLayer) -> None:
    line = next(regions(parsed(song), "lyrics")[0].iter(f"{PC}TextLine"))
    baseline = points(line, "Baseline")
    word = next(line.iter(f"{PC}Word"))  # "Lie", of which nothing is below the baseline
    assert abs(points(word)[:, 1].max() - baseline[0, 1]) <= 1
    assert (np.diff(baseline[:, 0]) > 0).all()


def test_titles_and_directions_are_regions_of_their_own(song: ImageLayer) -> None:
    root = parsed(song)
    titles = regions(root, "title")
    assert {text_of(title) for title in titles} == {"Two verses", "Anna"}
    assert {title.get("type") for title in titles} == {"heading"}
    (direction,) = regions(root, "direction")
    assert text_of(direction) == "Andante con moto"
    assert not list(direction.iter(f"{PC}Word"))  # drawn in one piece


def referred(group: etree._Element) -> Iterator[str]:
    for child in group:
        if child.get("regionRef"):
            yield child.get("regionRef")
        yield from referred(child)


def test_the_reading_order_has_every_region_once(song: ImageLayer, bent: ImageLayer) -> None:
    for image in (song, bent):
        root = parsed(image)
        order = list(referred(root.find(f".//{PC}ReadingOrder")))
        ids = [e.get("id") for tag in ("MusicRegion", "TextRegion") for e in root.iter(f"{PC}{tag}")]
        assert sorted(order) == sorted(ids)
        systems = [id for id in order if id in {e.get("id") for e in regions(root, "system")}]
        tops = [points(root.find(f".//{PC}*[@id='{id}']"))[:, 1].min() for id in systems]
        assert all(above < below for above, below in pairwise(tops))
        assert order[0].startswith("p1-title")
        for group in root.iter(f"{PC}OrderedGroup", f"{PC}OrderedGroupIndexed"):
            assert [child.get("index") for child in group] == [str(n) for n in range(len(group))]


def test_what_is_cut_off_is_left_out_and_listed(song: ImageLayer) -> None:
    words = {
        region.scene_object.text: region
        for region in song.regions
        if getattr(region.scene_object, "text", "")
    }  # type: ignore[attr-defined]
    edge = (words["der,"].bbox[0] + words["der,"].bbox[2]) / 2 - 3
    cut = song.warped(ProjectiveMap.identity(), int(edge), song.height)
    cut.regions = cut.regions.clipped(int(edge), song.height)
    root = parsed(cut)
    kept = [text_of(word) for word in root.iter(f"{PC}Word")]
    assert "Lie" in kept
    assert "der," not in kept
    assert any("'der,'" in str(issue) for issue in PageXmlExporter().omissions(cut))
    everything = np.concatenate([points(e.getparent()) for e in root.iter(f"{PC}Coords")])
    assert everything[:, 0].max() <= int(edge)
    assert PageXmlExporter().omissions(song) == []


def test_an_empty_page_has_neither_regions_nor_an_order() -> None:
    root = parsed(ImageLayer(np.zeros((5, 7, 4), np.uint8), 300))
    page = root.find(f"{PC}Page")
    assert dict(page.attrib) == {"imageFilename": "page.png", "imageWidth": "7", "imageHeight": "5"}
    assert len(page) == 0


def test_documents_repeat_and_are_written(song: ImageLayer, tmp_path: Path) -> None:
    exporter = PageXmlExporter("a & b.png", created="2026-01-02T03:04:05")
    exporter.write(song, tmp_path / "page.xml")
    text = (tmp_path / "page.xml").read_text("utf-8")
    assert text == exporter.export_string(song)
    assert 'imageFilename="a &amp; b.png"' in text
    assert text.count("2026-01-02T03:04:05") == 2
    with pytest.raises(ExportError, match="between 0 and 1"):
        PageXmlExporter(min_visible=2)
