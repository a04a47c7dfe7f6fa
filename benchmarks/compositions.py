"""Judges composed music: thousands of pieces over random conditions.

Run: `python benchmarks/compositions.py [--count N] [--music21 N] [--first SEED]`. Every piece is composed, checked
(measures full, pitches in range, conditions met, the same bytes again) and engraved without an issue. Every N-th piece is
also read by music21 from its MusicXML, which must agree on key, metre, measures and range. Prints what does not hold, and
the shares of elements that were wanted and written, summed over all pieces.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np

from smashcima.composing import (
    ELEMENTS,
    ENSEMBLES,
    FORMS,
    GENRES,
    INSTRUMENTS,
    LANGUAGES,
    STYLES,
    TEXTURES,
    Composition,
    Conditions,
    GrammarComposer,
    element_numbers,
)
from smashcima.composing.theory import ALL_KEYS, METRES, Key
from smashcima.engravers.verovio import VerovioEngraver
from smashcima.engraving import LayoutOptions
from smashcima.exporting import MusicXmlExporter
from smashcima.mei import write_mei
from smashcima.scene.semantic import Note, Score


def random_conditions(rng: np.random.Generator) -> Conditions:
    """Any conditions that can be met: each field is given or not."""

    def some(values: Any, probability: float) -> Any:
        values = list(values)
        return values[rng.integers(len(values))] if rng.random() < probability else None

    solo = rng.random() < 0.5
    ensemble = some((*ENSEMBLES, *INSTRUMENTS), 0.6) if not solo else "piano"
    shares = {}
    for element, low, high in _SHARES:
        if rng.random() < 0.15:
            shares[element] = float(rng.uniform(low, high))
    return Conditions(
        key=some([key.name for key in ALL_KEYS], 0.8),
        metre=some([*METRES, "common", "cut"], 0.8),
        bpm=some([60, 90, 120], 0.2),
        ensemble=ensemble,
        staves=None if ensemble is not None else some(range(1, 25), 0.5),
        measures=some(range(1, 40), 0.8),
        pickup=some([True, False], 0.5),
        texture=some(TEXTURES, 0.5),
        voices=some([1, 2], 0.2) if ensemble in ("piano", "violin", "cello", "harpsichord") else None,
        range=some(_RANGES[str(ensemble)], 0.3) if ensemble in _RANGES else None,
        density=some([0.0, 0.3, 0.6, 1.0], 0.5),
        style=some(STYLES, 0.5),
        genre=some(GENRES, 0.3),
        form=some(FORMS, 0.5),
        lyrics=some(["none", *LANGUAGES], 0.2),
        shares=shares,
    )


_RANGES = {
    "piano": (("C4", "C6"), ("E4", "B5"), ("G3", "G4")),
    "violin": (("G3", "D5"), ("A4", "E6")),
    "voice": (("C4", "E5"), ("D4", "D5")),
    "flute and piano": (("D4", "A5"), ("C5", "C7")),
}
"""Ranges of melodies that the ensembles have."""

_SHARES = (
    ("tuplets", 0.0, 0.2),
    ("grace notes", 0.0, 0.1),
    ("ornaments", 0.0, 0.1),
    ("articulations", 0.0, 0.3),
    ("fingerings", 0.0, 0.2),
    ("arpeggios", 0.0, 0.02),
    ("slurs", 0.1, 0.8),
    ("dynamics", 0.0, 0.5),
    ("hairpins", 0.0, 0.4),
    ("pedals", 0.0, 0.6),
    ("directions", 0.0, 0.3),
    ("fermatas", 0.0, 0.2),
    ("breaths", 0.0, 0.2),
    ("repeats", 0.0, 0.1),
    ("endings", 0.0, 0.08),
    ("ties", 0.02, 0.04),
    ("cross-staff", 0.0, 0.03),
    ("clef changes", 0.0, 0.05),
)
"""Shares of elements that are asked for."""


def faults(made: Composition) -> Iterator[str]:
    """What is wrong with the score."""
    score = made.score
    for issue in score.update():
        yield f"update: {issue.what}"
    for measure in score.measures:
        length = measure.staves[0].time_signature.quarter_length  # type: ignore[union-attr]
        expected = measure.quarter_length if measure.n == "0" else length
        for voice in measure.voices:
            if voice.quarter_length not in (0, expected):
                yield f"measure {measure.n} is not full"
    yield from range_faults(score)


def range_faults(score: Score) -> Iterator[str]:
    """Pitches out of the ranges of their instruments."""
    unknown: set[str] = set()
    for part in score.parts:
        label = part.name.lower().replace("♭", "")
        name = re.sub(r" [ivx]+$", "", label)  # Violin II
        if name not in INSTRUMENTS:
            unknown.add(name)
            continue
        low, high = INSTRUMENTS[name].midi_range
        for measure in score.measures:
            for holder in measure.staves:
                if holder.staff in part.staves:
                    for note in holder.descendants(Note):
                        pitch = note.sounding_pitch
                        if pitch is None or not low <= pitch.midi <= high:
                            yield f"range: {name}"
    if unknown - {"bass pedals"}:
        yield f"unknown instruments: {unknown}"


def engraving_faults(made: Composition, engraver: VerovioEngraver) -> Iterator[str]:
    """Issues of the engraver."""
    for issue in engraver.engrave(made.score, LayoutOptions(page="594x841")).issues:
        yield f"engraving: {issue.element}: {issue.what}"


def music21_faults(made: Composition) -> Iterator[str]:
    """What music21 reads otherwise."""
    import music21

    score = made.score
    read = music21.converter.parseData(MusicXmlExporter().export_string(score), format="musicxml")
    parts = read.parts
    measures = len(parts[0].getElementsByClass("Measure"))
    if measures != len(score.measures):
        yield f"music21: {measures} measures, not {len(score.measures)}"
    key = made.conditions.key
    sounding = read.toSoundingPitch() if read.atSoundingPitch is not True else read
    if key is not None and made.conditions.metre is not None:
        signatures = {each.sharps for each in sounding.parts[0].recurse().getElementsByClass("KeySignature")}
        wanted = Key.parse(str(key)).fifths
        if signatures and not any((each - wanted) % 12 == 0 for each in signatures):
            yield f"music21: {signatures} sharps, not {wanted}"
    metres = {each.ratioString for each in read.recurse().getElementsByClass("TimeSignature")}
    expected = score.measures[-1].staves[0].time_signature.numbers  # type: ignore[union-attr]
    if metres != {f"{expected[0]}/{expected[1]}"}:
        yield f"music21: metres {metres}, not {expected}"
    if element_numbers(score)["cross-staff"][0]:
        parts = []  # music21 takes notes on another staff out of their voice
    for part in parts:
        for measure in part.getElementsByClass("Measure"):
            if measure.number == 0:
                continue
            length = measure.barDuration.quarterLength
            for voice in measure.voices or [measure]:
                if abs(float(voice.duration.quarterLength) - float(length)) > 1e-6:
                    yield f"music21: a measure of {voice.duration.quarterLength}, not {length}"
    ours = sorted(
        int(note.sounding_pitch.midi)
        for note in score.notes()
        if note.sounding_pitch is not None and not note.is_grace
    )
    theirs = sorted(
        int(pitch.midi)
        for found in sounding.recurse().notes
        if not found.duration.isGrace
        for pitch in found.pitches
    )
    if ours != theirs:
        yield f"music21: other pitches ({len(ours)} and {len(theirs)})"


class Tally:
    """What is found in all pieces."""

    def __init__(self) -> None:
        self.problems: Counter[str] = Counter()
        self.unmet: Counter[str] = Counter()
        self.examples: dict[str, int] = {}
        self.wanted: defaultdict[str, float] = defaultdict(float)
        self.written: Counter[str] = Counter()
        self.seconds = 0.0

    def add(self, made: Composition, problems: list[str], seed: int) -> None:
        """Adds a piece."""
        for problem in problems:
            self.problems[problem] += 1
            self.examples.setdefault(problem, seed)
        named = set()
        for issue in made.issues:
            self.unmet[issue.element] += 1
            named.add(issue.element.removeprefix("shares: "))
            if not issue.element.startswith("shares"):
                self.examples.setdefault(f"unmet: {issue}", seed)
        numbers = element_numbers(made.score)
        for element, share in made.conditions.shares.items():
            if element not in named:
                count, base = numbers[element]
                self.wanted[element] += float(share) * base  # type: ignore[arg-type]
                self.written[element] += count

    def report(self, count: int) -> None:
        """Prints the results."""
        print(f"{count} pieces, {self.seconds / count * 1000:.1f} ms each")
        for problem, number in self.problems.most_common(40):
            print(f"  {number} x {problem} (seed {self.examples[problem]})")
        print("unmet and named:", dict(self.unmet.most_common()))
        for text, seed in self.examples.items():
            if text.startswith("unmet"):
                print(f"  {text} (seed {seed})")
        for element in ELEMENTS:
            wanted, written = self.wanted[element], self.written[element]
            if wanted:
                print(f"  {element:15} wanted {wanted:9.1f} written {written:7} ({written / wanted:.3f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--music21", type=int, default=20)
    options = parser.parse_args()
    composer, engraver, tally = GrammarComposer(), VerovioEngraver(), Tally()
    for seed in range(options.first, options.first + options.count):
        conditions = random_conditions(np.random.default_rng([seed, 1]))
        start = time.process_time()
        made = composer.composition(conditions, seed)
        tally.seconds += time.process_time() - start
        problems = [*faults(made)]
        if write_mei(made.score) != write_mei(composer.compose(conditions, seed)):
            problems.append("other bytes")
        problems += engraving_faults(made, engraver)
        if options.music21 and seed % options.music21 == 0:
            problems += music21_faults(made)
        tally.add(made, problems, seed)
        if (seed - options.first) % 100 == 99:
            tally.report(seed - options.first + 1)
    tally.report(options.count)


if __name__ == "__main__":
    main()
