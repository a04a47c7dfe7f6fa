"""music21 and the engraver judge composed music: a sample of what `benchmarks/compositions.py` does with thousands."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import music21
import pytest
from music21.voiceLeading import VoiceLeadingQuartet

from smashcima.composing import Conditions, GrammarComposer, element_numbers
from smashcima.composing.theory import Key
from smashcima.engravers.verovio import VerovioEngraver
from smashcima.engraving import LayoutOptions
from smashcima.exporting import MusicXmlExporter
from smashcima.scene.semantic import Score

SAMPLE: list[dict[str, Any]] = [
    {
        "ensemble": "piano",
        "key": "F# minor",
        "metre": "6/8",
        "texture": "arpeggio",
        "shares": {"tuplets": 0.1},
    },
    {"ensemble": "piano", "key": "Db major", "metre": "3/4", "texture": "polonaise", "pickup": True},
    {"ensemble": "piano", "key": "B minor", "metre": "2/4", "texture": "walking bass", "voices": 2},
    {
        "ensemble": "clarinet and piano",
        "key": "Ab major",
        "metre": "4/4",
        "texture": "stride",
        "style": "romantic",
    },
    {"ensemble": "satb", "key": "E major", "metre": "3/2", "lyrics": "latin"},
    {"ensemble": "wind quintet", "key": "C minor", "metre": "5/8", "style": "modern"},
    {
        "ensemble": "guitar",
        "key": "A minor",
        "metre": "9/8",
        "shares": {"ornaments": 0.2, "grace notes": 0.2},
    },
    {"staves": 12, "key": "Bb major", "metre": "common"},
]


def composed(index: int) -> Score:
    made = GrammarComposer().composition(Conditions(**{"measures": 8, **SAMPLE[index]}), index)
    assert made.issues == ()
    return made.score


def in_music21(score: Score) -> Any:
    return music21.converter.parseData(MusicXmlExporter().export_string(score), format="musicxml")


@pytest.mark.parametrize("index", range(len(SAMPLE)))
def test_music21_reads_key_metre_lengths_and_pitches(index: int):
    score = composed(index)
    read = in_music21(score)
    sounding = read.toSoundingPitch()
    key = Key.parse(SAMPLE[index]["key"])
    for part in sounding.parts:
        signature = part.recurse().getElementsByClass("KeySignature")[0]
        assert signature.sharps == key.fifths
        measures = list(part.getElementsByClass("Measure"))
        assert len(measures) == len(score.measures)
        for measure in measures:
            expected = score.measures[measures.index(measure)].quarter_length
            for voice in measure.voices or [measure]:
                assert voice.duration.quarterLength == pytest.approx(float(expected))
    theirs = sorted(p.midi for n in sounding.recurse().notes if not n.duration.isGrace for p in n.pitches)
    ours = sorted(n.sounding_pitch.midi for n in score.notes() if not n.is_grace and n.sounding_pitch)
    assert theirs == ours


@pytest.mark.parametrize("index", range(len(SAMPLE)))
def test_the_engraver_draws_everything(index: int):
    options = LayoutOptions(page="500x700")  # larger than the largest ensemble
    assert VerovioEngraver().engrave(composed(index), options).issues == ()


def test_pieces_end_with_an_authentic_cadence():
    for seed in range(6):
        conditions = Conditions(
            ensemble="piano", texture="chorale", key="G minor", metre="4/4", measures=8, pickup=False
        )
        read = in_music21(GrammarComposer().compose(conditions, seed))
        chords = list(read.chordify().recurse().getElementsByClass("Chord"))
        key = music21.key.Key("g")
        numerals = [
            music21.roman.romanNumeralFromChord(chord, key) for chord in (chords[-1], chords[-2], chords[-3])
        ]
        assert numerals[0].figure == "i"
        # A passing tone may stand between the dominant and the tonic.
        assert "V" in (numerals[1].romanNumeral, numerals[2].romanNumeral)


def test_outer_voices_hardly_ever_move_in_parallel_fifths_or_octaves():
    moves = parallels = 0
    for seed in range(12):
        conditions = Conditions(
            ensemble=("violin", "cello"), texture="walking bass", metre="4/4", measures=16, density=0.3,
            shares={"grace notes": 0, "ties": 0, "tuplets": 0, "endings": 0},
        )  # fmt: skip
        upper, lower = in_music21(GrammarComposer().compose(conditions, seed)).parts
        pairs = [
            (high, low)
            for low in lower.flatten().notes
            for high in upper.flatten().notes
            if high.offset == low.offset
        ]
        for (high, low), (high_next, low_next) in pairwise(pairs):
            quartet = VoiceLeadingQuartet(high, high_next, low, low_next)
            moves += 1
            parallels += quartet.parallelFifth() or quartet.parallelOctave()
    assert moves > 300
    assert parallels < 0.04 * moves


def test_wanted_shares_are_written_in_sum():
    wanted: dict[str, float] = {}
    written: dict[str, int] = {}
    shares = {
        "tuplets": 0.12, "grace notes": 0.06, "ornaments": 0.05, "articulations": 0.2, "slurs": 0.6, "dynamics": 0.4,
        "hairpins": 0.3, "pedals": 0.5, "directions": 0.1, "fermatas": 0.05, "ties": 0.03, "fingerings": 0.1,
    }  # fmt: skip
    for seed in range(8):
        made = GrammarComposer().composition(Conditions(ensemble="piano", measures=24, shares=shares), seed)
        for name, share in shares.items():
            count, base = element_numbers(made.score)[name]
            wanted[name] = wanted.get(name, 0) + share * base
            written[name] = written.get(name, 0) + count
    for name in shares:
        assert written[name] == pytest.approx(wanted[name], rel=0.1, abs=3), name
