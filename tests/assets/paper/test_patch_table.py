from __future__ import annotations

from pathlib import Path

import pytest

from smashcima.assets.paper import PatchRow, check_patch_table, patch_table_text, read_patch_table
from smashcima.errors import AssetError, CorruptAssetError

HEADER = "identifier,x,y,width,height,dpi,server,note"
GOOD = "uuid:6b5e2a10-12ab-4000-8000-00000000000f,120,300,640,480,300,,lower margin"


@pytest.fixture
def table(tmp_path: Path):
    def write(*lines: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "patches.csv"
        path.write_text("\n".join(lines) + "\n", encoding=encoding)
        return path

    return write


def test_rows_are_read(table):
    path = table("# papers of a friend", HEADER, GOOD, "", 'p1,0,0,64,4096,50,https://a.org/iiif,"red, blue"')
    assert check_patch_table(path) == []
    assert read_patch_table(path) == (
        PatchRow("uuid:6b5e2a10-12ab-4000-8000-00000000000f", 120, 300, 640, 480, 300.0, "", "lower margin"),
        PatchRow("p1", 0, 0, 64, 4096, 50.0, "https://a.org/iiif", "red, blue"),
    )


def test_server_and_note_may_be_left_out_and_columns_be_in_any_order(table):
    path = table("dpi,identifier,width,height,x,y", "300,p1,70,80,1,2")
    assert read_patch_table(path) == (PatchRow("p1", 1, 2, 70, 80, 300.0),)


def test_a_mark_of_the_byte_order_is_no_problem(table):
    assert check_patch_table(table(HEADER, GOOD, encoding="utf-8-sig")) == []


@pytest.mark.parametrize(
    "row, element, what",
    [
        (",0,0,64,64,300,,", "identifier", "is empty"),
        ("two words,0,0,64,64,300,,", "identifier", "spaces"),
        ("uuid:123,0,0,64,64,300,,", "identifier", "hexadecimal"),
        ("p,-1,0,64,64,300,,", "x", "'-1' is not a whole number"),
        ("p,0,1.5,64,64,300,,", "y", "'1.5' is not a whole number"),
        ("p,0,0,63,64,300,,", "width", "63 px; a side must have 64 to 4096 px"),
        ("p,0,0,64,4097,300,,", "height", "4097 px"),
        ("p,0,0,64,,300,,", "height", "'' is not a whole number"),
        ("p,0,0,64,64,,,", "dpi", "'' is not a number between 50 and 1200"),
        ("p,0,0,64,64,nan,,", "dpi", "'nan'"),
        ("p,0,0,64,64,30,,", "dpi", "'30'"),
        ("p,0,0,64,64,300,ftp://a.org,", "server", "'ftp://a.org' is not a URL"),
        ("p,0,0,64,64,300,images.org,", "server", "is not a URL"),
        ("p,0,0,64,64,300", "cells", "the line has 6 cells, but there are 8 columns"),
        ("p,0,0,64,64,300,,a,b", "cells", "the line has 9 cells"),
    ],
)
def test_a_wrong_row_is_told_with_its_line(table, row: str, element: str, what: str):
    path = table(HEADER, GOOD, row)
    (issue,) = check_patch_table(path)
    assert (issue.where, issue.element) == ("line 3", element)
    assert what in issue.what
    with pytest.raises(CorruptAssetError, match="line 3"):
        read_patch_table(path)


def test_all_problems_of_a_row_are_told(table):
    issues = check_patch_table(table(HEADER, "p,a,0,10,64,0,x,"))
    assert [issue.element for issue in issues] == ["x", "width", "dpi", "server"]


def test_a_patch_that_is_there_twice_is_told(table):
    (issue,) = check_patch_table(table(HEADER, GOOD, "p,0,0,64,64,300,,", GOOD))
    assert str(issue) == "line 4: identifier: duplicate of the patch in line 2"


def test_columns_are_checked(table):
    issues = check_patch_table(table("identifier,x,y,width,hight,dpi,x"))
    assert [str(issue).partition(";")[0] for issue in issues] == [
        "line 1: height: column is missing",
        "line 1: x: duplicate column",
        "line 1: hight: unknown column",
    ]


def test_an_empty_table_is_told(table):
    assert "empty" in check_patch_table(table(""))[0].what
    (issue,) = check_patch_table(table(HEADER))
    assert issue.what == "the table has no patches"


def test_a_table_in_another_encoding_is_told(table):
    (issue,) = check_patch_table(table(HEADER, "p,0,0,64,64,300,,žluťoučký", encoding="cp1250"))
    assert issue.element == "encoding"


def test_a_table_with_an_open_quote_is_told(table):
    (issue,) = check_patch_table(table(HEADER, 'p,0,0,64,64,300,,"open'))
    assert issue.element == "CSV"


def test_a_table_that_is_not_there_is_an_error(tmp_path: Path):
    with pytest.raises(AssetError, match="cannot be read"):
        check_patch_table(tmp_path / "none.csv")


def test_a_table_is_written_as_it_is_read(table, tmp_path: Path):
    rows = (
        PatchRow("p1", 1, 2, 70, 80, 300.0, "https://a.org", 'a "note", with all'),
        PatchRow("p2", 0, 0, 64, 64, 72.5),
    )
    path = tmp_path / "written.csv"
    path.write_text(patch_table_text(rows), encoding="utf-8")
    assert read_patch_table(path) == rows


def test_file_names_are_plain_and_tell_patches_apart():
    assert PatchRow("uuid:ab/../c d", 1, 2, 64, 70, 300).file_name == "uuid-ab-c-d_1_2_64_70.jpg"
    assert PatchRow("/", 1, 2, 64, 70, 300).file_name == "page_1_2_64_70.jpg"
