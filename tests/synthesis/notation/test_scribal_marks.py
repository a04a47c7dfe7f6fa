"""Custodes, corrections, blots and other marks of scribes, and their ground truth."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

import smashcima as sc
from smashcima.exporting import MungExporter
from smashcima.scene.semantic import Note
from smashcima.scene.visual import (
    BarlineMark,
    BlotMark,
    CancellationMark,
    ClefMark,
    CustosMark,
    ErasureMark,
    InkPath,
    MeasureRestMark,
    Notehead,
    RestMark,
    StaffLine,
    Stem,
    TurnMark,
    VisualObject,
)
from smashcima.synthesis.pen import PenWriter

TUNE = "X:1\nM:4/4\nL:1/4\nK:G\n" + "|".join(
    ["GABc", "Z", "dBGD", "ecAF", "g2d2", "Z", "BdGB", "A4", "cABG", "Z", "DFAc", "B2G2"] * 3
)
WITH_EMPTY_BARS = "X:1\nM:4/4\nL:1/4\nK:G\nGABc|Z|d4|Z|Z|g4|Z|Z|A4|"
SMALL = sc.LayoutOptions(page="110x120", margins=10, titles=False)


def scene_of(
    index: int = 0, pages: object = None, tune: str = TUNE, **habits: float
) -> sc.orchestration.MusicScene:
    writer = PenWriter.from_seed(3, "quill")
    assert writer.scribe is not None
    names = ("custodes", "turn_marks", "cancellations", "erasures", "blots", "empty_staves")
    clean = dict.fromkeys(names, 0.0)
    writer = replace(writer, scribe=replace(writer.scribe, **{**clean, **habits}))  # type: ignore[arg-type]
    model = sc.BaseHandwrittenModel(seed=1, writer=writer, layout=SMALL, dpi=150)
    return model(data=tune, format=".abc", index=index, pages=pages)  # type: ignore[arg-type]


def marks_of(scene: sc.orchestration.MusicScene, kind: type[VisualObject]) -> list[VisualObject]:
    return [mark for page in scene.pages for mark in kind.many_of(page, "page") if type(mark) is kind]


def classes_in_mung(scene: sc.orchestration.MusicScene) -> list[str]:
    names = []
    for page in scene.pages:
        root = ET.fromstring(MungExporter().export_string(scene.compose_page(page)))
        names += [node.findtext("ClassName") or "" for node in root.iter("Node")]
    return names


def test_a_custos_stands_at_the_height_of_the_first_note_of_the_next_staff() -> None:
    scene = scene_of(custodes=1.0)
    custodes = [mark for mark in marks_of(scene, CustosMark) if mark.notehead is not None]  # type: ignore[attr-defined]
    assert custodes
    for mark in custodes:
        assert isinstance(mark, CustosMark)
        head, staff = mark.notehead, mark.staff
        assert isinstance(head, Notehead)
        assert mark.announced is head.note
        assert isinstance(head, Notehead)
        assert staff is not None
        assert head.staff is not None
        below = head.staff
        assert head.system is not None
        assert mark.system is not None
        assert head.system.index == mark.system.index + 1
        # The first note of its staff.
        box = head.bbox()
        others = [
            each.bbox().left
            for each in Notehead.many_of(mark.page, "page")  # type: ignore[arg-type]
            if each.staff is below and each is not head
        ]
        assert all(box.left <= left for left in others)
        own_y = mark.glyph.space.transform.apply_to(np.zeros((1, 2)))[0, 1]
        middle, below_middle = np.mean(staff.line_ys), np.mean(below.line_ys)
        steps = (own_y - middle) / (staff.staff_space / 2)
        drawn = (box.top + box.height / 2 - below_middle) / (below.staff_space / 2)
        assert steps == pytest.approx(round(steps), abs=1e-6)
        assert steps == pytest.approx(drawn, abs=0.6)
        # To the right of all music of its staff.
        heads = [each for each in Notehead.many_of(mark.page, "page") if each.staff is staff]  # type: ignore[arg-type]
        assert all(mark.bbox().left > each.bbox().right for each in heads)


def test_a_custos_at_the_foot_of_a_page_stands_at_the_height_of_the_first_note_of_the_next_page() -> None:
    scene = scene_of(custodes=1.0)
    assert len(scene.pages) > 1
    found = 0
    for page, following in pairwise(scene.pages):
        system = page.systems[-1]
        marks = [
            mark
            for mark in CustosMark.many_of(page, "page")
            if mark.system is system and mark.notehead is None
        ]
        first = scene.score.measures[following.systems[0].measures[0].index]
        begins = first.voices[0].events[0]
        assert len(marks) == isinstance(begins, Note)
        for mark in marks:
            found += 1
            assert mark.announced is begins
            staff = mark.staff
            assert staff is not None
            own_y = mark.glyph.space.transform.apply_to(np.zeros((1, 2)))[0, 1]
            steps = (np.mean(staff.line_ys) - own_y) / (staff.staff_space / 2)
            assert steps == pytest.approx(begins.position)
    assert found
    assert not [
        mark
        for mark in CustosMark.many_of(scene.pages[-1], "page")
        if mark.system is scene.pages[-1].systems[-1]
    ]


def test_a_page_alone_has_the_same_custodes() -> None:
    whole, alone = scene_of(custodes=1.0), scene_of(custodes=1.0, pages=[0])
    boxes = [[mark.bbox() for mark in CustosMark.many_of(scene.pages[0], "page")] for scene in (whole, alone)]
    assert boxes[0] == boxes[1] != []


def test_custodes_are_classes_of_mung_and_coco() -> None:
    scene = scene_of(custodes=1.0)
    count = len(marks_of(scene, CustosMark))
    assert classes_in_mung(scene).count("custos") == count > 0


def test_cancelled_notes_are_ink_with_a_label_and_no_music() -> None:
    plain, cancelled = (scene_of(tune=WITH_EMPTY_BARS, cancellations=share) for share in (0.0, 1.0))
    marks = marks_of(cancelled, CancellationMark)
    assert marks
    names = classes_in_mung(cancelled)
    assert names.count("unclassified") == len(marks)
    assert len(marks_of(plain, Notehead)) == len(marks_of(cancelled, Notehead))
    assert names.count("noteheadBlack") == classes_in_mung(plain).count("noteheadBlack")
    assert sc.verify(cancelled).is_proven
    for mark in marks:
        assert mark.label == "smashcima::cancellation"
        area = mark.bbox()
        for head in Notehead.many_of(mark.page, "page"):  # type: ignore[arg-type]
            if head.staff is mark.staff:
                box = head.bbox()
                assert box.right < area.left or box.left > area.right


def test_erasures_are_faint() -> None:
    scene = scene_of(erasures=1.0)
    marks = marks_of(scene, ErasureMark)
    assert marks
    assert all(path.color[3] < 60 for mark in marks for path in mark.glyph.paths)
    assert sc.verify(scene).is_proven
    for mark in marks:
        # No other ink lies in its space, where it would be drawn.
        assert InkPath.many_of(mark.glyph.space, "space") == mark.glyph.paths


def test_blots_fall_beside_everything_that_is_written() -> None:
    scene = scene_of(blots=25.0)
    marks = marks_of(scene, BlotMark)
    assert len(marks) > 10
    for mark in marks:
        assert mark.label == "smashcima::distractorBlot"
        centre = mark.glyph.space.transform.apply_to(np.zeros((1, 2)))[0]
        for kind in (Notehead, RestMark, MeasureRestMark, ClefMark, BarlineMark, Stem):
            for each in kind.many_of(mark.page, "page"):  # type: ignore[arg-type]
                box = each.bbox()
                inside = box.left <= centre[0] <= box.right and box.top <= centre[1] <= box.bottom
                assert not inside


def test_the_reader_is_asked_to_turn_all_pages_but_the_last() -> None:
    scene = scene_of(turn_marks=1.0)
    assert len(scene.pages) > 1
    pages = [mark.page for mark in marks_of(scene, TurnMark)]
    assert pages == scene.pages[:-1]
    assert all(isinstance(mark, TurnMark) and mark.text for mark in marks_of(scene, TurnMark))


def test_empty_staves_fill_the_foot_of_the_last_page_only() -> None:
    plain, ruled = scene_of(), scene_of(empty_staves=1.0)
    counts = [[len(StaffLine.many_of(page, "page")) for page in scene.pages] for scene in (plain, ruled)]
    assert counts[0][:-1] == counts[1][:-1]
    more = counts[1][-1] - counts[0][-1]
    assert more >= 0
    assert more % 5 == 0
    assert [len(page.systems) for page in plain.pages] == [len(page.systems) for page in ruled.pages]


def test_a_page_does_not_depend_on_which_pages_are_drawn() -> None:
    names = ("custodes", "turn_marks", "cancellations", "erasures", "blots", "empty_staves")
    habits = dict.fromkeys(names, 1.0)
    whole, last = scene_of(**habits), scene_of(pages=lambda count: [count - 1], **habits)
    assert np.array_equal(whole.render(whole.pages[-1]), last.render(last.pages[0]))


def test_the_same_seed_gives_the_same_marks() -> None:
    habits = dict.fromkeys(("custodes", "cancellations", "erasures", "blots"), 1.0)
    one, two = scene_of(**habits), scene_of(**habits)
    assert all(
        np.array_equal(one.render(a), two.render(b)) for a, b in zip(one.pages, two.pages, strict=True)
    )
    other = scene_of(index=1, **habits)
    assert not np.array_equal(one.render(one.pages[0]), other.render(other.pages[0]))
