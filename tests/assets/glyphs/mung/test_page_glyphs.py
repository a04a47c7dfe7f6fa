"""Labels, origins and ends follow from classes and relations."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from smashcima.assets.glyphs import GlyphStore, glyphs_from_mung
from smashcima.errors import AssetError

SPACE = 20
TOP, LEFT = 100, 50
"""Of the uppermost staff line, and of all of them."""


class Page:
    """Writes a small page of full boxes; the staff is always there."""

    def __init__(self, has_staff: bool = True) -> None:
        self.nodes: list[str] = []
        self.staff = -1
        if has_staff:
            lines = [self.add("staffLine", LEFT, TOP + SPACE * i - 1, 800, 2) for i in range(5)]
            self.staff = self.add("staff", LEFT, TOP, 800, 4 * SPACE, lines)

    def add(
        self,
        name: str,
        left: int,
        top: int,
        width: int,
        height: int,
        links: list[int] | None = None,
        mask: str = "",
    ) -> int:
        number = len(self.nodes)
        self.nodes.append(
            f"<Node><Id>{number}</Id><ClassName>{name}</ClassName><Top>{top}</Top><Left>{left}</Left>"
            f"<Width>{width}</Width><Height>{height}</Height><Mask>{mask or f'1:{width * height}'}</Mask>"
            f"<Outlinks>{' '.join(map(str, links or []))}</Outlinks></Node>"
        )
        return number

    def store(self, folder: Path, name: str = "page", **options: object) -> GlyphStore:
        path = folder / f"{name}.xml"
        path.write_text(f"<Nodes>{''.join(self.nodes)}</Nodes>", encoding="utf-8")
        return glyphs_from_mung(path, **options)  # type: ignore[arg-type]


def labels(store: GlyphStore) -> dict[int, str]:
    return {store.source(index)[1]: store.label(index) for index in range(len(store))}


def test_open_heads_are_told_apart_by_their_stems(tmp_path: Path):
    page = Page()
    stem = page.add("stem", 120, 90, 3, 50)
    half = page.add("notehead-empty", 100, 130, 22, 20, [stem, page.staff])
    whole = page.add("notehead-empty", 200, 130, 22, 20, [page.staff])
    found = labels(page.store(tmp_path))
    assert found[half] == "smufl::noteheadHalf"
    assert found[whole] == "smufl::noteheadWhole"


def test_flags_are_named_by_direction_and_number(tmp_path: Path):
    page = Page()
    up = page.add("stem", 121, 60, 3, 80)
    first, second = page.add("8th_flag", 124, 60, 15, 30), page.add("16th_flag", 124, 80, 15, 30)
    page.add("notehead-full", 100, 130, 22, 20, [up, first, second])
    down = page.add("stem", 300, 140, 3, 80)
    single = page.add("8th_flag", 303, 190, 15, 30)
    page.add("notehead-full", 300, 130, 22, 20, [down, single])
    small = page.add("8th_flag", 404, 100, 10, 20)
    page.add("grace-notehead-full", 390, 130, 14, 12, [page.add("stem", 402, 100, 2, 35), small])
    store = page.store(tmp_path)
    (both,) = store.of("smufl::flag16thUp")
    assert store.sizes[both].tolist() == [15, 50]
    assert store.origins_px[both].tolist() == [-3.0, 0.0]
    assert store.source(both)[1] == first
    assert [store.source(i)[1] for i in store.of("smashcima::flag8thUp")] == [first]
    assert [store.source(i)[1] for i in store.of("smashcima::flag16thUp")] == [second]
    (one,) = store.of("smufl::flag8thDown")
    assert store.source(one)[1] == single
    assert store.origins_px[one].tolist() == [-3.0, 30.0]
    assert [store.source(i)[1] for i in store.of("smashcima::flag8thUpSmall")] == [small]


def test_beams_of_one_stem_are_hooks(tmp_path: Path):
    page = Page()
    beam, hook = page.add("beam", 120, 60, 100, 8), page.add("beam", 120, 75, 20, 8)
    for x, beams in ((100, [beam, hook]), (200, [beam])):
        page.add("noteheadFull", x, 130, 22, 20, [page.add("stem", x + 20, 60, 3, 75), *beams])
    found = labels(page.store(tmp_path))
    assert found[beam] == "smashcima::beam"
    assert found[hook] == "smashcima::beamHook"


def test_figures_are_of_what_they_belong_to(tmp_path: Path):
    page = Page()
    figures = [page.add("numeral_3", 100 + 40 * i, 100, 20, 30) for i in range(3)]
    page.add("time_signature", 100, 100, 20, 30, [figures[0], page.staff])
    page.add("tuple", 140, 100, 20, 30, [figures[1]])
    found = labels(page.store(tmp_path))
    assert [found[i] for i in figures] == ["smufl::timeSig3", "smufl::tuplet3", "smashcima::numeral3"]


def test_letters_of_dynamics_are_no_text(tmp_path: Path):
    page = Page()
    soft, text = page.add("letter_p", 100, 200, 20, 30), page.add("letter_p", 200, 200, 20, 30)
    page.add("dynamics_text", 100, 200, 20, 30, [soft])
    page.add("tempo_text", 200, 200, 20, 30, [text])
    found = labels(page.store(tmp_path))
    assert found[soft] == "smufl::dynamicPiano"
    assert found[text] == "smashcima::letterSmallP"


def test_letters_that_are_there_twice_are_taken_once(tmp_path: Path):
    page = Page()
    box = (100, 200, 20, 30)
    letter, again = page.add("dynamicLetterP", *box), page.add("characterSmallP", *box)
    page.add("dynamicsText", *box, [letter, again])
    assert labels(page.store(tmp_path)) == {letter: "smufl::dynamicPiano"}


def test_signs_are_above_or_below_their_notes(tmp_path: Path):
    page = Page()
    above, below = page.add("staccato-dot", 105, 100, 6, 6), page.add("staccato-dot", 205, 160, 6, 6)
    page.add("notehead-full", 100, 130, 22, 20, [above])
    page.add("notehead-full", 200, 130, 22, 20, [below])
    store = page.store(tmp_path)
    found = labels(store)
    assert found[above] == "smufl::articStaccatoAbove"
    assert found[below] == "smufl::articStaccatoBelow"
    assert store.origins_px[store.of("smufl::articStaccatoAbove")[0]].tolist() == [0.0, 6.0]
    assert store.origins_px[store.of("smufl::articStaccatoBelow")[0]].tolist() == [0.0, 0.0]


def test_barlines_are_named_by_what_they_reach(tmp_path: Path):
    page = Page()
    single = page.add("thin_barline", 300, 100, 4, 82)
    tall = page.add("thin_barline", 400, 100, 4, 400)
    start = page.add("thin_barline", 50, 100, 4, 400)
    page.add("measure_separator", 300, 100, 4, 82, [single, page.staff])
    page.add("measure_separator", 400, 100, 4, 400, [tall, page.staff])
    page.add("staff_grouping", 50, 100, 4, 400, [start])
    found = labels(page.store(tmp_path))
    assert [found[i] for i in (single, tall, start)] == [
        "smufl::barlineSingle",
        "smashcima::barlineTall",
        "smashcima::systemStart",
    ]


def test_clefs_have_their_origins_on_their_lines(tmp_path: Path):
    page = Page()
    page.add("g-clef", 60, 80, 50, 140, [page.staff])
    page.add("f-clef", 160, 98, 50, 60, [page.staff])
    page.add("c-clef", 260, 95, 50, 80, [page.staff])
    store = page.store(tmp_path)
    lines = {"gClef": TOP + 3 * SPACE - 80, "fClef": TOP + SPACE - 98, "cClef": TOP + 2 * SPACE - 95}
    for name, y in lines.items():
        (index,) = store.of(f"smufl::{name}")
        assert store.origins_px[index, 1] == pytest.approx(y, abs=0.1)
        assert store.staff_spaces_px[index] == pytest.approx(SPACE, abs=0.01)


def test_flats_have_their_origins_where_the_writer_has_the_notes(tmp_path: Path):
    """Six flats, each with its foot 14 px below the middle of the head."""
    page = Page()
    for i in range(6):
        flat = page.add("flat", 100 + 90 * i, 100, 16, 50)
        page.add("notehead-full", 130 + 90 * i, 136 - 10, 22, 20, [flat, page.staff])
    store = page.store(tmp_path)
    assert store.origins_px[store.of("smufl::accidentalFlat")].tolist() == [[0.0, 36.0]] * 6


def test_stems_run_from_the_head(tmp_path: Path):
    page = Page()
    up, down = page.add("stem", 120, 60, 4, 80), page.add("stem", 200, 140, 4, 80)
    page.add("notehead-full", 100, 130, 22, 20, [up])
    page.add("notehead-full", 200, 130, 22, 20, [down])
    store = page.store(tmp_path)
    first, second = store.of("smufl::stem")
    assert (store.starts_px[first].tolist(), store.ends_px[first].tolist()) == ([2.0, 80.0], [2.0, 0.0])
    assert (store.starts_px[second].tolist(), store.ends_px[second].tolist()) == ([2.0, 0.0], [2.0, 80.0])
    assert store.stroke_px[first] == pytest.approx(4, abs=0.5)


def test_torn_masks_are_marked_and_kept(tmp_path: Path):
    page = Page()
    torn = page.add("restQuarter", 100, 100, 10, 40, mask="1:180 0:40 1:180")
    whole = page.add("restQuarter", 200, 100, 10, 40)
    store = page.store(tmp_path)
    assert [store.source(i)[1] for i in store.of("smufl::restQuarter")] == [whole]
    assert [store.source(i)[1] for i in store.of("smufl::restQuarter", usable_only=False)] == [torn, whole]
    assert np.array_equal(store.mask(0)[18:22], np.zeros((4, 10)))


def test_a_dot_in_a_hole_does_not_tear_a_mask(tmp_path: Path):
    page = Page()
    ring = "1:11 " + "0:8 1:2 " * 4 + "0:4 1:1 0:3 1:2 " + "0:8 1:2 " * 2 + "0:8 1:11"
    page.add("noteheadHalf", 100, 100, 10, 10, mask=ring)
    assert page.store(tmp_path).usable.tolist() == [True]


def test_masks_of_absurd_size_are_marked(tmp_path: Path):
    page = Page()
    heads = [page.add("noteheadFull", 60 + 40 * i, 130, 22 + i % 3, 20) for i in range(12)]
    large = page.add("noteheadFull", 600, 130, 70, 60)
    store = page.store(tmp_path)
    assert [store.source(i)[1] for i in store.of("smufl::noteheadBlack")] == heads
    assert not store.usable[[i for i in range(len(store)) if store.source(i)[1] == large]].any()


def test_pages_without_staves_need_no_more_than_heads(tmp_path: Path):
    page = Page(has_staff=False)
    page.add("noteheadBlack", 100, 130, 22, 18)
    assert page.store(tmp_path).staff_spaces_px.tolist() == [18.0]
    assert page.store(tmp_path, staff_space_px=25.0).staff_spaces_px.tolist() == [25.0]


def test_what_has_no_label_is_counted(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    page = Page()
    page.add("noteheadBlack", 100, 130, 22, 18)
    page.add("coffeeStain", 200, 130, 22, 18)
    with caplog.at_level("WARNING"):
        assert len(page.store(tmp_path)) == 1
    assert "1 coffeeStain" in caplog.text


def test_writers_come_from_names_or_are_given(tmp_path: Path):
    page = Page()
    page.add("noteheadBlack", 100, 130, 22, 18)
    assert page.store(tmp_path, "CVC-MUSCIMA_W-07_N-10_D-ideal").writers == ("W-07",)
    assert page.store(tmp_path, "other").writers == ("other",)
    assert page.store(tmp_path, "other", writer="me").writers == ("me",)
    assert page.store(tmp_path, "a-b", writer=lambda name: name[:1]).writers == ("a",)


def test_objects_without_masks_take_the_ink_of_the_image(tmp_path: Path):
    import cv2

    (tmp_path / "images").mkdir()
    image = np.full((300, 900), 255, np.uint8)
    cv2.circle(image, (111, 139), 8, 0, -1)
    cv2.imwrite(str(tmp_path / "images" / "page.png"), image)
    page = Page()
    page.add("noteheadBlack", 100, 130, 22, 18)
    page.nodes[-1] = page.nodes[-1].replace("<Mask>1:396</Mask>", "")
    store = page.store(tmp_path, images=tmp_path / "images")
    assert np.array_equal(store.mask(0), 255 - image[130:148, 100:122])
    assert page.store(tmp_path).mask(0).all()


def test_no_files_are_an_error(tmp_path: Path):
    with pytest.raises(AssetError, match="no annotation files"):
        glyphs_from_mung(tmp_path)
    with pytest.raises(AssetError, match="no symbols"):
        Page().store(tmp_path)
