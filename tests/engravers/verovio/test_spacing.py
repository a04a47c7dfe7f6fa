from __future__ import annotations

import pytest

import smashcima as sc
from smashcima.engravers.verovio import VerovioEngraver, engrave, engrave_mei
from smashcima.engraving import LayoutOptions, PrimitiveKind

_DEFINITION = (
    '<scoreDef {score}><staffGrp><staffDef n="1" lines="5" clef.shape="G" clef.line="2"/>'
    '<staffDef n="2" lines="5" clef.shape="F" clef.line="4" {staff}/></staffGrp></scoreDef>'
)
_STAFF = '<staff n="{}"><layer n="1"><note pname="c" oct="4" dur="1"/></layer></staff>'


@pytest.fixture
def distance_ss(write_document):
    """Distance between two staves, from bottom line to top line, and the issues."""

    def measure(score: str = "", staff: str = "") -> tuple[float, list[str]]:
        mei = write_document(
            f'<measure xml:id="m" n="1">{_STAFF.format(1)}{_STAFF.format(2)}</measure>',
            _DEFINITION.format(score=score, staff=staff),
        )
        engraving = engrave_mei(mei)
        upper, lower = engraving.systems[0].staves
        gap = (lower.line_ys[0] - upper.line_ys[-1]) / upper.staff_space
        return gap, [str(issue) for issue in engraving.issues]

    return measure


def test_distances_of_the_source_are_kept(distance_ss):
    usual, _ = distance_ss()
    wide, issues = distance_ss(staff='spacing="24vu"')
    assert wide > usual + 4
    assert issues == []


@pytest.mark.parametrize(
    ("attributes", "value"),
    [
        ({"staff": 'spacing="90vu"'}, "90"),
        ({"score": 'spacing.staff="110vu"'}, "110"),
        ({"score": 'spacing.system="160"'}, "160"),
        ({"staff": 'spacing="-5vu"'}, "-5"),
    ],
)
def test_absurd_distances_are_dropped_with_an_issue(distance_ss, attributes: dict[str, str], value: str):
    usual, _ = distance_ss()
    gap, issues = distance_ss(**attributes)
    assert gap == pytest.approx(usual)
    assert issues == [
        f"score: spacing: distances of {value} half staff spaces between staves are implausibly large and were ignored"
    ]


def test_the_ratio_of_spacing_is_that_of_a_half_note_to_a_quarter_note():
    score = sc.load_score(data="X:1\nL:1/4\nM:none\nK:C\nc2 c2 c c c|]\n", format="abc").score

    def gaps(**options: float) -> tuple[float, float]:
        made = engrave(score, LayoutOptions(justify=False, note_spacing=1.2, **options))
        heads = sorted(head.origin.x for head in made.primitives(PrimitiveKind.NOTEHEAD))
        return heads[1] - heads[0], heads[3] - heads[2]

    half, quarter = gaps()
    wide_half, same_quarter = gaps(note_spacing_ratio=1.8)
    assert same_quarter == pytest.approx(quarter, rel=0.02)
    assert half / quarter == pytest.approx(2**0.6, rel=0.02)
    assert wide_half / quarter == pytest.approx(1.8, rel=0.02)


def test_runs_of_evenly_spaced_notes_start_where_the_whole_layout_does():
    tune = "X:1\nL:1/4\nM:4/4\nK:C\n" + "CDEF|G2A/B/c|" * 90 + "c4|]\n"
    score = sc.load_score(data=tune, format="abc").score
    options = LayoutOptions(breaks="auto", note_spacing=0.8, note_spacing_ratio=1.25, titles=False)
    engraver = VerovioEngraver()
    in_runs = [
        len(system.measures) for run in engraver.engrave_in_runs(score, options) for system in run.systems
    ]
    whole = [len(system.measures) for system in engrave(score, options).systems]
    assert in_runs == whole
