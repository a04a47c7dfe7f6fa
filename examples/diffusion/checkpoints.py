"""Trained networks as files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from systems import Vocabulary
from unet import UNet


def save_model(model: UNet, vocabulary: Vocabulary, facts: dict[str, Any], path: Path) -> None:
    """Writes the weights, the vocabulary, and facts about the training."""
    part = path.with_name(f"{path.name}.part")
    values = {field: list(names) for field, names in vocabulary.values.items()}
    torch.save({"width": model.width, "values": values, "facts": facts, "weights": model.state_dict()}, part)
    part.replace(path)


def load_model(path: Path, device: str) -> tuple[UNet, Vocabulary, dict[str, Any]]:
    """Reads what `save_model` has written."""
    data = torch.load(path, map_location=device, weights_only=True)
    vocabulary = Vocabulary({field: tuple(names) for field, names in data["values"].items()})
    model = UNet(vocabulary.sizes, data["width"])
    model.load_state_dict(data["weights"])
    return model.to(device).eval(), vocabulary, data["facts"]


def device_of(name: str) -> str:
    """`auto` is the GPU if there is one."""
    if name == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    return name
