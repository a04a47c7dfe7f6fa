from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_PROGRAM = """
import hashlib, sys
from smashcima.engravers.verovio import engrave_mei
engraving = engrave_mei(sys.stdin.read())
text = []
for primitive in engraving.primitives():
    fields = {name: getattr(primitive, name) for name in type(primitive).__dataclass_fields__}
    text.append(repr({k: v.tolist() if hasattr(v, "tolist") else v for k, v in fields.items() if k != "rings"}))
text.append(repr(engraving.systems))
text.append(repr(engraving.issues))
print(len(text), hashlib.sha256("".join(text).encode()).hexdigest())
"""


def _digest(repository: Path, mei: str, hash_seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        input=mei,
        capture_output=True,
        text=True,
        check=True,
        cwd=repository,
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(repository)},
    )
    return done.stdout


def test_the_same_engraving_in_two_processes(repository, write_document, write_measure):
    layer = '<note pname="c" oct="6" dur="4"/><chord dur="4"><note pname="d" oct="5"/></chord><rest dur="2"/>'
    marks = '<dir staff="1" tstamp="1">dolce</dir><dynam staff="1" tstamp="2">mf</dynam><custos/>'
    mei = write_document("<sb/>".join(write_measure(layer, marks, n=n) for n in range(1, 6)))
    first, second = _digest(repository, mei, "1"), _digest(repository, mei, "2")
    assert first == second
    assert int(first.split()[0]) > 80


def test_earlier_layouts_leave_no_trace(snippet):
    def ids():
        engraving = snippet(marks='<dynam tstamp="1" staff="1">f</dynam>').engraving
        return [(p.kind, p.element, p.place) for p in engraving.primitives()]

    first = ids()
    snippet(marks='<dir tstamp="1" staff="1">other</dir>')
    assert ids() == first
