"""Fixtures for tests of compiled kernels."""

import numpy as np
import pytest

ROADS = ("off", "on")


@pytest.fixture(params=range(4))
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    """Random numbers."""
    return np.random.default_rng(request.param)


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch):
    """Calls a function with NumPy and with kernels, and returns both results."""
    pytest.importorskip("numba", reason='numba is not installed: pip install "smashcima[fast]"')

    def call(function):
        results = []
        for road in ROADS:
            monkeypatch.setenv("SMASHCIMA_KERNELS", road)
            results.append(function())
        return results

    return call
