"""Freed memory of native code goes back to the system."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from lxml import etree

from smashcima import memory
from smashcima.memory import return_freed_memory


@pytest.fixture(autouse=True)
def _ask_the_system_again() -> None:
    memory._trimming.cache_clear()


def resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


@pytest.mark.skipif(memory._trimming() is None, reason="the system has no malloc_trim (Linux with glibc)")
def test_a_process_shrinks_by_the_xml_trees_that_it_has_freed():
    trees = [etree.fromstring("<a>" + "<b c='d'>e</b>" * 20_000 + "</a>") for _ in range(20)]
    kept = etree.fromstring("<a/>")  # in the last block, so that the trees before it are a hole
    full = resident_mb()
    del trees
    return_freed_memory()
    assert full - resident_mb() > 50
    assert kept.tag == "a"


def test_other_systems_keep_the_memory(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert memory._trimming() is None
    return_freed_memory()


def test_other_libraries_keep_the_memory(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda _: object())
    assert memory._trimming() is None
    return_freed_memory()
