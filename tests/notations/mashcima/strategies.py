"""Random annotations for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from smashcima.notations.mashcima import VOCABULARY

EXTENDED = [
    "clef.G0", "clef.F-12", "~clef.8vb.G-2", "~clef.perc", "~||", "~|]", "~l3", "~b-3", "~u0", "~v12", "~ur", "~vr",
    "~u=0", "~=u=1", "~=v2", "~q=0", "~=q1", "~grace.e3", "~grace/.e3", "~grace.s=3", "~grace.=s4", "~grace.=t=4",
    "~grace/.w0", "~multirest.16", "~time.12", "~time.3+2", "~meter.3", "~tuplet.5", "~tuplet.12", "~fermata.below",
    "~mordent.lower", "~mordent.upper", "~turn.upper", "~turn.lower", "~dyn.mf", "~dyn.sfz", "~artic.upbow",
    "~artic.stacciss", "~***", "~key",
]  # fmt: skip
"""At least one token of every extension."""

JUNK = ["q", "q13", "q-13", "q03", "q-0", "foo", "time.12", "~", "~foo", "~tuplet.3", "END", "START", "=q0", "e==0", "~b", "=", "-1", "é"]  # fmt: skip
"""Tokens that the language does not have."""

tokens = st.one_of(st.sampled_from(VOCABULARY), st.sampled_from(EXTENDED))
near_notes = st.sampled_from(
    ["q0", "#0", "b0", "e=0", "=e=0", "=e0", "(", ")", ".", "*", "time.3", "|", "er", "~grace.e=0", "~grace.=e0", "~key", "?", "fermata"]
)  # fmt: skip
"""Tokens that interact."""

texts = st.lists(st.one_of(tokens, near_notes, st.sampled_from(JUNK)), max_size=25).map(" ".join)
"""Annotations that are rarely valid."""
