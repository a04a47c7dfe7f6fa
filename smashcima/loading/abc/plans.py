"""Which voice of a tune stands on which staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smashcima.loading.abc.findings import Findings
from smashcima.loading.abc.voice_reader import VoiceReader
from smashcima.notations.abc import GroupPlan, StaffPlan

_SHOWN = 40


def plan_of_voices(
    given: GroupPlan | None, voices: Mapping[str, VoiceReader], defined: Sequence[str], findings: Findings
) -> GroupPlan:
    """The staves of the voices that have music: those of the tune (`given`), or one for each voice.

    `defined` has the names in the order in which the tune defines its voices.
    """
    with_music = {name for name, voice in voices.items() if voice.has_music}
    for name in defined:
        if name not in with_music:
            findings.report("V field", f"voice {name[:_SHOWN]} has no music; it has no staff")
    order = [name for name in dict.fromkeys([*defined, *voices]) if name in with_music]
    if given is None:
        return GroupPlan(members=[StaffPlan([name]) for name in order])
    used: set[str] = set()
    plan = _with_voices(given, with_music, used)
    if not plan.members:
        findings.report("score", "no staff has music; each voice has its own staff")
        return GroupPlan(members=[StaffPlan([name]) for name in order])
    for name in order:
        if name not in used:
            findings.report("score", f"voice {name[:_SHOWN]} is in no staff; not read")
    return plan


def _with_voices(plan: GroupPlan, voices: set[str], used: set[str]) -> GroupPlan:
    """A plan without voices that do not exist, or that it has had before."""
    group = GroupPlan(plan.symbol, joined=plan.joined)
    for member in plan.members:
        if isinstance(member, GroupPlan):
            inner = _with_voices(member, voices, used)
            group.members += [inner] if inner.members else []
            continue
        names: list[str] = []
        for name in member.voices:
            if name in voices and name not in used:
                used.add(name)
                names.append(name)
        group.members += [StaffPlan(names)] if names else []
    return group
