"""Small MusicXML files, and what was read of them in one line a voice."""

from __future__ import annotations

from smashcima.loading import load_score
from smashcima.scene.semantic import Event, Note


def note(
    pitch: str,
    duration: int | None,
    kind: str = "",
    *,
    voice: str | None = "1",
    staff: int = 0,
    ratio: tuple[int, int] | None = None,
    dots: int = 0,
    before: str = "",
    after: str = "",
    attributes: str = "",
) -> str:
    """A `<note>`; `R` is a rest. `before` precedes the pitch (`<grace/>`, `<chord/>`), `after` ends the element."""
    parts = [f"<note{' ' if attributes else ''}{attributes}>", before]
    if pitch == "R":
        parts.append("<rest/>")
    else:
        parts.append(f"<pitch><step>{pitch[0]}</step><octave>{pitch[1]}</octave></pitch>")
    parts.append("" if duration is None else f"<duration>{duration}</duration>")
    parts.append("" if voice is None else f"<voice>{voice}</voice>")
    parts.append(f"<type>{kind}</type>" if kind else "")
    parts.append("<dot/>" * dots)
    if ratio is not None:
        parts.append(
            f"<time-modification><actual-notes>{ratio[0]}</actual-notes><normal-notes>{ratio[1]}</normal-notes>"
            "</time-modification>"
        )
    parts.append(f"<staff>{staff}</staff>" if staff else "")
    return "".join([*parts, after, "</note>"])


def tuplet(*marks: tuple[str, int]) -> str:
    """`<notations>` with tuplet marks, given as kind and number."""
    inner = "".join(f'<tuplet type="{kind}" number="{number}"/>' for kind, number in marks)
    return f"<notations>{inner}</notations>"


def backup(duration: int) -> str:
    return f"<backup><duration>{duration}</duration></backup>"


def forward(duration: int) -> str:
    return f"<forward><duration>{duration}</duration></forward>"


def score(*measures: str, divisions: int | None = 4, time: tuple[int, int] = (4, 4), staves: int = 1) -> str:
    """A score of one part; each argument is the content of a measure."""
    clefs = "".join(f'<clef number="{n + 1}"><sign>G</sign><line>2</line></clef>' for n in range(staves))
    attributes = (
        f"<attributes>{'' if divisions is None else f'<divisions>{divisions}</divisions>'}"
        f"<time><beats>{time[0]}</beats><beat-type>{time[1]}</beat-type></time>"
        f"{f'<staves>{staves}</staves>' if staves > 1 else ''}{clefs}</attributes>"
    )
    contents = [attributes + measures[0], *measures[1:]]
    body = "".join(f'<measure number="{n}">{content}</measure>' for n, content in enumerate(contents, 1))
    return (
        '<score-partwise version="4.0"><part-list><score-part id="P1"><part-name/></score-part></part-list>'
        f'<part id="P1">{body}</part></score-partwise>'
    )


def voices(source: str) -> list[str]:
    """What was read, a line a voice: pitch, onset in the measure, length and note value of each event.

    Spaces are left out; `source` is the text of a file, or its path.
    """
    loaded = load_score(source) if "<" not in source else load_score(data=source)
    lines = []
    for measure in loaded.score.measures:
        for staff in measure.staves:
            for voice in staff.voices:
                events = [event for event in voice.events if event.tag not in ("space", "mSpace")]
                if events:
                    lines.append(" ".join(map(_event, events)))
    return lines


def _event(event: Event) -> str:
    notes = [event] if isinstance(event, Note) else getattr(event, "notes", [])
    names = "".join(f"{n.pitch.step.name}{n.pitch.octave}" for n in notes if n.pitch is not None) or "R"
    value = "" if event.duration is None else f":{event.duration}"
    return f"{names}@{event.onset_in_measure}+{event.quarter_length}{value}"


def issues(source: str) -> list[tuple[str, str]]:
    """Element and text of each issue of reading a score."""
    loaded = load_score(source) if "<" not in source else load_score(data=source)
    return [(issue.element, issue.what) for issue in loaded.issues]
