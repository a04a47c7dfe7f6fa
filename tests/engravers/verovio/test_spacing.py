from __future__ import annotations

import pytest

from smashcima.engravers.verovio import engrave_mei

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
