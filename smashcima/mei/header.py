"""Title, composer and lyricist in the header of an MEI document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from smashcima.scene.semantic.frozen_value import FrozenValue
from smashcima.xml_text import escape

_HEAD = re.compile(r"<(?:\w+:)?meiHead\b[^>]*(?<!/)>.*?</(?:\w+:)?meiHead\s*>", re.S)


@dataclass(frozen=True)
class About(FrozenValue):
    """Title and contributors of a work."""

    title: str = ""
    composer: str = ""
    lyricist: str = ""


def read(prolog: str) -> About:
    """Reads title and contributors from the file description, or else from the work; missing ones are empty strings."""
    found = _HEAD.search(prolog)
    head = _parsed(found[0]) if found is not None else None
    if head is None:
        return About()
    of_file, of_work = _about(_statement(head)), _about(_work(head))
    return About(
        of_file.title or of_work.title,
        of_file.composer or of_work.composer,
        of_file.lyricist or of_work.lyricist,
    )


def _about(statement: Any) -> About:
    if statement is None:
        return About()
    titles = [child for child in statement if _name(child) == "title"]
    main = next((t for t in titles if t.get("type") in (None, "main", "uniform")), None)
    return About(
        _title(main if main is not None else titles[0]) if titles else "",
        _person(statement, "composer"),
        _person(statement, "lyricist"),
    )


def written(prolog: str, before: About, now: About) -> str:
    """The prolog with changed values; a header without a title statement is not modified."""
    found = _HEAD.search(prolog)
    if found is None or before == now:
        return prolog
    from lxml import etree

    head = _parsed(found[0])
    statement = _statement(head)
    if statement is None:
        return prolog
    work = _work(head)
    if now.title != before.title:
        titles = [child for child in statement if _name(child) == "title"]
        title = titles[0] if titles else etree.SubElement(statement, "title")
        for child in list(title):
            title.remove(child)
        title.text = now.title
        # Otherwise the title of the work would be read instead of the empty title.
        for other in [child for child in (work if work is not None else ()) if _name(child) == "title"]:
            work.remove(other)
    for role in ("composer", "lyricist"):
        name = getattr(now, role)
        if name != getattr(before, role):
            for element in [*_people(statement, role), *(_people(work, role) if work is not None else ())]:
                element.getparent().remove(element)
            if name:
                responsible = next((c for c in statement if _name(c) == "respStmt"), None)
                if responsible is None:
                    responsible = etree.SubElement(statement, "respStmt")
                etree.SubElement(responsible, "persName", role=role).text = name
    text = etree.tostring(head, encoding="unicode")
    return prolog[: found.start()] + text + prolog[found.end() :]


def new_prolog(about: About) -> str:
    """The text before the score, for a new document."""
    people = "".join(
        f'<persName role="{role}">{escape(name)}</persName>'
        for role, name in (("composer", about.composer), ("lyricist", about.lyricist))
        if name
    )
    return (
        '<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0">\n'
        "<meiHead><fileDesc><titleStmt>"
        f"<title>{escape(about.title)}</title>{f'<respStmt>{people}</respStmt>' if people else ''}"
        "</titleStmt><pubStmt/></fileDesc></meiHead>\n<music><body><mdiv>\n"
    )


NEW_EPILOG = "\n</mdiv></body></music>\n</mei>\n"


def _parsed(head: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    return etree.fromstring(head.encode("utf-8"), parser)


def _name(element: Any) -> str:
    return element.tag.rsplit("}", 1)[-1].rsplit(":", 1)[-1] if isinstance(element.tag, str) else ""


def _statement(head: Any) -> Any:
    if head is None:
        return None
    return next((element for element in head.iter() if _name(element) == "titleStmt"), None)


def _work(head: Any) -> Any:
    """The first work in the header, which in some programs' files has the title instead of the file description."""
    return next((element for element in head.iter() if _name(element) == "work"), None)


def _people(statement: Any, role: str) -> list[Any]:
    return [
        e for e in statement.iter() if _name(e) == role or (_name(e) == "persName" and e.get("role") == role)
    ]


def _person(statement: Any, role: str) -> str:
    return ", ".join(
        filter(None, (_text(e) for e in _people(statement, role) if not _people_inside(e, role)))
    )


def _people_inside(element: Any, role: str) -> bool:
    return any(child is not element for child in _people(element, role))


def _title(title: Any) -> str:
    """The title without parts such as subtitles."""
    own = [str(title.text or "")]
    for child in title:
        is_subordinate = _name(child) in ("title", "titlePart") and child.get("type") not in (None, "main")
        own += [" "] if is_subordinate else ["".join(child.itertext())]
        own.append(str(child.tail or ""))
    return " ".join("".join(own).split())


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
