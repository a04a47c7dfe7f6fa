"""Labels of every format, read back and compared with what was written."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest

from smashcima.errors import ExportError
from smashcima.exporting.alignment import AlignmentExporter
from smashcima.exporting.annotation import PageAnnotation, annotate
from smashcima.exporting.coco import CocoExporter
from smashcima.exporting.deepscores import DeepScoresExporter
from smashcima.exporting.mung import MungExporter
from smashcima.exporting.overlay import Labels, draw_marks, read_labels, read_picture
from smashcima.exporting.overlay.reading.run_lengths import rings_of_columns, rings_of_rows, uncompressed
from smashcima.exporting.overlay.reading.yolo_labels import names_in
from smashcima.exporting.yolo import YoloExporter
from smashcima.imaging import DefaultCompositor, ProjectiveMap
from smashcima.scene.visual import Page

WIDTH, HEIGHT = 400, 500


@pytest.fixture
def annotation(music_page: Page) -> PageAnnotation:
    """Two systems with noteheads on a page that is turned by 3 degrees."""
    image = DefaultCompositor().compose(music_page, 50)
    turn = ProjectiveMap.rotation(3, (200, 250))
    turned = image.warped(turn, WIDTH, HEIGHT, (255, 255, 255, 255))
    turned.regions = turned.regions.clipped(WIDTH, HEIGHT)
    return annotate(turned)


def read(path: Path, **options: object) -> Labels:
    return read_labels(path, WIDTH, HEIGHT, "page.png", **options)  # type: ignore[arg-type]


def heads(labels: Labels) -> np.ndarray:
    """The boxes of noteheads."""
    wanted = [i for i, name in enumerate(labels.marks.names) if name in ("noteheadBlack", "noteheadFull")]
    return labels.marks.boxes[wanted]


def expected(annotation: PageAnnotation) -> np.ndarray:
    wanted = [i for i, node in enumerate(annotation.nodes) if node.sign.label == "noteheadBlack"]
    assert len(wanted) == 32
    return annotation.regions.pixel_boxes()[wanted].astype(float)


@pytest.mark.parametrize(
    ("exporter", "kind"),
    [
        (MungExporter(), "MuNG"),
        (CocoExporter(), "COCO"),
        (CocoExporter(segmentation="counts"), "COCO"),
        (CocoExporter(segmentation="polygon"), "COCO"),
        (CocoExporter(segmentation="none", oriented_boxes=True), "COCO"),
        (YoloExporter(), "YOLO"),
        (YoloExporter(task="segment"), "YOLO"),
        (AlignmentExporter(), "alignment"),
    ],
)
def test_each_format_is_recognised_and_its_boxes_are_those_that_were_written(
    annotation: PageAnnotation, tmp_path: Path, exporter: MungExporter, kind: str
) -> None:
    file = tmp_path / "labels"
    exporter.write(annotation, file)
    YoloExporter().write_data_yaml(tmp_path / "data.yaml")
    found = read(file)
    assert found.format == kind
    boxes = heads(found)
    assert boxes.shape == (32, 4)
    assert np.abs(boxes - expected(annotation)).max() <= (1.01 if kind in ("alignment", "YOLO") else 0)


def test_deepscores_labels_have_oriented_boxes(annotation: PageAnnotation, tmp_path: Path) -> None:
    file = tmp_path / "labels.json"
    DeepScoresExporter().write(annotation, file)
    found = read(file)
    assert found.format == "DeepScores"
    staves = [i for i, name in enumerate(found.marks.names) if name == "staff"]
    boxes = annotation.regions.pixel_boxes()
    ours = [boxes[i] for i, node in enumerate(annotation.nodes) if node.sign.label == "staff"]
    assert np.array_equal(found.marks.boxes[staves], np.array(ours))
    assert len(staves) == 4
    (ring,) = found.marks.outlines(staves[0])
    # Turned by 3 degrees, as the page is; 300 px long.
    sides = np.roll(ring, -1, axis=0) - ring
    longest = sides[np.argmax(np.linalg.norm(sides, axis=1))]
    assert np.linalg.norm(longest) == pytest.approx(300, abs=1)
    assert abs(np.degrees(np.arctan(longest[1] / longest[0]))) == pytest.approx(3, abs=0.1)


def test_masks_become_outlines_along_the_edges_of_their_pixels(
    annotation: PageAnnotation, tmp_path: Path
) -> None:
    """Painting the outlines gives the masks of the export again."""
    head = next(i for i, node in enumerate(annotation.nodes) if node.sign.label == "noteheadBlack")
    mask = annotation.masks().full(head)
    for exporter in (MungExporter(), CocoExporter(), CocoExporter(segmentation="counts")):
        exporter.write(annotation, tmp_path / "labels")
        found = read(tmp_path / "labels").marks
        outlines = found.outlines(found.names.index("noteheadBlack"))
        painted = np.zeros((HEIGHT, WIDTH), np.uint8)
        for x, y in np.argwhere(mask.pixels)[:, ::-1] + (mask.left, mask.top):
            inside = sum(
                cv2.pointPolygonTest(ring.astype(np.float32), (x + 0.5, y + 0.5), False) > 0
                for ring in outlines
            )
            painted[y, x] = inside % 2
        assert painted.sum() == mask.pixels.sum() > 5
        area = found.areas()[found.names.index("noteheadBlack")]
        assert area == mask.pixels.sum()


def test_a_mask_of_columns_and_one_of_rows_by_hand() -> None:
    # Columns of a picture of 3 rows: the middle pixel of column 1, and all of column 2 but its first.
    (ring,) = rings_of_columns([4, 1, 2, 2, 3], 3)
    corners = {(1, 1), (3, 1), (3, 3), (2, 3), (2, 2), (1, 2)}
    assert {tuple(point) for point in ring.tolist()} == corners
    (ring,) = rings_of_rows("0:2 1:2 0:2", 2, 3, left=10, top=20)
    assert {tuple(point) for point in ring.tolist()} == {(10, 21), (12, 21), (12, 22), (10, 22)}
    assert rings_of_columns([12], 3) == ()
    with pytest.raises(ValueError, match="5 pixels for a window of 2 x 3"):
        rings_of_rows("0:5", 2, 3, 0, 0)


def test_compressed_counts_are_those_of_pycocotools() -> None:
    mask_tools = pytest.importorskip("pycocotools.mask", reason="the reader of COCO is not installed")
    rng = np.random.default_rng(1)
    mask = np.asfortranarray((rng.random((70, 90)) < 0.2).astype(np.uint8))
    mask[:, 20:60] = 0
    coded = mask_tools.encode(mask)["counts"].decode()
    counts = uncompressed(coded)
    values = np.repeat(np.arange(len(counts)) % 2, counts)
    assert np.array_equal(values.reshape(90, 70).T, mask)


def test_masks_of_musicorpus_lie_in_their_boxes(tmp_path: Path) -> None:
    document = {
        "images": [{"id": 1, "file_name": "a.png", "width": WIDTH, "height": HEIGHT}],
        "categories": [{"id": 7, "name": "stem"}],
        "annotations": [
            {
                "id": 1,
                "image_id": 1,
                "category_id": 7,
                "bbox": [100, 50, 2, 4],
                "segmentation": {"size": [4, 2], "counts": [4, 4]},
            }
        ],
    }
    (tmp_path / "coco.json").write_text(json.dumps(document), encoding="utf-8")
    (ring,) = read(tmp_path / "coco.json").marks.outlines(0)
    assert (ring.min(axis=0).tolist(), ring.max(axis=0).tolist()) == ([101, 50], [102, 54])


def test_labels_of_many_pictures_are_found_by_the_name_of_the_image(tmp_path: Path) -> None:
    images = [{"id": n, "file_name": f"images/{n}.png", "width": 9, "height": 9} for n in (1, 2)]
    annotations = [
        {"id": n, "image_id": n, "category_id": 1, "bbox": [n, 0, 1, 1], "segmentation": []} for n in (1, 2)
    ]
    document = {
        "images": images,
        "annotations": annotations,
        "categories": [{"id": 1, "name": "stem"}],
    }
    file = tmp_path / "all.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    assert read_labels(file, 9, 9, "2.jpg").marks.boxes.tolist() == [[2, 0, 3, 1]]
    with pytest.raises(ExportError, match=r"none of them is 3\.png; available: images/1\.png, images/2\.png"):
        read_labels(file, 9, 9, "3.png")


def test_page_xml_and_the_older_mung_are_read(tmp_path: Path) -> None:
    (tmp_path / "page.xml").write_text(
        '<?xml version="1.0"?><PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">'
        '<Page imageWidth="400" imageHeight="500"><MusicRegion id="a" custom="structure {type:staff;}">'
        '<Coords points="10,20 30,20 30,40"/></MusicRegion><TextRegion id="b" type="heading">'
        '<Coords points="1,2 3,2 3,4"/><TextLine id="c"><Coords points="5,6 7,6 7,8"/>'
        '<Baseline points="5,7 7,7"/></TextLine></TextRegion></Page></PcGts>',
        encoding="utf-8",
    )
    found = read(tmp_path / "page.xml")
    assert found.format == "PAGE"
    assert found.marks.names == ("MusicRegion staff", "TextRegion heading", "TextLine", "Baseline")
    assert found.marks.boxes.tolist() == [[10, 20, 30, 40], [1, 2, 3, 4], [5, 6, 7, 8], [5, 7, 7, 7]]
    (tmp_path / "old.xml").write_text(
        "<CropObjectList><CropObjects><CropObject><Id>1</Id><MLClassName>beam</MLClassName>"
        "<Top>3</Top><Left>5</Left><Width>2</Width><Height>1</Height><Mask>1:2</Mask></CropObject>"
        "</CropObjects></CropObjectList>",
        encoding="utf-8",
    )
    found = read(tmp_path / "old.xml")
    assert (found.format, found.marks.names, found.marks.boxes.tolist()) == (
        "MuNG",
        ("beam",),
        [[5, 3, 7, 4]],
    )


@pytest.mark.parametrize(
    "text",
    [
        'path: "."\nnc: 2\nnames:\n  0: "stem"\n  1: "beam"\n',
        "names: [stem, 'beam']\nnc: 2\n",
        "nc: 2\nnames:\n- stem\n- beam # thick\ntrain: images\n",
        "names: {0: stem, 1: beam}\n",
        'names: ["stem",\n  "beam"]\n',
        "stem\nbeam\n",
    ],
)
def test_names_are_read_in_all_ways_of_writing_them(text: str) -> None:
    assert names_in(text) == ["stem", "beam"]


def test_classes_of_yolo_have_numbers_where_there_are_no_names(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("3 0.5 0.5 0.1 0.2\n", encoding="utf-8")
    found = read(tmp_path / "a.txt").marks
    assert found.names == ("class 3",)
    assert found.boxes[0].tolist() == pytest.approx([180, 200, 220, 300])
    (tmp_path / "names.txt").write_text("a\nb\nc\nd\n", encoding="utf-8")
    assert read(tmp_path / "a.txt", names=tmp_path / "names.txt").marks.names == ("d",)
    with pytest.raises(ExportError, match="no file .* with names"):
        read(tmp_path / "a.txt", names=tmp_path / "nowhere.yaml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hello", "labels of an unknown format; known formats: MuNG, COCO"),
        ("{}", "labels of an unknown format"),
        ("<html/>", "labels of an unknown format"),
        ("<Nodes><Node></Nodes>", "damaged XML"),
        ('{"images": [', "damaged JSON"),
        ("<Nodes><Node><Id>1</Id></Node></Nodes>", "damaged: KeyError"),
        (
            '{"annotations": [], "categories": [], "images": [{"id": 1, "width": 40, "height": 50}]}',
            "40 x 50 px",
        ),
        (
            "<Nodes><Node><ClassName>a</ClassName><Top>499</Top><Left>1</Left>"  # noqa: ISC004
            "<Width>2</Width><Height>9</Height></Node></Nodes>",
            r"to \(3, 508\) px, which is outside",
        ),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "labels").write_text(text, encoding="utf-8")
    with pytest.raises(ExportError, match=message):
        read(tmp_path / "labels")


def test_missing_files_and_files_of_no_text_are_told(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="There is no file of labels"):
        read(tmp_path / "nowhere")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(ExportError, match="is not text"):
        read(tmp_path / "binary")


def test_no_file_outside_is_read_by_way_of_xml(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (tmp_path / "a.xml").write_text(
        f'<!DOCTYPE Nodes [<!ENTITY e SYSTEM "{(tmp_path / "secret").as_uri()}">]><Nodes><Node><ClassName>a&e;'
        "</ClassName><Top>0</Top><Left>0</Left><Width>1</Width><Height>1</Height></Node></Nodes>",
        encoding="utf-8",
    )
    assert read(tmp_path / "a.xml").marks.names == ("a",)


def test_pictures_of_all_depths_become_bgra(tmp_path: Path) -> None:
    for name, pixels in (
        ("gray", np.full((2, 3), 128, np.uint8)),
        ("deep", np.full((2, 3), 128 * 257, np.uint16)),
        ("bgr", np.full((2, 3, 3), 128, np.uint8)),
        ("bgra", np.full((2, 3, 4), (128, 128, 128, 255), np.uint8)),
    ):
        cv2.imwrite(str(tmp_path / f"{name}.png"), pixels)
        assert read_picture(tmp_path / f"{name}.png").tolist() == [[[128, 128, 128, 255]] * 3] * 2
    with pytest.raises(ExportError, match="There is no image"):
        read_picture(tmp_path / "nowhere.png")
    (tmp_path / "text.png").write_text("no picture", encoding="utf-8")
    with pytest.raises(ExportError, match="not a readable image"):
        read_picture(tmp_path / "text.png")


@pytest.mark.parametrize("version", ["v1.0", "v2.0"])
def test_pages_of_muscima_lie_on_their_ink(shared_data: Path, tmp_path: Path, version: str) -> None:
    """Annotations of another program, drawn over the picture that they were made of."""
    name = "CVC-MUSCIMA_W-01_N-10_D-ideal"
    archive = shared_data / "muscima" / f"MUSCIMA-pp_{version}_dev.zip"
    picture = shared_data / "muscima" / "images" / f"{name}.png"
    if not archive.is_file() or not picture.is_file():
        pytest.skip(f"the test data lacks {archive.name} or {picture.name}")
    with zipfile.ZipFile(archive) as files:
        entry = next(each for each in files.namelist() if each.endswith(f"/{name}.xml"))
        (tmp_path / "page.xml").write_bytes(files.read(entry))
    ink = cv2.dilate(read_picture(picture)[:, :, 0], np.ones((3, 3), np.uint8)) > 127  # white on black there
    found = read_labels(tmp_path / "page.xml", ink.shape[1], ink.shape[0], picture.name).marks
    signs = [
        i for i, each in enumerate(found.names) if each in ("stem", "beam", "noteheadFull", "notehead-full")
    ]
    assert len(signs) > 300
    drawn = draw_marks(np.zeros((*ink.shape, 4), np.uint8), found.chosen(signs), fill=True)
    filled = drawn[:, :, :3].max(axis=2) > 40
    assert filled.sum() > 50_000
    # Masks were drawn by people, who did not always keep to the ink.
    assert (filled & ink).sum() > 0.97 * filled.sum()
