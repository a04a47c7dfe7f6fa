"""The data set card: `README.md` with the fields that Hugging Face reads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_TYPES = {"Image": "image", "ClassLabel": "class"}

_USE = """\
```python
from datasets import load_dataset

data = load_dataset("parquet", data_files={files})
```
"""


def write_card(root: Path, shards: Mapping[str, Sequence[Path]]) -> None:
    """Writes the card of a data set, given its shards by split."""
    import pyarrow.parquet

    counts: dict[str, int] = {}
    licences: Counter[str] = Counter()
    features: dict[str, Any] = {}
    for split, paths in sorted(shards.items()):
        for path in paths:
            with pyarrow.parquet.ParquetFile(path) as file:
                counts[split] = counts.get(split, 0) + file.metadata.num_rows
                features = json.loads(file.schema_arrow.metadata[b"huggingface"])["info"]["features"]
                licences.update(file.read(["licence"]).column("licence").to_pylist())
    (root / "README.md").write_text(_card(counts, licences, features), encoding="utf-8")


def _card(counts: Mapping[str, int], licences: Counter[str], features: Mapping[str, Any]) -> str:
    configuration = "".join(f"  - split: {split}\n    path: data/{split}-*.parquet\n" for split in counts)
    files = json.dumps({split: f"data/{split}-*.parquet" for split in counts})
    rows = "".join(f"| `{name}` | {_type_of(feature)} |\n" for name, feature in features.items())
    splits = "".join(f"| {split} | {count} |\n" for split, count in counts.items())
    music = "".join(f"- {name}: {count} images\n" for name, count in sorted(licences.items()))
    return (
        "---\n"
        "pretty_name: Synthetic sheet music\n"
        "license: other\n"
        "tags:\n- music\n- optical-music-recognition\n- synthetic\n"
        f"configs:\n- config_name: default\n  data_files:\n{configuration}"
        "---\n\n"
        "# Synthetic sheet music\n\n"
        "Images of sheet music with ground truth, made by Smashcima from the plan in `plan.yaml`. Each image can be made again "
        "from the plan and its `sample`.\n\n"
        f"{_USE.format(files=files)}\n"
        f"| split | images |\n|---|---|\n{splits}\n"
        f"| column | type |\n|---|---|\n{rows}\n"
        f"## Licences of the music\n\n{music}"
    )


def _type_of(feature: Mapping[str, Any]) -> str:
    """The type of a feature in words."""
    match feature.get("_type"):
        case "Value":
            return str(feature["dtype"])
        case "Sequence":
            length = feature.get("length")
            return f"list of {length or ''} {_type_of(feature['feature'])}".replace("  ", " ")
        case str(kind):
            return _TYPES[kind]
        case _:
            return ", ".join(f"`{name}`: {_type_of(each)}" for name, each in feature.items())
