"""Trains a diffusion model on systems of composed piano music; see README.md.

python examples/diffusion/train.py SYSTEMS -o model.pt [--minutes 10]
python examples/diffusion/train.py --smoke
"""

from __future__ import annotations

import argparse
import copy
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
import yaml
from checkpoints import device_of, load_model, save_model
from noise import loss_of
from sample import write_samples
from systems import Systems, Vocabulary, read_systems
from torch import nn
from unet import UNet

from smashcima.datasets.generation import GenerationPlan
from smashcima.datasets.running import generate

PLAN = Path(__file__).with_name("systems.yaml")
_WARM_UP = 100
_AVERAGED = 0.999
"""The weights that are kept are a moving average, of about a thousand steps."""

_SAVED_EVERY_S = 60
_SMOKE = {"width": 16, "batch": 8, "minutes": 0.25}


def learning_rate(step: int, spent: float, highest: float) -> float:
    """Rises in the first steps, and falls along a cosine to a tenth; `spent` is the share of the time."""
    cosine = 0.55 + 0.45 * torch.cos(torch.tensor(torch.pi * min(spent, 1.0))).item()
    return highest * min(1.0, (step + 1) / _WARM_UP) * cosine


@torch.no_grad()
def update_average(average: UNet, model: UNet, step: int) -> None:
    kept = min(_AVERAGED, (1 + step) / (10 + step))
    for mean, weight in zip(average.parameters(), model.parameters(), strict=True):
        mean.lerp_(weight, 1 - kept)


@torch.no_grad()
def held_out_loss(model: UNet, systems: Systems, device: str) -> float:
    """The loss on up to 64 systems of other pieces, with the same times and noise each time."""
    images, conditions = systems.batch(torch.arange(min(64, len(systems.images))), device)
    return loss_of(model, images, conditions, torch.Generator(device).manual_seed(7)).item()


def train(
    systems: Systems, test: Systems, vocabulary: Vocabulary, given: argparse.Namespace, device: str
) -> UNet:
    """Trains for a number of minutes, and returns the average of the weights."""
    torch.manual_seed(given.seed)
    model, before = begin_model(vocabulary, given, device)
    average = copy.deepcopy(model).eval()
    weights = sum(each.numel() for each in model.parameters())
    print(f"{len(systems.images)} systems, {weights / 1e6:.1f} million weights, on {device}", flush=True)
    optimiser = torch.optim.AdamW(model.parameters(), given.rate, betas=(0.9, 0.99), weight_decay=0.01)
    order = torch.Generator().manual_seed(given.seed)
    noise = torch.Generator(device).manual_seed(given.seed)
    begin = saved = time.monotonic()
    step, recent, spent = 0, 0.0, 0.0
    while spent < 60 * given.minutes:
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step, spent / (60 * given.minutes), given.rate)
        chosen = torch.randint(len(systems.images), (given.batch,), generator=order)
        images, conditions = systems.batch(chosen, device)
        with torch.autocast(device, torch.bfloat16):
            loss = loss_of(model, images, conditions, noise)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        update_average(average, model, step)
        step, spent = step + 1, time.monotonic() - begin
        recent = loss.item() if step == 1 else 0.98 * recent + 0.02 * loss.item()
        if step % given.report == 0:
            other = held_out_loss(average, test, device)
            print(f"step {step}, {spent:.0f} s, loss {recent:.4f}, held out {other:.4f}", flush=True)
        if time.monotonic() - saved > _SAVED_EVERY_S:
            saved = time.monotonic()
            save_model(
                average, vocabulary, facts_of(step, spent, systems, given, device, before), given.output
            )
    save_model(average, vocabulary, facts_of(step, spent, systems, given, device, before), given.output)
    print(f"{step} steps in {spent:.0f} s, held out {held_out_loss(average, test, device):.4f}", flush=True)
    return average


def begin_model(
    vocabulary: Vocabulary, given: argparse.Namespace, device: str
) -> tuple[UNet, dict[str, Any]]:
    """A new network, or that of a file with the facts about its training."""
    if given.resume is None:
        model, before = UNet(vocabulary.sizes, given.width), {}
    else:
        model, known, before = load_model(given.resume, device)
        if known != vocabulary:
            raise SystemExit(f"{given.resume} was trained on systems with other keys, metres or textures")
    return model.to(device, memory_format=torch.channels_last).train(), before


def facts_of(
    step: int,
    spent: float,
    systems: Systems,
    given: argparse.Namespace,
    device: str,
    before: Mapping[str, Any],
) -> dict[str, object]:
    """What the file of the model says about its training, with that before it was resumed."""
    return {
        "steps": step + before.get("steps", 0),
        "seconds": round(spent) + before.get("seconds", 0),
        "cpu_seconds": round(time.process_time()) + before.get("cpu_seconds", 0),
        "batch": given.batch,
        "systems": len(systems.images),
        "device": device,
    }


def smoke(given: argparse.Namespace) -> None:
    """Makes a few systems, trains a tiny network on them, and samples from it: everything runs, nothing is learned."""
    for name, value in _SMOKE.items():
        setattr(given, name, value)
    plan = yaml.safe_load(PLAN.read_text(encoding="utf-8"))
    plan["count"], plan["splits"] = 16, {"train": 0.7, "test": 0.3}
    with tempfile.TemporaryDirectory() as folder:
        generate(GenerationPlan.from_data(plan), Path(folder) / "systems")
        systems, test, vocabulary = read_systems(Path(folder) / "systems")
        given.output = given.output or Path(folder) / "model.pt"
        average = train(systems, test, vocabulary, given, "cpu")
        rows = [{}, {"key": vocabulary.values["key"][0], "metre": vocabulary.values["metre"][0]}]
        write_samples(average, vocabulary, rows, given.samples or Path(folder) / "samples", steps=4)
    print("smoke test passed")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("systems", type=Path, nargs="?", help="data set in the layout visionscores")
    parser.add_argument("-o", "--output", type=Path, help="file of the model")
    parser.add_argument("--resume", type=Path, help="file of a model to go on with")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--width", type=int, default=64, help="64 for a GPU, 32 for a CPU")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=5e-4)
    parser.add_argument("--report", type=int, default=500, help="steps between reports")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--threads", type=int, help="threads of the CPU")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--smoke", action="store_true", help="a minute on a CPU; learns nothing")
    parser.add_argument("--samples", type=Path, help="folder for the samples of the smoke test")
    given = parser.parse_args()
    if given.threads:
        torch.set_num_threads(given.threads)
    if given.smoke:
        smoke(given)
        return
    if given.systems is None or given.output is None:
        parser.error("give the data set and the file of the model (-o), or --smoke")
    systems, test, vocabulary = read_systems(given.systems)
    train(systems, test, vocabulary, given, device_of(given.device))


if __name__ == "__main__":
    main()
