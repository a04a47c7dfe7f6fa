"""Everything on the page is in the graph, linked as in MUSCIMA++, and means what the source says."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import smashcima as sc
from smashcima.exporting.annotation import PageAnnotation, annotate
from smashcima.exporting.classes import ClassSelection, vocabulary
from smashcima.exporting.coco import CocoExporter
from smashcima.exporting.mung import MungExporter
from smashcima.scene.visual import Notehead, SlurCurve, TieCurve, VisualObject

DPI = 30
RARE_SIGNS = Path(__file__).parent / "rare_signs.musicxml"
CONTRADICTORY = {"lc6666995.mxl"}
"""Where music21 itself gives one barline two onsets, one in each part: a measure that a repeat divides."""

SELF_EVIDENT = {"staff", "staff_space", "staff_line"}
"""The rules of MUSCIMA++ 1.0 leave out the links to these, which its later documents have."""

WORDS = {
    "lyrics_text",
    "other_text",
    "tempo_text",
    "dynamics_text",
    "trill",
    "figured_bass_text",
    "rehearsal_mark",
    "transposition_text",
    "bar_number",
    "instrument_name",
}
"""Their letters are no nodes of ours, so that they need not hold any."""

EXPLAINED = {
    ("*", "lyrics_text"): "which syllable is sung on which note",
    ("quarter_rest", "duration-dot"): "the rules name all rests but this one",
    ("*_rest", "ledger_line"): "rests beyond the staff hang on ledger lines",
    ("*_rest", "instrument_specific"): "a pedal may be pressed at a rest",
    ("notehead-empty", "beam"): "a half note may share its head with beamed notes of another voice",
    ("dynamics_text", "dotted_horizontal_spanner"): "the dashes after cresc.",
    ("other_text", "dotted_horizontal_spanner"): "the dashes after rit.",
    ("tempo_text", "dotted_horizontal_spanner"): "the dashes after rit.",
    ("instrument_specific", "horizontal_spanner"): "the line after Ped.",
    ("transposition_text", "transposition_text"): "parentheses around 8va",
    ("tuple", "other_numeric_sign"): "a tuplet's number that is no digit",
}
"""Links that the rules of MUSCIMA++ 1.0 do not know, and why they are there. docs/classes.md tells users."""


def pages_of(
    model: sc.EngravedModel, path: Path, pages: Sequence[int] | None = None
) -> Iterator[PageAnnotation]:
    scene = model(path, pages=pages)
    for page in scene.pages:
        yield annotate(scene.compose_page(page))


@pytest.fixture(scope="module")
def model() -> sc.EngravedModel:
    return sc.EngravedModel(seed=0, dpi=DPI)


@pytest.fixture(scope="module")
def first_page(model: sc.EngravedModel) -> Callable[[Path], PageAnnotation]:
    """The first page of a score; tests that ask for the same one share it."""

    @cache
    def make(path: Path) -> PageAnnotation:
        (page,) = pages_of(model, path, pages=[0])
        return page

    return make


@pytest.fixture(scope="module")
def few(
    first_page: Callable[[Path], PageAnnotation], lieder_paths: list[Path], tutorial_score: Path
) -> list[PageAnnotation]:
    """The first pages of a few songs."""
    return [first_page(path) for path in [*lieder_paths[2::15], tutorial_score]]


@pytest.fixture(scope="module")
def grammar(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The rules of MUSCIMA++ 1.0, as its own library reads them."""
    import mung.grammar
    from lxml import etree

    archive = shared_data / "muscima" / "MUSCIMA-pp_v1.0_dev.zip"
    if not archive.is_file():
        pytest.skip(f"the test data lacks {archive}")
    rules = tmp_path_factory.mktemp("rules") / "rules.deprules"
    with zipfile.ZipFile(archive) as file:
        stem = "v1.0/specifications/mff-muscima-mlclasses-annot."
        rules.write_bytes(file.read(f"{stem}deprules"))
        names = {element.text for element in etree.fromstring(file.read(f"{stem}xml")).iter("Name")}
    # It writes its whole graph into log messages that nobody reads, which takes most of its time.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mung.grammar.pprint, "pformat", lambda *_, **__: "")
        yield mung.grammar.DependencyGrammar(str(rules), names | {"staff_space"})


def everything_is_told(page: PageAnnotation) -> int:
    """Checks that each drawn thing is in MuNG and in COCO, or on the list of what is not; how many there are."""
    mung, coco = MungExporter(), CocoExporter()
    in_mung = {node.data["smashcima_id"] for node in mung.export(page)}
    in_coco = {entry["attributes"]["smashcima_id"] for entry in coco.export(page)["annotations"]}
    omitted = {issue.element for issue in mung.omissions(page)}
    assert coco.omissions(page) == []
    node_of = {thing: node for node in page.nodes for thing in (node.pieces or (node.scene_object,))}
    count = 0
    # Some beams have no length: those of one note, the other notes being rests.
    areas = page.image.regions.outlines.areas()
    for region, area in zip(page.image.regions, areas, strict=True):
        thing = region.scene_object
        if not isinstance(thing, VisualObject) or area < 1e-6:
            continue
        count += 1
        node = node_of[thing]
        assert node.id in in_coco, region.id
        assert node.id in in_mung or node.sign.label in omitted, region.id
    return count


def objections(grammar: Any, page: PageAnnotation) -> Counter[tuple[str, ...]]:
    """What the rules of MUSCIMA++ 1.0 object to, and we have no explanation for."""
    names = [vocabulary("muscimapp1").class_of(node.sign) for node in page.nodes]
    vertices = {index: name for index, name in enumerate(names) if name is not None}
    edges = [(a, b) for a, b in page.syntax.tolist() if a in vertices and b in vertices]
    bad, _, links, reasons, _, _ = grammar.find_invalid_in_graph(vertices=vertices, edges=edges)
    found: Counter[tuple[str, ...]] = Counter()
    for a, b in links:
        pair = (vertices[a], vertices[b])
        known = any(_fits(pair[0], x) and _fits(pair[1], y) for x, y in EXPLAINED)
        if not known and pair[1] not in SELF_EVIDENT:
            found[pair] += 1
    for index in bad:
        if "participates" in reasons[index] or vertices[index] in WORDS:
            continue
        thing = page.nodes[index].scene_object
        if isinstance(thing, SlurCurve | TieCurve) and _leaves_its_system(thing):
            continue
        found[(vertices[index], page.nodes[index].id, reasons[index])] += 1
    return found


def _fits(name: str, pattern: str) -> bool:
    return name.endswith(pattern[1:]) if pattern.startswith("*") else name == pattern


def _leaves_its_system(curve: SlurCurve | TieCurve) -> bool:
    """Whether an end of a curve is drawn in another system, or nowhere (into another ending)."""
    mark = curve.semantic
    ends = [getattr(mark, "start", None), getattr(mark, "end", None)]
    for end in ends:
        notes = getattr(end, "notes", None) or [end]
        heads = [head for note in notes if note is not None for head in Notehead.many_of(note, "note")]
        if not any(head.system is curve.system for head in heads):
            return True
    return False


def cardinalities(page: PageAnnotation) -> None:
    """Checks how many of each thing belong to how many of another."""
    inlinks, outlinks = page.sources(page.syntax), page.targets(page.syntax)
    labels = [node.sign.label for node in page.nodes]
    for index, label in enumerate(labels):
        into = Counter(labels[other] for other in inlinks[index])
        out = Counter(labels[other] for other in outlinks[index])
        heads = sum(count for name, count in into.items() if name.startswith("notehead"))
        if label.startswith("notehead"):
            assert out["staff"] == 1, page.nodes[index].id
            assert out["staffLine"] + out["staffSpace"] <= 1
            assert out["stem"] <= 2
        elif label == "stem":
            assert heads >= 1, page.nodes[index].id
        elif label == "augmentationDot" and not inlinks[index]:
            # That of a note whose head the engraver left out, since another voice has one of its own there.
            assert not Notehead.many_of(page.nodes[index].scene_object.semantic, "note"), page.nodes[index].id
        elif label in ("augmentationDot", "legerLine"):
            assert heads >= 1 or any(name.startswith("rest") for name in into), page.nodes[index].id
        elif label.startswith("accidental") and "Parens" not in label and "Bracket" not in label:
            assert sum(into.values()) == 1, page.nodes[index].id
        elif label.startswith("rest") or label.endswith("Clef"):
            assert out["staff"] == 1, page.nodes[index].id
        elif label in ("staffLine", "staffSpace"):
            assert into["staff"] == 1


def notes_in_mung(pages: Sequence[PageAnnotation], folder: Path) -> set[tuple[Fraction, int]]:
    """Onset and key of each notehead, as the official reader finds them."""
    from mung.io import read_nodes_from_file

    found = set()
    for number, page in enumerate(pages):
        file = folder / f"{number}.mung"
        MungExporter().write(page, file)
        for node in read_nodes_from_file(str(file)):
            if node.class_name.startswith("notehead"):
                onset = Fraction(node.data["onset_beats"]).limit_denominator(1000)
                found.add((onset, node.data["midi_pitch_code"]))
    return found


def notes_in_source(path: Path) -> set[tuple[Fraction, int]]:
    """The same, as music21 reads the score."""
    import music21

    found = set()
    for part in music21.converter.parse(str(path)).parts:
        for element in part.recurse().notes:
            if isinstance(element, music21.harmony.Harmony):
                continue
            onset = Fraction(element.getOffsetInHierarchy(part)).limit_denominator(1000)
            found |= {(onset, pitch.midi) for pitch in element.pitches}
    return found


def test_everything_drawn_is_exported_or_listed(few: list[PageAnnotation]) -> None:
    assert sum(everything_is_told(page) for page in few) > 1000


def test_the_rules_of_muscima_accept_the_graphs(few: list[PageAnnotation], grammar: Any) -> None:
    assert sum((objections(grammar, page) for page in few), Counter()) == Counter()


def test_the_rules_object_to_a_graph_that_is_wrong(few: list[PageAnnotation], grammar: Any) -> None:
    page = few[0]
    turned = PageAnnotation(page.image, page.nodes, page.regions, page.syntax[:, ::-1], page.precedence)
    assert objections(grammar, turned).total() > 100


def test_everything_belongs_to_as_many_as_it_may(few: list[PageAnnotation]) -> None:
    for page in few:
        cardinalities(page)


def test_notes_are_those_of_the_source(
    model: sc.EngravedModel, lieder_paths: list[Path], tmp_path: Path
) -> None:
    """As music21 reads it now; the songs below, as it read them when it was last asked."""
    path = next(path for path in lieder_paths if path.name == "lc6047553.mxl")
    notes = notes_in_mung(list(pages_of(model, path)), tmp_path)
    assert len(notes) > 100
    assert notes == notes_in_source(path)


@pytest.mark.slow
def test_many_songs_are_complete_and_follow_the_rules(
    first_page: Callable[[Path], PageAnnotation], lieder_paths: list[Path], grammar: Any
) -> None:
    count, found = 0, Counter[tuple[str, ...]]()
    for path in lieder_paths[::3]:
        page = first_page(path)
        count += everything_is_told(page)
        found += objections(grammar, page)
        cardinalities(page)
    assert count > 5_000
    assert found == Counter()


@pytest.mark.slow
def test_notes_of_many_songs_are_those_of_the_source(
    model: sc.EngravedModel, lieder_paths: list[Path], tmp_path: Path, as_music21_read: Any
) -> None:
    known = [path for path in lieder_paths if path.name not in CONTRADICTORY]
    for path in sorted(known, key=lambda path: path.stat().st_size)[:8]:
        notes = notes_in_mung(list(pages_of(model, path)), tmp_path)
        if not as_music21_read("notes", path, notes):
            in_source = notes_in_source(path)
            as_music21_read.record("notes", path, in_source)
            assert notes == in_source, path.name


@pytest.mark.slow
def test_every_kind_of_link_of_muscima_occurs(
    first_page: Callable[[Path], PageAnnotation],
    lieder_paths: list[Path],
    musicxml_paths: list[Path],
    shared_data: Path,
) -> None:
    wanted = set(_links_of_muscima(shared_data / "muscima" / "MUSCIMA-pp_v2.0_dev.zip"))
    names = ClassSelection("muscimapp2")
    found = set()
    small = [path for path in musicxml_paths if path.stat().st_size < 60_000]
    for path in [RARE_SIGNS, *lieder_paths[::6], *small]:
        page = first_page(path)
        classes = [names.class_of_node(node.sign, node.scene_object) for node in page.nodes]
        found |= {(classes[a], classes[b]) for a, b in page.syntax.tolist()}
    missing = {pair for pair in wanted - found if not _is_letter(pair[1])}
    # What is missing is another form of what is there: a sharp for a flat, a half note for a whole one.
    kinds = {(_kind(a), _kind(b)) for a, b in found}
    of_new_kinds = {(_kind(a), _kind(b)) for a, b in missing} - kinds
    # Numbers of endings are words of ours, whose letters are no nodes.
    assert of_new_kinds <= {("otherNumericSign", "numeral")}


def _is_letter(name: str) -> bool:
    return name.startswith("character")


def _kind(name: str | None) -> str:
    """Noteheads, accidentals, flags, rests and so on, of whatever form."""
    kinds = ("notehead", "accidental", "flag", "rest", "numeral", "articulation", "fermata")
    if str(name).endswith("Clef"):
        return "clef"
    return next((kind for kind in kinds if str(name).startswith(kind)), str(name))


def _links_of_muscima(archive: Path, fewest: int = 5) -> Iterator[tuple[str, str]]:
    """The pairs of classes that are linked in MUSCIMA++ 2.0 at least so often."""
    from lxml import etree

    if not archive.is_file():
        pytest.skip(f"the test data lacks {archive}")
    counts: Counter[tuple[str, str]] = Counter()
    with zipfile.ZipFile(archive) as file:
        for name in file.namelist():
            if not name.endswith(".xml") or "annotations" not in name:
                continue
            nodes = list(etree.fromstring(file.read(name)).iter("Node"))
            classes = {node.findtext("Id"): node.findtext("ClassName") for node in nodes}
            counts.update(
                (classes[node.findtext("Id")], classes[target])
                for node in nodes
                for target in (node.findtext("Outlinks") or "").split()
                if target in classes
            )
    return (pair for pair, count in counts.items() if count >= fewest)
