"""The files that belong to a whole tree: `data.yaml`, one COCO document, lists of crops.

They are made from the files of all samples in the tree, so that they are complete after an interrupted run is continued.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smashcima.files import write_file

if TYPE_CHECKING:
    from smashcima.cli.chosen_formats import ChosenFormats

_PICTURES = ("*.png", "*.jpg")


def tree_files(formats: ChosenFormats, directory: Path) -> list[Path]:
    """Paths of the files that belong to the whole tree."""
    parts: tuple[str, ...] = ("",) if formats.arrangement.splits is None else formats.arrangement.splits.names
    names = ["data.yaml"] if "yolo" in formats.names else []
    if "coco" in formats.names:
        names += [f"annotations/{part}.json" if part else "annotations.json" for part in parts]
    if "labelstudio" in formats.names:
        names.append("label_studio.json")
    if formats.crop_music:
        names += [f"{level}.jsonl" for level in ("systems", "staves") if level in formats.names]
    return [directory / name for name in names] if formats.arrangement.is_tree else []


def write_tree_files(formats: ChosenFormats, directory: Path) -> None:
    """Writes the files that belong to the whole tree, and replaces older ones."""
    for path in tree_files(formats, directory):
        if path.name == "data.yaml":
            content = _data_yaml(formats, directory)
        elif path.name == "label_studio.json":
            tasks = list(_tasks(directory / "label_studio"))
            content = _json(tasks) if tasks else None
        elif path.suffix == ".jsonl":
            content = "".join(_crop_lines(directory, path.stem)) or None
        else:
            part = path.stem if path.parent != directory else ""
            content = _merged_coco(directory / "coco" / part)
        if content is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, content.encode())


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.rglob(pattern), key=lambda path: path.relative_to(folder).parts)


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _data_yaml(formats: ChosenFormats, directory: Path) -> str | None:
    """`data.yaml` without `path`: trainers then take the paths in it relative to its folder."""
    from smashcima.exporting.yolo import YoloExporter

    splits = formats.arrangement.splits
    names = [""] if splits is None else list(splits.names)
    there = [name for name in names if _has_pictures(directory / "images" / name)]
    if not there:
        return None
    train = "train" if "train" in there else there[0]
    # Trainers demand images for validation; if there are none, they get those for training.
    validation = next((name for name in ("validation", "val", "valid") if name in there), train)
    test = "images/test" if "test" in there else None
    exporter = YoloExporter(**formats.exporter_options)
    return exporter.data_yaml(
        f"images/{train}".rstrip("/"), f"images/{validation}".rstrip("/"), path=None, test=test
    )


def _has_pictures(folder: Path) -> bool:
    return any(next(folder.glob(pattern), None) is not None for pattern in _PICTURES)


def _merged_coco(folder: Path) -> str | None:
    """One document of those of all pages; labels of one's own may add categories on some pages."""
    result: dict[str, Any] | None = None
    categories: dict[int, Any] = {}
    for path in _files(folder, "*.coco.json"):
        document = _read(path)
        result = result or {**document, "images": [], "annotations": []}
        categories |= {each["id"]: each for each in document["categories"]}
        image_ids = {}
        for image in document["images"]:
            image_ids[image["id"]] = len(result["images"]) + 1
            result["images"].append({**image, "id": image_ids[image["id"]]})
        for annotation in document["annotations"]:
            new = {"id": len(result["annotations"]) + 1, "image_id": image_ids[annotation["image_id"]]}
            result["annotations"].append({**annotation, **new})
    if result is None:
        return None
    return _json({**result, "categories": [categories[number] for number in sorted(categories)]})


def _tasks(folder: Path) -> Iterator[Any]:
    """The tasks of all pages, with paths of images relative to the root of the tree."""
    for path in _files(folder, "*.json"):
        images = Path("images") / path.parent.relative_to(folder)
        for task in _read(path):
            yield {**task, "data": {"image": f"{images.as_posix()}/{task['data']['image']}"}}


def _crop_lines(directory: Path, level: str) -> Iterator[str]:
    """The lines about all crops of a level, with paths relative to the root of the tree."""
    lists = directory / level / "lists"
    for path in _files(lists, "*.jsonl"):
        part = path.parent.relative_to(lists).as_posix()
        folder = level if part == "." else f"{level}/{part}"
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            files = {name: f"{folder}/{file}" for name, file in row["files"].items()}
            split = {} if part == "." else {"split": part}
            yield _json({**row, "image": f"{folder}/{row['image']}", **split, "files": files})
