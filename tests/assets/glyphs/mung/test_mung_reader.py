"""Notation graphs are read as the package `mung` reads them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from smashcima.assets.glyphs.mung import read_mung
from smashcima.errors import CorruptAssetError

NODE = """<?xml version="1.0" encoding="utf-8"?>
<Nodes dataset="D" document="page"><Node><Id>4</Id><ClassName>stem</ClassName><Top>10</Top><Left>20</Left>
<Width>3</Width><Height>2</Height><Mask>{mask}</Mask><Outlinks>7 9</Outlinks></Node></Nodes>"""

OLD = """<CropObjectList><CropObjects><CropObject xml:id="MUSCIMA-pp_1.0___page___4"><Id>4</Id>
<MLClassName>notehead-full</MLClassName><Top>10</Top><Left>20</Left><Width>3</Width><Height>2</Height>
<Mask>1:2 0:1 1:3</Mask></CropObject></CropObjects></CropObjectList>"""


def test_a_node_is_read_with_its_box_mask_and_links():
    (thing,) = read_mung(NODE.format(mask="0:1 1:2 0:2 1:1").encode(), "page")
    assert (thing.object_id, thing.class_name, thing.left, thing.top) == (4, "stem", 20, 10)
    assert thing.outlinks == [7, 9]
    assert thing.mask is not None
    assert thing.mask.tolist() == [[0, 1, 1], [0, 0, 1]]


def test_the_older_form_is_read_too():
    (thing,) = read_mung(OLD.encode(), "page")
    assert thing.class_name == "notehead-full"
    assert thing.outlinks == []
    assert thing.mask is not None
    assert thing.mask.tolist() == [[1, 1, 0], [1, 1, 1]]


def test_runs_that_end_early_leave_the_rest_empty():
    (thing,) = read_mung(NODE.format(mask="1:2").encode(), "page")
    assert thing.mask is not None
    assert thing.mask.tolist() == [[1, 1, 0], [0, 0, 0]]


@pytest.mark.parametrize(
    "mask", ["0:1 1:2 0:2 1:1", "0:1\n1:2 0:2\t1:1", "0:1\n 1:2 0:2 1:1", "00:01  01:02 0:2 1:1"]
)
def test_runs_may_be_separated_by_any_white_space(mask: str):
    (thing,) = read_mung(NODE.format(mask=mask).encode(), "page")
    assert thing.mask is not None
    assert thing.mask.tolist() == [[0, 1, 1], [0, 0, 1]]


def test_runs_may_have_several_digits():
    xml = (
        NODE.format(mask="0:9 1:12 0:103 1:1")
        .replace("<Width>3<", "<Width>25<")
        .replace("<Height>2<", "<Height>5<")
    )
    (thing,) = read_mung(xml.encode(), "page")
    assert thing.mask is not None
    assert np.flatnonzero(thing.mask).tolist() == [*range(9, 21), 124]


def test_masks_that_are_not_wanted_are_not_decoded():
    (thing,) = read_mung(NODE.format(mask="1:6").encode(), "page", lambda name: name != "stem")
    assert thing.mask is None
    (thing,) = read_mung(NODE.format(mask="").encode(), "page")
    assert thing.mask is None


@pytest.mark.parametrize(
    "mask", ["1:7", "1", "1:2 3", "1:x", "a b", "1:-2 0:8", "1:9999999999999", "1:99999999999999999999999"]
)
def test_masks_that_make_no_sense_are_errors(mask: str):
    with pytest.raises(CorruptAssetError, match="page has a (mask|node)"):
        read_mung(NODE.format(mask=mask).encode(), "page")


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "<Nodes>",
        "<html/>",
        NODE.replace("<Width>3</Width>", ""),
        NODE.replace("ClassName", "Name"),
        NODE.replace("<Width>3<", "<Width>99999999<"),
    ],
)
def test_files_that_are_no_graphs_are_errors(xml: str):
    with pytest.raises(CorruptAssetError, match="page"):
        read_mung(xml.encode(), "page")


@pytest.mark.parametrize(
    "archive, directory, page",
    [
        ("MUSCIMA-pp_v1.0_dev.zip", "v1.0/data/cropobjects_withstaff", "CVC-MUSCIMA_W-05_N-19_D-ideal"),
        ("MUSCIMA-pp_v2.0_dev.zip", "v2.0/data/annotations", "CVC-MUSCIMA_W-11_N-09_D-ideal"),
    ],
)
def test_masks_are_those_of_the_package_mung(
    shared_data: Path, tmp_path: Path, archive: str, directory: str, page: str
):
    from mung.io import read_nodes_from_file

    with zipfile.ZipFile(shared_data / "muscima" / archive) as opened:
        xml = opened.read(f"{directory}/{page}.xml")
    # The package reads the newer form only.
    text = xml.decode().replace("CropObjectList", "Nodes").replace("MLClassName", "ClassName")
    text = text.replace("<CropObjects>", "").replace("</CropObjects>", "").replace("CropObject", "Node")
    (tmp_path / "page.xml").write_text(text, encoding="utf-8")
    judge = {node.id: node for node in read_nodes_from_file(str(tmp_path / "page.xml"))}
    ours = read_mung(xml, page)
    assert len(ours) == len(judge) > 300
    for thing in ours:
        node = judge[thing.object_id]
        assert (thing.class_name, thing.left, thing.top) == (node.class_name, node.left, node.top)
        assert thing.outlinks == node.outlinks
        assert thing.mask is not None
        assert np.array_equal(thing.mask, node.mask), thing
