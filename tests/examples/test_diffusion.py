"""The example of a diffusion model: that its plan makes what it needs, and that it trains and samples."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import cv2
import pytest

from smashcima.datasets import load
from smashcima.datasets.generation import GenerationPlan
from smashcima.datasets.running import generate

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "diffusion"
MODULES = ("unet", "noise", "systems", "checkpoints", "sample", "train")
NEEDS_TORCH = "the example of a diffusion model needs PyTorch: pip install 'smashcima[torch]'"


@pytest.fixture(scope="module")
def plan() -> GenerationPlan:
    import yaml

    data = yaml.safe_load((FOLDER / "systems.yaml").read_text(encoding="utf-8"))
    return GenerationPlan.from_data({**data, "count": 3, "splits": {"train": 0.5, "test": 0.5}})


@pytest.fixture
def example() -> Iterator[SimpleNamespace]:
    """The modules of the example, which is run as a script."""
    pytest.importorskip("torch", reason=NEEDS_TORCH)
    sys.path.insert(0, str(FOLDER))
    try:
        yield SimpleNamespace(**{name: importlib.import_module(name) for name in MODULES})
    finally:
        sys.path.remove(str(FOLDER))
        for name in MODULES:
            sys.modules.pop(name, None)


def test_the_plan_makes_systems_with_their_conditions(plan, tmp_path):
    generate(plan, tmp_path / "systems")
    records = list(load(tmp_path / "systems"))
    first = [
        record for record in records if json.loads(record.files["visionscores.json"])["system_index"] == 0
    ]
    assert len(first) == 3
    for record in first:
        assert {"key", "metre", "texture"} <= set(record.metadata["conditions"])


def test_conditions_have_numbers(example):
    rows = [
        {"key": "G major", "metre": "3/4", "texture": "waltz"},
        {"key": "C major", "metre": "3/4", "texture": "melody"},
    ]
    vocabulary = example.systems.Vocabulary.of(rows)
    assert vocabulary.sizes == (3, 2, 3)
    assert vocabulary.numbers(rows[0]) == [2, 1, 2]
    assert vocabulary.numbers({"key": "C major"}) == [1, 0, 0]
    with pytest.raises(ValueError, match="unknown key 'H major'; there are C major, G major"):
        vocabulary.numbers({"key": "H major"})


def test_noise_goes_from_the_image_to_nothing_of_it(example):
    import torch

    image, noise = example.noise.levels(torch.tensor([0.0, 0.5, 1.0]))
    assert torch.allclose(image**2 + noise**2, torch.ones(3, 1, 1, 1))
    assert image[0] > 0.99
    assert image[2] < 0.01


def test_the_network_keeps_the_size_and_uses_the_conditions(example):
    import torch

    torch.manual_seed(1)
    model = example.unet.UNet((3, 2, 3), width=8)
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    images, times = torch.randn(2, 1, 32, 64), torch.tensor([0.2, 0.8])
    found = model(images, times, torch.tensor([[1, 1, 1], [0, 0, 0]]))
    other = model(images, times, torch.tensor([[2, 1, 1], [0, 0, 0]]))
    assert found.shape == images.shape
    assert not torch.equal(found[0], other[0])
    assert torch.allclose(found[1], other[1], atol=1e-5)


def test_a_trained_model_samples_the_same_again(example, tmp_path):
    import torch

    vocabulary = example.systems.Vocabulary({"key": ("C major",), "metre": ("2/4",), "texture": ("waltz",)})
    torch.manual_seed(1)
    model = example.unet.UNet(vocabulary.sizes, width=8)
    example.checkpoints.save_model(model, vocabulary, {"steps": 0}, tmp_path / "model.pt")
    images = []
    for name in ("first", "second"):
        again, words, facts = example.checkpoints.load_model(tmp_path / "model.pt", "cpu")
        assert (words, facts) == (vocabulary, {"steps": 0})
        example.sample.write_samples(again, words, [{"key": "C major"}], tmp_path / name, steps=2)
        images.append((tmp_path / name / "00000.png").read_bytes())
    assert images[0] == images[1]
    line = json.loads((tmp_path / "first" / "conditions.jsonl").read_text())
    assert line == {"file_name": "00000.png", "key": "C major"}


def test_training_goes_on_with_a_model(example, tmp_path):
    import torch

    vocabulary = example.systems.Vocabulary({"key": ("C major",), "metre": ("2/4",), "texture": ("waltz",)})
    model = example.unet.UNet(vocabulary.sizes, width=8)
    example.checkpoints.save_model(model, vocabulary, {"steps": 40, "seconds": 3}, tmp_path / "model.pt")
    given = SimpleNamespace(resume=tmp_path / "model.pt", width=64, batch=2)
    again, before = example.train.begin_model(vocabulary, given, "cpu")
    assert all(torch.equal(one, two) for one, two in zip(model.parameters(), again.parameters(), strict=True))
    systems = SimpleNamespace(images=[0] * 5)
    facts = example.train.facts_of(2, 1.2, systems, given, "cpu", before)
    assert (facts["steps"], facts["seconds"], facts["systems"]) == (42, 4, 5)
    other = example.systems.Vocabulary({**vocabulary.values, "key": ("G major",)})
    with pytest.raises(SystemExit, match="trained on systems with other keys, metres or textures"):
        example.train.begin_model(other, given, "cpu")


@pytest.mark.slow
def test_the_smoke_test_trains_and_samples(tmp_path):
    pytest.importorskip("torch", reason=NEEDS_TORCH)
    command = [sys.executable, str(FOLDER / "train.py"), "--smoke", "--threads", "1"]
    done = subprocess.run(
        [*command, "--samples", str(tmp_path / "samples")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "smoke test passed" in done.stdout
    images = [cv2.imread(str(path), 0) for path in sorted((tmp_path / "samples").glob("*.png"))]
    assert [image.shape for image in images] == [(128, 512)] * 2
