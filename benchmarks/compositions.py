"""Judges composed music: thousands of pieces over random conditions.

Run: `python benchmarks/compositions.py [--composer NAME] [--count N] [--first SEED] [--engrave N] [--music21 N]`. Every piece
is composed and checked (measures full, pitches in range, conditions met). Every N-th piece is also composed again for
the same bytes and engraved without an issue, or read by music21 from its MusicXML, which must agree on key, metre, measures
and range. Prints what does not hold, and the shares of elements that were wanted and written, summed over all pieces.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np
from random_compositions import CONTESTANTS

from smashcima.composing import ELEMENTS, Composition, element_numbers
from smashcima.composing.ensembles import instrument_of_part
from smashcima.composing.theory import Key
from smashcima.engravers.verovio import VerovioEngraver
from smashcima.engraving import LayoutOptions
from smashcima.exporting import MusicXmlExporter
from smashcima.mei import write_mei
from smashcima.scene.semantic import Note, Score


def faults(made: Composition, composer: str) -> Iterator[str]:
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
    is_named = any(issue.element == "range" for issue in made.issues)
    if composer != "coverage" and not is_named:  # coverage is for no instrument
        yield from range_faults(score)


def range_faults(score: Score) -> Iterator[str]:
    """Pitches out of the ranges of their instruments."""
    for part in score.parts:
        if part.name == "Bass pedals":
            continue
        instrument = instrument_of_part(part.name)
        if instrument is None:
            yield f"unknown instrument: {part.name}"
            continue
        low, high = instrument.midi_range
        for measure in score.measures:
            for holder in measure.staves:
                if holder.staff in part.staves:
                    for note in holder.descendants(Note):
                        pitch = note.sounding_pitch
                        if pitch is None or not low <= pitch.midi <= high:
                            yield f"range: {instrument.name}"


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
    numbers = {measure.staves[0].time_signature.numbers for measure in score.measures}  # type: ignore[union-attr]
    expected = {f"{upper}/{lower}" for upper, lower in numbers}
    if metres != expected:
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
        float(note.sounding_pitch.midi)
        for note in score.notes()
        if note.sounding_pitch is not None and not note.is_grace
    )
    theirs = sorted(
        float(pitch.ps)
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
        self.engraved = self.read = 0

    def add(self, made: Composition, problems: list[str], seed: int) -> None:
        """Adds a piece."""
        for problem in problems:
            self.problems[problem] += 1
            self.examples.setdefault(problem, seed)
        named = set()
        for issue in made.issues:
            kind = "wanted signs" if "more wanted" in issue.what else issue.element
            self.unmet[kind] += 1
            named.add(kind.removeprefix("shares: "))
            if not kind.startswith("shares"):
                self.examples.setdefault(f"unmet: {kind}", seed)
        numbers = element_numbers(made.score)
        for element, share in made.conditions.shares.items():
            if element not in named:
                count, base = numbers[element]
                self.wanted[element] += float(share) * base  # type: ignore[arg-type]
                self.written[element] += count

    def report(self, composer: str, count: int) -> None:
        """Prints the results."""
        print(
            f"{composer}: {count} pieces, {self.seconds / count * 1000:.1f} ms each; {self.engraved} engraved, "
            f"{self.read} read by music21",
            flush=True,
        )
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
    parser.add_argument("--engrave", type=int, default=1)
    parser.add_argument("--music21", type=int, default=20)
    parser.add_argument("--composer", choices=CONTESTANTS, default="grammar")
    options = parser.parse_args()
    contestant = CONTESTANTS[options.composer]
    engraver, tally = VerovioEngraver(), Tally()
    for seed in range(options.first, options.first + options.count):
        rng = np.random.default_rng([seed, 1])
        conditions = contestant.conditions(rng)
        composer = contestant.composer(rng)
        start = time.process_time()
        made = composer.composition(conditions, seed)
        tally.seconds += time.process_time() - start
        problems = [*faults(made, options.composer)]
        if options.engrave and seed % options.engrave == 0:
            tally.engraved += 1
            if write_mei(made.score) != write_mei(composer.compose(conditions, seed)):
                problems.append("other bytes")
            problems += engraving_faults(made, engraver)
        if options.music21 and seed % options.music21 == 0:
            tally.read += 1
            problems += music21_faults(made)
        tally.add(made, problems, seed)
        if (seed - options.first) % 500 == 499:
            tally.report(options.composer, seed - options.first + 1)
    tally.report(options.composer, options.count)


if __name__ == "__main__":
    main()
