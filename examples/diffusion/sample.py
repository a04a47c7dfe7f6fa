"""Draws systems with a trained model; see README.md.

python examples/diffusion/sample.py model.pt -o samples --count 64 [--key "G major"] [--metre 3/4] [--texture alberti]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from checkpoints import device_of, load_model
from noise import sample
from systems import FIELDS, SHAPE, Vocabulary, bitmaps
from unet import UNet

from smashcima.imaging import write_image

_AT_ONCE = 16


def random_conditions(vocabulary: Vocabulary, count: int, seed: int) -> list[dict[str, str]]:
    """Conditions in which each value is equally probable."""
    rng = np.random.default_rng(seed)
    return [{field: str(rng.choice(vocabulary.values[field])) for field in FIELDS} for _ in range(count)]


def write_samples(
    model: UNet,
    vocabulary: Vocabulary,
    conditions: Sequence[Mapping[str, str]],
    folder: Path,
    steps: int = 50,
    guidance: float = 2.0,
    seed: int = 1,
) -> None:
    """Writes `00000.png` and so on, and `conditions.jsonl` with a line for each image. The same seed gives the same images."""
    folder.mkdir(parents=True, exist_ok=True)
    device = next(model.parameters()).device
    generator = torch.Generator(device).manual_seed(seed)
    numbers = torch.tensor([vocabulary.numbers(row) for row in conditions], device=device)
    lines = []
    for begin in range(0, len(numbers), _AT_ONCE):
        images = sample(model, numbers[begin : begin + _AT_ONCE], SHAPE, generator, steps, guidance)
        for index, gray in enumerate(bitmaps(images), begin):
            name = f"{index:05}.png"
            opaque = np.full_like(gray, 255)
            write_image(np.dstack([gray, gray, gray, opaque]), folder / name)
            lines.append(json.dumps({"file_name": name, **conditions[index]}) + "\n")
    (folder / "conditions.jsonl").write_text("".join(lines), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder of the images")
    parser.add_argument("--count", type=int, default=16)
    for field in FIELDS:
        parser.add_argument(f"--{field}", help="random for each image if it is not given")
    parser.add_argument("--guidance", type=float, default=2.0, help="1 for none")
    parser.add_argument("--steps", type=int, default=50, help="steps of DDIM")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--threads", type=int, help="threads of the CPU")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.threads:
        torch.set_num_threads(given.threads)
    model, vocabulary, facts = load_model(given.model, device_of(given.device))
    print(f"trained for {facts['steps']} steps in {facts['seconds']} s on {facts['device']}")
    fixed = {field: getattr(given, field) for field in FIELDS if getattr(given, field) is not None}
    conditions = [{**row, **fixed} for row in random_conditions(vocabulary, given.count, given.seed)]
    write_samples(model, vocabulary, conditions, given.output, given.steps, given.guidance, given.seed)


if __name__ == "__main__":
    main()
