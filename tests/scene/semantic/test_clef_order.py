"""Which clef a note is under where several voices have clefs."""

from __future__ import annotations

from smashcima.mei import read_mei

MEI = (
    '<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0"><music><body><mdiv><score><scoreDef>'
    '<staffGrp><staffDef n="1" lines="5" clef.shape="G" clef.line="2"/><staffDef n="2" lines="5" clef.shape="G" '
    'clef.line="2"/></staffGrp></scoreDef><section>{}</section></score></mdiv></body></music></mei>'
)
GRACE = '<note pname="d" oct="5" dur="8" grace="acc"/>'


def positions(*measures: str) -> list[int | None]:
    body = "".join(f'<measure n="{n}">{measure}</measure>' for n, measure in enumerate(measures, 1))
    return [note.pitch_position for note in read_mei(MEI.format(body))[0].notes()]


def test_grace_notes_before_a_clef_of_their_voice_are_under_the_old_one() -> None:
    first = f'<note pname="c" oct="5" dur="2"/>{GRACE}<clef xml:id="f" shape="F" line="4"/><note pname="c" oct="3" dur="2"/>'
    second = '<note pname="c" oct="4" dur="2"/><clef sameas="#f"/><note pname="e" oct="3" dur="2"/>'
    staff = f'<staff n="1"><layer n="1">{first}</layer><layer n="2">{second}</layer></staff>'
    assert positions(staff) == [1, 2, -1, -6, 1]


def test_a_clef_behind_a_silent_measure_is_for_the_next() -> None:
    crossing = '<staff n="1"><layer n="1"><note pname="g" oct="4" dur="1" staff="2"/></layer></staff>'
    silent = '<staff n="2"><layer n="1"><mSpace/><clef shape="F" line="4"/></layer></staff>'
    following = '<staff n="2"><layer n="1"><note pname="c" oct="3" dur="1"/></layer></staff>'
    assert positions(crossing + silent, following) == [-2, -1]


def test_the_latest_of_the_clefs_of_all_voices_holds_for_the_next_measure() -> None:
    first = '<note pname="c" oct="5" dur="2"/><note pname="c" oct="4" dur="4"/><clef shape="F" line="4"/><note pname="c" oct="3" dur="4"/>'
    second = '<note pname="c" oct="4" dur="4"/><clef shape="C" line="3"/><note pname="c" oct="4" dur="2" dots="1"/>'
    staff = f'<staff n="1"><layer n="1">{first}</layer><layer n="2">{second}</layer></staff>'
    following = '<staff n="1"><layer n="1"><note pname="c" oct="3" dur="1"/></layer></staff>'
    assert positions(staff, following) == [1, 0, -1, -6, 0, -1]
