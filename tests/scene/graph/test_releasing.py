from __future__ import annotations

from smashcima.scene.graph import SceneObject, release


class Tone(SceneObject):
    name: str = ""
    next: Tone | None = None


class Sheet(SceneObject):
    title: str = ""


class Blot(SceneObject):
    tone: Tone
    sheet: Sheet


def test_objects_outside_forget_what_is_released() -> None:
    second = Tone("b")
    first = Tone("a", next=second)
    kept, released = Sheet("kept"), Sheet("released")
    ours, theirs = Blot(first, released), Blot(first, kept)
    release(released, Tone)
    assert Blot.many_of(first, "tone") == [theirs]
    assert ours.tone is first
    assert Blot.of(released, "sheet") is ours
    assert Tone.of(second, "next") is first
