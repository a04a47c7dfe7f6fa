"""Trains a small detector of noteheads, rests and accidentals on a data set, and draws what it finds.

    python examples/train_detector.py DATASET [--minutes 2]

The data set needs the label `coco` and the splits `train` and `test`. Needs PyTorch: pip install 'smashcima[torch]'.
The network predicts a heat map for each class, whose peaks are the centres of objects, and the size of the object at
each peak (Zhou et al. 2019, "Objects as Points"), at a quarter of the resolution. It has 42,000 weights.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812 - its usual name
from torch.utils.data import DataLoader

from smashcima.datasets import load
from smashcima.datasets.consuming import CollateDetection, picture_of, tensors
from smashcima.imaging import write_image

CLASSES = (
    "noteheadBlack",
    "noteheadHalf",
    "restQuarter",
    "rest8th",
    "accidentalSharp",
    "accidentalFlat",
    "gClef",
)
STRIDE = 4
COLOURS = np.array(
    [[30, 30, 220], [220, 120, 0], [0, 150, 0], [0, 170, 170], [180, 0, 180], [120, 80, 40], [90, 90, 90]]
)


class Detector(nn.Module):
    """From an image to logits of centres, and logarithms of widths and heights."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for width, stride, dilation in ((24, 2, 1), (32, 2, 1), (48, 1, 2), (48, 1, 2)):
            convolution = nn.Conv2d(channels, width, 3, stride, dilation, dilation)
            layers += [convolution, nn.BatchNorm2d(width), nn.ReLU()]
            channels = width
        self.body = nn.Sequential(*layers)
        self.centres = nn.Conv2d(channels, len(CLASSES), 1)
        self.sizes = nn.Conv2d(channels, 2, 1)
        nn.init.constant_(self.centres.bias, -4.0)  # most pixels are no centre

    def forward(self, images: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        features = self.body(1 - images)
        return self.centres(features), self.sizes(features)


def padded(images: list[torch.Tensor]) -> torch.Tensor:
    """Images of one batch, padded with white."""
    height = -(-max(image.shape[1] for image in images) // STRIDE) * STRIDE
    width = -(-max(image.shape[2] for image in images) // STRIDE) * STRIDE
    return torch.stack(
        [F.pad(image, (0, width - image.shape[2], 0, height - image.shape[1]), value=1.0) for image in images]
    )


def goals(targets: list[dict[str, torch.Tensor]], height: int, width: int) -> tuple[torch.Tensor, ...]:
    """Heat maps with a peak at each centre, the sizes there, and where they hold."""
    heat = np.zeros((len(targets), len(CLASSES), height, width), np.float32)
    sizes = np.zeros((len(targets), 2, height, width), np.float32)
    holds = np.zeros((len(targets), 1, height, width), np.float32)
    for index, target in enumerate(targets):
        boxes = target["boxes"].numpy()
        centres = ((boxes[:, :2] + boxes[:, 2:]) / 2 / STRIDE).astype(int).clip(0, [width - 1, height - 1])
        for (x, y), box, label in zip(centres, boxes, target["labels"].tolist(), strict=True):
            around = heat[index, label - 1, max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2]
            np.maximum(around, 0.6, out=around)
            heat[index, label - 1, y, x] = 1.0
            sizes[index, :, y, x] = np.log(box[2:] - box[:2])
            holds[index, 0, y, x] = 1.0
    return torch.from_numpy(heat), torch.from_numpy(sizes), torch.from_numpy(holds)


def loss_of(
    model: Detector, images: list[torch.Tensor], targets: list[dict[str, torch.Tensor]]
) -> torch.Tensor:
    """The focal loss of the heat maps, and the error of the sizes."""
    logits, sizes = model(padded(images))
    heat, wanted, holds = goals(targets, *logits.shape[2:])
    probability = torch.sigmoid(logits).clamp(1e-4, 1 - 1e-4)
    is_centre = heat == 1
    found = -((1 - probability) ** 2 * torch.log(probability))[is_centre].sum()
    missed = -((1 - heat) ** 4 * probability**2 * torch.log(1 - probability))[~is_centre].sum()
    count = is_centre.sum().clamp(min=1)
    return (found + missed + ((sizes - wanted).abs() * holds).sum()) / count


@torch.no_grad()
def detect(
    model: Detector, image: torch.Tensor, threshold: float = 0.35
) -> tuple[torch.Tensor, torch.Tensor]:
    """Boxes (left, top, right, bottom) and labels of an image."""
    logits, sizes = model(padded([image]))
    heat = torch.sigmoid(logits)
    peaks = (heat == F.max_pool2d(heat, 3, 1, 1)) & (heat > threshold)
    _, labels, y, x = torch.nonzero(peaks, as_tuple=True)
    extent = torch.exp(sizes[0, :, y, x]).T
    centres = (torch.stack([x, y], 1) + 0.5) * STRIDE
    return torch.cat([centres - extent / 2, centres + extent / 2], 1), labels + 1


def score(
    model: Detector, images: list[torch.Tensor], targets: list[dict[str, torch.Tensor]]
) -> tuple[float, float]:
    """Precision and recall: a detection is right if its centre is in a box of its class that no other one has."""
    right = detected = wanted = 0
    for image, target in zip(images, targets, strict=True):
        boxes, labels = detect(model, image)
        detected, wanted = detected + len(boxes), wanted + len(target["labels"])
        free = list(zip(target["boxes"].tolist(), target["labels"].tolist(), strict=True))
        for (left, top, right_, bottom), label in zip(boxes.tolist(), labels.tolist(), strict=True):
            x, y = (left + right_) / 2, (top + bottom) / 2
            for entry in free:
                box = entry[0]
                if entry[1] == label and box[0] <= x <= box[2] and box[1] <= y <= box[3]:
                    free.remove(entry)
                    right += 1
                    break
    return right / max(detected, 1), right / max(wanted, 1)


def draw(model: Detector, records: list, path: Path) -> None:
    """Draws the boxes that are found in some images, one below the other."""
    rows = []
    for record in records:
        picture = picture_of(record)
        bitmap = np.repeat(picture[:1], 3, 0).transpose(1, 2, 0).copy()
        boxes, labels = detect(model, torch.from_numpy(picture / 255).float())
        for box, label in zip(boxes.round().int().tolist(), labels.tolist(), strict=True):
            left, top, right, bottom = (max(side, 0) for side in box)
            part = bitmap[top : bottom + 1, left : right + 1]
            part[[0, -1]] = part[:, [0, -1]] = COLOURS[label - 1]
        rows.append(bitmap)
    width = max(row.shape[1] for row in rows)
    whole = np.vstack(
        [np.pad(row, ((0, 6), (0, width - row.shape[1]), (0, 0)), constant_values=255) for row in rows]
    )
    write_image(np.dstack([whole, np.full(whole.shape[:2], 255, np.uint8)]), path)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("dataset", type=Path)
    arguments.add_argument("--minutes", type=float, default=2.0)
    given = arguments.parse_args()
    torch.manual_seed(1)
    records = list(load(given.dataset))
    train = [record for record in records if record.split == "train"]
    test = [record for record in records if record.split == "test"]
    collate = tensors(CollateDetection(CLASSES))
    loader = DataLoader(train, batch_size=8, shuffle=True, collate_fn=collate)
    model = Detector(picture_of(train[0]).shape[0])
    optimiser = torch.optim.Adam(model.parameters(), 4e-3)
    end, step = time.monotonic() + 60 * given.minutes, 0
    while time.monotonic() < end:
        for images, targets in loader:
            loss = loss_of(model, images, targets)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            step += 1
            if step % 50 == 0:
                print(f"step {step}, loss {loss.item():.2f}", flush=True)
            if time.monotonic() > end:
                break
    model.eval()
    precision, recall = score(model, *collate(test))
    print(f"{len(train)} images for training, {step} steps; {len(test)} for the test:")
    print(f"precision {precision:.1%}, recall {recall:.1%}")
    draw(model, test[:4], Path("detected.png"))


if __name__ == "__main__":
    main()
