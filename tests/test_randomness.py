"""Streams are addressed: equal addresses agree everywhere, different ones are independent."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys

import numpy as np
import pytest

from smashcima.errors import SettingsError
from smashcima.randomness import SampleStreams, Stream, generators, stream

DRAW = (
    "from smashcima.randomness import Stream;"
    "print(Stream.of_sample(7, 3).child('page', 2, 'noteheads').generator().integers(0, 2**62, 3).tolist())"
)


def test_the_same_address_draws_the_same_in_any_process() -> None:
    here = stream(7, 3, "page", 2, "noteheads").integers(0, 2**62, 3).tolist()
    for hash_seed in ("0", "12345"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        there = subprocess.run(
            [sys.executable, "-c", DRAW], capture_output=True, text=True, check=True, env=environment
        )
        assert there.stdout.strip() == str(here)


def test_every_part_of_the_address_matters() -> None:
    addresses = [(0, 0), (1, 0), (0, 1), (0, 0, "a"), (0, 0, "b"), (0, 0, 1), (0, 0, "1"), (0, 0, "a", 1)]
    draws = {int(stream(*address).integers(0, 2**62)) for address in addresses}  # type: ignore[arg-type]
    assert len(draws) == len(addresses)


def test_a_child_is_the_stream_at_the_longer_path() -> None:
    page = Stream.of_sample(7, 3).child("page", 2)
    assert page.child("noteheads") == Stream.of_sample(7, 3).child("page", 2, "noteheads")
    assert page.child("noteheads").generator().random() == stream(7, 3, "page", 2, "noteheads").random()


def test_the_numbers_of_an_address_stay_those_of_earlier_versions() -> None:
    assert stream(7, 3, "page", 2, "noteheads").integers(0, 2**32, 3).tolist() == [
        3180326237,
        4145586569,
        3818118858,
    ]
    assert Stream(7).child("writer").generator().random() == stream(7, 0, "writer").random()


@pytest.mark.parametrize("seed", [0, 1, 2**32 - 1, 2**32, 2**64 - 1])
@pytest.mark.parametrize("path", [(), ("page",), ("page", 2, "2", 2**80)])
def test_an_address_is_a_seed_sequence_of_numpy(seed: int, path: tuple[str | int, ...]) -> None:
    keys = [f"i{part}" if isinstance(part, int) else f"s{part}" for part in path]
    digests = [hashlib.blake2b(key.encode(), digest_size=16).digest() for key in keys]
    spawn_key = tuple(int.from_bytes(digest, "little") for digest in digests)
    for index in (0, 3, 2**40):
        expected = np.random.SeedSequence([seed, index], spawn_key=spawn_key)
        numbers = np.random.Generator(np.random.PCG64(expected)).random(3)
        assert stream(seed, index, *path).random(3).tolist() == numbers.tolist()


def test_every_generator_of_a_stream_starts_at_its_beginning() -> None:
    address = Stream(5).child("a")
    assert address.generator().random() == address.generator().random()
    assert address.integer() == address.integer() != address.child("b").integer()
    assert 0 <= address.integer() < 2**64


def test_an_address_is_a_value() -> None:
    address = Stream(5).child("a", 1)
    assert pickle.loads(pickle.dumps(address)) == address
    assert len({address, Stream(5).child("a", 1), Stream(5).child("a", "1")}) == 2


@pytest.mark.parametrize("seed", [-1, 2**64, 1.5])
def test_a_seed_that_makes_no_sense_is_refused(seed: object) -> None:
    with pytest.raises(SettingsError, match="seed must be an integer"):
        stream(seed, 0)  # type: ignore[arg-type]


def test_generators_of_services_stand_at_named_streams() -> None:
    streams = SampleStreams(7)
    glyphs, dice = streams.generator("glyphs"), streams.random("glyphs")
    streams.start_sample(3)
    assert glyphs.random() == stream(7, 3, "glyphs").random()
    streams.start_page(2)
    assert glyphs.random() == stream(7, 3, "page", 2, "glyphs").random()
    assert streams.generator("lines").random() == stream(7, 3, "page", 2, "lines").random()
    first = dice.random()
    streams.start_page(4)
    assert dice.random() != first
    streams.start_page(2)
    assert dice.random() == first
    assert streams.generator("glyphs") is glyphs
    assert streams.random("glyphs") is dice
    assert streams.names == ("glyphs", "lines")


def test_one_more_draw_moves_no_other_generator() -> None:
    numbers = []
    for more in (0, 5):
        streams = SampleStreams(1)
        glyphs, lines = streams.generator("glyphs"), streams.generator("lines")
        glyphs.random(more)
        numbers.append(lines.random())
    assert numbers[0] == numbers[1]


def test_generators_made_together_are_those_of_their_streams() -> None:
    paths: list[tuple[str | int, ...]] = [(), ("page",), ("page", 2), ("habit", "a"), ("page", 2, "x", 2**80)]
    streams = [Stream(seed, 3, path) for seed in (0, 5, 2**32, 2**64 - 1) for path in paths]
    together = generators(streams)
    for own, generator in zip(streams, together, strict=True):
        alone = own.generator()
        assert generator.random(3).tolist() == alone.random(3).tolist()
        assert generator.spawn(2)[1].random() == alone.spawn(2)[1].random()
        assert pickle.loads(pickle.dumps(generator)).random() == alone.random()
    assert generators([]) == []
