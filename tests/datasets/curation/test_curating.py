"""Folders of pages in, good pages of music out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from typer.testing import CliRunner

from smashcima.cli.main import app
from smashcima.datasets.curation import CurationRules, PageQuality, curate, find_sources, read_pages
from smashcima.datasets.curation.curating import CurationReport
from smashcima.errors import MalformedSourceError, SettingsError, SourceNotFoundError


def save(path: Path, page: np.ndarray) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    assert cv2.imwrite(str(path), page)
    return path


@pytest.fixture
def sources(tmp_path: Path, music, text_page) -> Path:
    root = tmp_path / "in"
    page = music()
    save(root / "a" / "sonata.png", page)
    save(root / "a" / "again.jpg", page)
    save(root / "IMSLP7_12.jpg", music(seed=5))
    save(root / "cover.png", text_page)
    (root / "broken.png").write_bytes(b"\x89PNG no")
    (root / "letter.txt").write_text("not an image")
    return root


def test_pages_are_kept_or_rejected_with_a_reason(sources: Path, tmp_path: Path):
    report = curate(sources, tmp_path / "out")
    found = {verdict.source: (verdict.file, verdict.reasons) for verdict in report.verdicts}
    assert found == {
        "IMSLP7_12.jpg": ("IMSLP7_12.jpg", ()),
        "a/again.jpg": ("a-again_1.jpg", ()),
        "a/sonata.png": (None, ("duplicate",)),
        "broken.png": (None, ("unreadable",)),
        "cover.png": (None, ("no music", "part of page")),
    }
    assert (report.kept, report.rejected["unreadable"]) == (2, 1)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "IMSLP7_12.jpg",
        "a-again_1.jpg",
        "report.html",
        "report.json",
    ]


def test_jpeg_images_are_copied_unchanged_and_others_are_encoded(sources: Path, tmp_path: Path):
    curate(sources, tmp_path / "out", CurationRules(duplicates=True))
    assert (tmp_path / "out" / "IMSLP7_12.jpg").read_bytes() == (sources / "IMSLP7_12.jpg").read_bytes()
    picture = cv2.imread(str(tmp_path / "out" / "a-sonata_1.jpg"), cv2.IMREAD_UNCHANGED)
    original = cv2.imread(str(sources / "a" / "sonata.png"), cv2.IMREAD_UNCHANGED)
    assert picture.shape == original.shape
    assert np.abs(picture.astype(int) - original).mean() < 3


def test_the_report_states_rules_numbers_and_measurements(sources: Path, tmp_path: Path):
    curate(sources, tmp_path / "out", CurationRules(max_skew_deg=2))
    data = json.loads((tmp_path / "out" / "report.json").read_text())
    assert data["rules"]["max_skew_deg"] == 2
    assert (data["pages"], data["kept"]) == (5, 2)
    kept = data["verdicts"][0]
    assert kept["depth"] in (1, 8)
    assert kept["score_probability"] > 0.5
    assert abs(kept["skew_deg"]) < 0.2
    repeated = next(each for each in data["verdicts"] if "duplicate" in each["reasons"])
    assert repeated["detail"] == "a/again.jpg, page 1"
    page = (tmp_path / "out" / "report.html").read_text()
    assert "IMSLP7_12.jpg" in page
    assert "shows the same as an earlier page (a/again.jpg, page 1)" in page


def test_a_second_run_gives_the_same_files(sources: Path, tmp_path: Path):
    out = tmp_path / "out"
    curate(sources, out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    curate(sources, out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_pages_of_one_name_do_not_replace_each_other(tmp_path: Path, music):
    save(tmp_path / "in" / "x.png", music(seed=1))
    save(tmp_path / "in" / "x.bmp", music(seed=2))
    report = curate(tmp_path / "in", tmp_path / "out")
    assert [verdict.file for verdict in report.verdicts] == ["x_1.jpg", "x-2_1.jpg"]


def test_a_tiff_file_has_several_pages(tmp_path: Path, music):
    path = tmp_path / "piece.tif"
    assert cv2.imwritemulti(str(path), [music(seed=1), music(seed=2)])
    pages = list(read_pages(path, path))
    assert [(page.name, page.original) for page in pages] == [("piece_1", None), ("piece_2", None)]


def test_text_in_reports_is_escaped():
    from smashcima.datasets.curation.curating import PageVerdict
    from smashcima.datasets.curation.report_page import report_page

    verdict = PageVerdict("<b>.png", None, None, ("unreadable",), None, "<i>")
    page = report_page(CurationReport(CurationRules(), [verdict]))
    assert "&lt;b&gt;.png" in page
    assert "<i>" not in page


def test_wrong_arguments_are_refused(tmp_path: Path, sources: Path):
    with pytest.raises(SourceNotFoundError, match="no file or folder"):
        find_sources(tmp_path / "missing")
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceNotFoundError, match="contains no images"):
        find_sources(tmp_path / "empty")
    with pytest.raises(SettingsError, match="among the sources"):
        curate(sources, sources / "out")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x")
    with pytest.raises(SettingsError, match="not empty"):
        curate(sources, tmp_path / "full")
    with pytest.raises(SettingsError, match="jpg or png"):
        curate(sources, tmp_path / "out", format="gif")
    with pytest.raises(SettingsError, match=r"1 \(black and white\)"):
        CurationRules(max_depth=2)
    with pytest.raises(SettingsError, match="min_music_share must be between 0 and 1"):
        CurationRules(min_music_share=66)


def test_each_rule_has_its_reason():
    good = PageQuality(depth=1, score_probability=0.9, music_share=0.8, skew_deg=-0.5, specks=10)
    rules = CurationRules.musicscore()
    assert rules.objections(good) == []
    bad = {"depth": 8, "score_probability": 0.4, "music_share": 0.6, "skew_deg": -3.1, "specks": 4001}
    reasons = [rules.objections(replace(good, **{name: value})) for name, value in bad.items()]
    assert reasons == [["depth"], ["no music"], ["part of page"], ["skewed"], ["specks"]]


def test_the_rules_of_musicscore():
    rules = CurationRules.musicscore()
    assert (rules.max_depth, rules.min_music_share) == (1, 2 / 3)


def test_the_command_prints_what_was_rejected(sources: Path, tmp_path: Path):
    done = CliRunner().invoke(app, ["curate", str(sources), "-o", str(tmp_path / "out"), "--min-music", "0"])
    assert done.exit_code == 1  # a file cannot be read
    assert "✓ 2 of 5 pages" in done.output
    assert "not a page of music" in done.output
    assert "broken.png" in done.output
    wrong = CliRunner().invoke(app, ["curate", str(sources), "-o", str(tmp_path / "out"), "--max-depth", "3"])
    assert wrong.exit_code == 1
    assert "black and white" in wrong.output


@pytest.fixture
def pdf(tmp_path: Path, music) -> Path:
    """A PDF file of two pages: a black and white picture, and one in shades of gray."""
    pytest.importorskip("pypdfium2", reason="PDF files need pypdfium2, the extra `curate`")
    image = pytest.importorskip("PIL.Image", reason="Pillow makes the PDF file of this test")
    first = image.fromarray(music(seed=1)).convert("1")
    second = image.fromarray(music(seed=2))
    (tmp_path / "pdf").mkdir()
    path = tmp_path / "pdf" / "My Piece.pdf"
    first.save(path, save_all=True, append_images=[second], resolution=100)
    return path


def test_pages_of_pdf_files_have_the_depth_of_their_pictures(pdf: Path):
    pages = list(read_pages(pdf, pdf.parent, dpi=100))
    assert [(page.name, page.depth) for page in pages] == [("My_Piece_1", 1), ("My_Piece_2", 8)]
    assert pages[0].pixels.shape == (1100, 850, 3)


def test_black_and_white_pages_of_pdf_files_are_kept(pdf: Path, tmp_path: Path):
    report = curate(pdf.parent, tmp_path / "out", CurationRules(max_depth=1), dpi=100)
    assert [(each.file, each.reasons) for each in report.verdicts] == [
        ("My_Piece_1.jpg", ()),
        (None, ("depth",)),
    ]


def test_broken_pdf_files_are_named(tmp_path: Path):
    pytest.importorskip("pypdfium2", reason="PDF files need pypdfium2, the extra `curate`")
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(MalformedSourceError, match=r"x\.pdf cannot be read as PDF"):
        list(read_pages(path, tmp_path))


def test_without_the_extra_the_error_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    import sys

    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(SettingsError, match=r"smashcima\[curate\]"):
        find_sources(tmp_path)
