from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from smashcima.errors import UnsupportedFormatError
from smashcima.loading import (
    ReadMusic,
    Source,
    SourceFormat,
    find_format,
    known_formats,
    load_mei_text,
    register_format,
)
from smashcima.loading import formats as formats_module
from smashcima.loading.foreign import HUMDRUM

KERN = "**kern\n*clefG2\n*M4/4\n=1\n4c\n4d\n4e\n4f\n==\n*-\n"
ABC = "X:1\nT:A Tune\nM:4/4\nL:1/4\nK:G\nGABc|\n"
PAE = "@clef:G-2\n@keysig:xF\n@timesig:4/4\n@data:'4CDEF//\n"
MEI = (
    '<mei xmlns="http://www.music-encoding.org/ns/mei"><meiHead><fileDesc><titleStmt><title>T</title></titleStmt>'
    '<pubStmt/></fileDesc></meiHead><music><body><mdiv><score><scoreDef><staffGrp><staffDef n="1" lines="5" '
    'clef.shape="G" clef.line="2"/></staffGrp></scoreDef><section><measure n="1"><staff n="1"><layer n="1">'
    '<note pname="c" oct="4" dur="1"/></layer></staff></measure></section></score></mdiv></body></music></mei>'
)


@pytest.fixture
def own_formats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats_module, "_formats", list(known_formats()))


@pytest.mark.parametrize(
    ("text", "suffix", "notes"), [(KERN, ".krn", 4), (ABC, ".abc", 4), (PAE, ".pae", 4), (MEI, ".mei", 1)]
)
@pytest.mark.parametrize("by", ["suffix", "content", "format"])
def test_each_notation_is_read_by_suffix_by_content_and_by_name(
    tmp_path: Path, text: str, suffix: str, notes: int, by: str
) -> None:
    path = tmp_path / ("music" + (suffix if by == "suffix" else ".txt"))
    path.write_text(text)
    loaded = load_mei_text(path, format=suffix if by == "format" else None)
    assert loaded.meis[0].count("<note ") == notes
    assert loaded.source_name == path.name


@pytest.mark.parametrize("name", ["krn", ".krn", ".KRN", "kern", "humdrum", "Humdrum", "**kern", " hum "])
def test_a_format_has_many_names(name: str) -> None:
    assert find_format(Source("a", KERN.encode()), name).name == "Humdrum"


def test_the_root_element_decides_between_the_kinds_of_xml(musicxml: Callable[..., str]) -> None:
    assert load_mei_text(data=MEI, format=".musicxml").meis[0].count("<note ") == 1
    assert load_mei_text(data=musicxml(), format=".mei").meis[0].count("<note ") == 1


def test_there_is_a_reader_for_every_promised_suffix() -> None:
    suffixes = {suffix for each in known_formats() for suffix in each.suffixes}
    assert suffixes >= {".musicxml", ".xml", ".mxl", ".mei", ".krn", ".abc", ".pae", ".mid"}


@pytest.mark.usefixtures("own_formats")
def test_a_notation_of_ones_own_is_a_reader_and_a_name(tmp_path: Path) -> None:
    def read(source: Source) -> ReadMusic:
        return ReadMusic((MEI.replace('pname="c"', f'pname="{source.data.decode()}"'),), ("mine",))

    register_format(SourceFormat("One letter", (".letter",), read))
    path = tmp_path / "a.letter"
    path.write_text("e")
    loaded = load_mei_text(path)
    assert 'pname="e"' in loaded.meis[0]
    assert loaded.names == ("mine",)


@pytest.mark.usefixtures("own_formats")
def test_the_latest_of_two_readers_of_a_suffix_is_used() -> None:
    def read(source: Source) -> ReadMusic:
        return ReadMusic((MEI,), ("other",))

    register_format(SourceFormat("Other ABC", (".abc",), read))
    assert load_mei_text(data=ABC, format="abc").names == ("other",)


def test_formats_that_a_test_registers_are_gone_after_it() -> None:
    with pytest.raises(UnsupportedFormatError):
        find_format(Source("a", b"x"), "letter")


def test_several_movements_of_an_mei_are_several_scores() -> None:
    mdiv = MEI[MEI.index("<mdiv>") : MEI.index("</body>")]
    second = mdiv.replace("<mdiv>", '<mdiv label="Finale">').replace(
        "</layer>", '<note pname="d" oct="4" dur="1"/></layer>'
    )
    loaded = load_mei_text(data=MEI.replace("</body>", second + "</body>"))
    assert [mei.count("<note ") for mei in loaded.meis] == [1, 2]
    assert loaded.names == ("movement 1", "Finale")


def test_a_corpus_of_mei_documents_is_several_scores() -> None:
    corpus = f'<meiCorpus xmlns="http://www.music-encoding.org/ns/mei"><meiHead/>{MEI}{MEI}</meiCorpus>'
    assert len(load_mei_text(data=corpus).meis) == 2


def test_a_clef_defined_between_measures_of_an_mei_is_read() -> None:
    second = MEI[MEI.index("<measure") : MEI.index("</section>")]
    changed = MEI.replace("</section>", f'<staffDef n="1" clef.shape="F" clef.line="4"/>{second}</section>')
    loaded = load_mei_text(data=changed)
    assert loaded.meis[0].count('clef.shape="F"') == 1
    assert [issue.element for issue in loaded.issues if issue.element != "verovio"] == ["staffDef"]


def test_a_clef_repeated_between_measures_of_an_mei_is_not_doubled() -> None:
    second = MEI[MEI.index("<measure") : MEI.index("</section>")]
    repeated = MEI.replace("</section>", f'<staffDef n="1" clef.shape="G" clef.line="2"/>{second}</section>')
    assert load_mei_text(data=repeated).meis[0].count('clef.shape="G"') == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**kern\n4c\n*-\n", True),
        ("!!!OTL: A song\n**kern\t**text\t**kern\r\n*\t*\t*\n", True),
        ("# Readme\n\n**Synthetic sheet music for everybody.**\n", False),
        ("# Readme\n\n**Bold**\n", False),
        ("****\n", False),
    ],
)
def test_bold_words_of_markdown_are_not_humdrum(text: str, expected: bool) -> None:
    assert HUMDRUM.looks_like is not None
    assert HUMDRUM.looks_like(text.encode()) is expected
