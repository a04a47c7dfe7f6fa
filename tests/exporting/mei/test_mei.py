"""MEI: nothing is lost, elements know where they are drawn, breaks are those of the layout."""

from __future__ import annotations

from pathlib import Path

import pytest

import smashcima as sc
from smashcima.engravers.verovio import engrave
from smashcima.engraving import LayoutOptions
from smashcima.errors import ExportError
from smashcima.exporting import ImageLayer
from smashcima.exporting.mei import FacsimileImage, MeiExporter
from smashcima.exporting.symbolic import score_layout
from smashcima.loading import load_score
from smashcima.scene.semantic import ScoreBuilder, count_elements, note
from smashcima.scene.semantic.score_layout import ScoreLayout
from smashcima.scene.visual import Notehead

MEI = "{http://www.music-encoding.org/ns/mei}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


@pytest.fixture(scope="module")
def drawn(example_score: Path) -> tuple[sc.MusicScene, MeiExporter]:
    scene = sc.EngravedModel(seed=0, dpi=60)(example_score)
    images = tuple(FacsimileImage(scene.compose_page(p), f"page_{p.index}.png") for p in scene.pages)
    return scene, MeiExporter(images)


def test_every_note_has_the_zone_of_its_notehead(drawn: tuple[sc.MusicScene, MeiExporter]):
    scene, exporter = drawn
    root = exporter.export(scene.score)
    zones = {zone.get(XML_ID): zone for zone in root.iter(f"{MEI}zone")}
    notes = list(root.iter(f"{MEI}note"))
    assert len(notes) == len(list(scene.score.notes())) > 0
    for found in notes:
        kinds = {zones[name[1:]].get("type") for name in found.get("facs").split()}
        assert any(kind.startswith("notehead") for kind in kinds)


def test_zones_are_in_pixels_and_inside_the_picture(drawn: tuple[sc.MusicScene, MeiExporter]):
    scene, exporter = drawn
    root = exporter.export(scene.score)
    image = exporter.images[0].image
    (surface,) = list(root.iter(f"{MEI}surface"))[:1]
    assert (surface.get("lrx"), surface.get("lry")) == (str(image.width), str(image.height))
    assert surface.find(f"{MEI}graphic").get("target") == "page_0.png"
    head = scene.find(Notehead)[0]
    region = image.regions.of_object(head)
    zone = next(z for z in surface if z.get(XML_ID) == f"zone-1-{region.id}")
    assert tuple(int(zone.get(name)) for name in ("ulx", "uly", "lrx", "lry")) == region.pixel_box
    for zone in surface.iter(f"{MEI}zone"):
        assert 0 <= int(zone.get("ulx")) < int(zone.get("lrx")) <= image.width
        assert 0 <= int(zone.get("uly")) < int(zone.get("lry")) <= image.height


def test_all_references_lead_to_elements(drawn: tuple[sc.MusicScene, MeiExporter]):
    root = drawn[1].export(drawn[0].score)
    ids = [e.get(XML_ID) for e in root.iter(f"{MEI}*") if e.get(XML_ID)]
    assert len(ids) == len(set(ids))
    known = set(ids)
    for element in root.iter(f"{MEI}*"):
        for name in ("facs", "startid", "endid"):
            for found in (element.get(name) or "").split():
                assert found[1:] in known, (element.tag, name, found)


def test_breaks_of_the_layout_have_their_zones(drawn: tuple[sc.MusicScene, MeiExporter]):
    scene, exporter = drawn
    layout = score_layout(scene.pages)
    root = exporter.export(scene.score)
    breaks = list(root.iter(f"{MEI}pb", f"{MEI}sb"))
    assert sum(e.tag == f"{MEI}pb" for e in breaks) == layout.page_count
    assert sum(e.tag == f"{MEI}sb" for e in breaks) == len(layout.systems)
    assert all(e.get("facs") for e in breaks)


def test_it_is_laid_out_again_as_it_was(tutorial_score: Path):
    score = load_score(tutorial_score).score
    score.layout = score_layout(engrave(score))
    again = load_score(data=MeiExporter().export_string(score), format=".mei")
    assert again.issues == ()
    assert {k: v for k, v in count_elements(again.score).items() if "break" not in k} == {
        k: v for k, v in count_elements(score).items() if "break" not in k
    }
    encoded = score_layout(engrave(again.score, LayoutOptions(breaks="encoded")))
    assert encoded == score.layout


def test_ties_that_a_border_cuts_lead_up_to_it():
    made = ScoreBuilder(time="2/4")
    made.add_part("Flute", "treble")
    notes = [note("C5", "half") for _ in range(2)]
    for found in notes:
        made.add_voice(made.add_measure(), 1, found)
    made.tie(*notes)
    score = made.build()
    first = next(MeiExporter().export(score.slice(measures=range(1))).iter(f"{MEI}tie"))
    second = next(MeiExporter().export(score.slice(measures=range(1, 2))).iter(f"{MEI}tie"))
    assert (first.get("startid"), first.get("tstamp2")) == (f"#{notes[0].id}", "0m+3")
    assert (second.get("tstamp"), second.get("endid")) == ("0", f"#{notes[1].id}")


def test_ids_that_xml_does_not_allow_are_renamed_everywhere():
    made = ScoreBuilder(time="2/4")
    made.add_part("Flute", "treble")
    notes = [note("C5", "quarter"), note("D5", "quarter")]
    made.add_voice(made.add_measure(), 1, *notes)
    notes[0].id = "1 2"
    made.slur(*notes)
    score = made.build()
    score.layout = ScoreLayout.of([(0, [score.measures[0].id], [1])])
    root = MeiExporter().export(score)
    assert next(root.iter(f"{MEI}note")).get(XML_ID) == "id-1_2"
    assert next(root.iter(f"{MEI}slur")).get("startid") == "#id-1_2"


def test_a_picture_of_nothing_is_refused(example_score: Path):
    import numpy as np

    empty = FacsimileImage(ImageLayer(np.zeros((4, 4, 4), np.uint8), 60), "a.png")
    with pytest.raises(ExportError, match="no regions"):
        MeiExporter((empty,)).export(load_score(example_score).score)


def test_what_no_element_stands_for_is_listed(drawn: tuple[sc.MusicScene, MeiExporter]):
    listed = {issue.element for issue in drawn[1].omissions(drawn[0].score)}
    assert "smashcima::staffLine" in listed
    assert not any("notehead" in name for name in listed)
