"""Streams are addressed: equal addresses agree everywhere, different ones are independent."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from smashcima.errors import SettingsError
from smashcima.randomness import stream

DRAW = (
    "from smashcima.randomness import stream;"
    "print(stream(7, 3, 'page', 2, 'noteheads').integers(0, 2**62, 3).tolist())"
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


@pytest.mark.parametrize("seed", [-1, 2**64, 1.5])
def test_a_seed_that_makes_no_sense_is_refused(seed: object) -> None:
    with pytest.raises(SettingsError, match="seed must be an integer"):
        stream(seed, 0)  # type: ignore[arg-type]
