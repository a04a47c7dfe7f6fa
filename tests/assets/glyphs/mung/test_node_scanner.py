"""Files in regular form are scanned as the XML parser reads them; all other files are left to it."""

from __future__ import annotations

import pytest

from smashcima.assets.glyphs.mung import read_mung
from smashcima.assets.glyphs.mung.node_scanner import ScannedNode, scan_nodes

REGULAR = """<?xml version="1.0" encoding="utf-8"?>
<CropObjectList xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<CropObjects>
<CropObject xml:id="MUSCIMA-pp_1.0___page___4">
	<Id>4</Id>
	<ClassName>hairpin-cresc.</ClassName>
	<Top>10</Top>
	<Left>20</Left>
	<Width>3</Width>
	<Height>2</Height>
	<Mask>0:1 1:2 0:2 1:1</Mask>
	<Inlinks>3</Inlinks>
	<Outlinks>7 9</Outlinks>
</CropObject>
<CropObject xml:id="MUSCIMA-pp_1.0___page___5">
	<Id>5</Id>
	<ClassName>staff</ClassName>
	<Top>1</Top>
	<Left>2</Left>
	<Width>30</Width>
	<Height>1</Height>
	<Mask>1:12 0:18</Mask>
</CropObject>
</CropObjects>
</CropObjectList>
"""


def test_all_fields_of_a_regular_file_are_found():
    assert scan_nodes(REGULAR.encode()) == [
        ScannedNode(4, "hairpin-cresc.", 20, 10, 3, 2, [7, 9], b"0:1 1:2 0:2 1:1"),
        ScannedNode(5, "staff", 2, 1, 30, 1, [], b"1:12 0:18"),
    ]


def test_nodes_of_the_newer_form_are_found():
    node = "<Node><Id>4</Id><ClassName>stem</ClassName><Top>1</Top><Left>2</Left><Width>3</Width><Height>4</Height></Node>"
    assert scan_nodes(f'<Nodes dataset="D">{node}</Nodes>'.encode()) == [
        ScannedNode(4, "stem", 2, 1, 3, 4, [], b"")
    ]


@pytest.mark.parametrize(
    "old, new",
    [
        ("<CropObjects>", "<CropObjects><!-- a comment -->"),
        ("<ClassName>staff</ClassName>", "<ClassName>staff</ClassName><Data/>"),
        ("<ClassName>staff", "<ClassName>st&#97;ff"),
        ("<Mask>1:12 0:18</Mask>", "<Mask><![CDATA[1:12 0:18]]></Mask>"),
        ("<Top>1</Top>\n\t<Left>2</Left>", "<Left>2</Left>\n\t<Top>1</Top>"),
        ("<Top>1<", "<Top> 1 <"),
        ("</CropObject>\n</CropObjects>", "</CropObject>\nsome text</CropObjects>"),
        ('xml:id="MUSCIMA-pp_1.0___page___5"', "xml:id='five'"),
        ('encoding="utf-8"', 'encoding="iso-8859-1"'),
    ],
)
def test_other_files_are_left_to_the_parser(old: str, new: str):
    assert REGULAR.count(old) == 1
    xml = REGULAR.replace(old, new).encode()
    assert scan_nodes(xml) is None
    _, staff = read_mung(xml, "page")
    assert (staff.object_id, staff.class_name, staff.left, staff.top, staff.width) == (5, "staff", 2, 1, 30)
    assert staff.mask is not None
    assert staff.mask.sum() == 12


@pytest.mark.parametrize(
    "damaged", [REGULAR[:-20], REGULAR.replace("</Mask>", "", 1), REGULAR + "<more/>", ""]
)
def test_damaged_files_are_not_scanned(damaged: str):
    assert scan_nodes(damaged.encode()) is None
