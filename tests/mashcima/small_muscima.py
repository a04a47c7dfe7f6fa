"""A data set like MUSCIMA++ with two writers, whose symbols are boxes."""

from __future__ import annotations

import zipfile
from pathlib import Path

SPACE = 28
DOCUMENTS = [
    "CVC-MUSCIMA_W-01_N-10_D-ideal",
    "CVC-MUSCIMA_W-01_N-14_D-ideal",
    "CVC-MUSCIMA_W-02_N-06_D-ideal",
]


def page(size: int) -> str:
    """Annotations of a staff with four noteheads of the given size."""
    nodes: list[str] = []

    def add(name: str, left: int, top: int, width: int, height: int, links: list[int]) -> int:
        number = len(nodes)
        nodes.append(
            f"<Node><Id>{number}</Id><ClassName>{name}</ClassName><Top>{top}</Top><Left>{left}</Left>"
            f"<Width>{width}</Width><Height>{height}</Height><Mask>1:{width * height}</Mask>"
            f"<Outlinks>{' '.join(map(str, links))}</Outlinks></Node>"
        )
        return number

    lines = [add("staffLine", 50, 100 + SPACE * index - 1, 800, 2, []) for index in range(5)]
    staff = add("staff", 50, 100, 800, 4 * SPACE, lines)
    for index in range(4):
        left = 100 + 100 * index
        stem = add("stem", left + size - 2, 90, 4, 70, [])
        add("notehead-full", left, 145, size, 24, [stem, staff])
    return f"<Nodes>{''.join(nodes)}</Nodes>"


def write_folder(folder: Path) -> Path:
    """Writes the annotations to files."""
    inner = folder / "v1.0" / "data" / "cropobjects_withstaff"
    inner.mkdir(parents=True)
    for number, name in enumerate(DOCUMENTS):
        (inner / f"{name}.xml").write_text(page(30 + 2 * number), encoding="utf-8")
    other = folder / "v1.0" / "data" / "cropobjects_manual"
    other.mkdir()
    (other / f"{DOCUMENTS[0]}.xml").write_text(page(50), encoding="utf-8")
    return folder


def write_archive(path: Path) -> Path:
    """Writes the annotations to an archive like that of MUSCIMA++."""
    with zipfile.ZipFile(path, "w") as archive:
        for number, name in enumerate(DOCUMENTS):
            archive.writestr(f"v1.0/data/cropobjects_withstaff/{name}.xml", page(30 + 2 * number))
    return path
