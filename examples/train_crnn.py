"""Trains a recogniser of staves on a data set: convolutions, a recurrent layer, and CTC.

    python examples/train_crnn.py DATASET [--minutes 6]

The data set has images of staves of one height (`image: {crops: staves, height: 64}`), the label `mashcima`, and the splits `train`
and `test`. Needs PyTorch: pip install 'smashcima[torch]'. It prints the symbol error rate of the test images: edits that
turn the result into the truth, for each token of the truth.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import torch
from torch import nn
from torch.utils.data import DataLoader

from smashcima.datasets import load
from smashcima.datasets.consuming import CollateSequences, Vocabulary, picture_of, tensors, text_of

LABEL = "mashcima"
STEP = 4
"""Width in pixels of a step of the recurrent layer."""


class Recogniser(nn.Module):
    """From images of staves to the logits of tokens, from left to right."""

    def __init__(self, channels: int, height: int, tokens: int) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for width, stride in ((16, 2), (32, 2), (48, (2, 1)), (64, (2, 1))):
            layers += [nn.Conv2d(channels, width, 3, stride, 1), nn.GroupNorm(8, width), nn.ReLU()]
            channels = width
        self.eye = nn.Sequential(*layers)
        self.memory = nn.LSTM(channels * (height // 16), 96, bidirectional=True, batch_first=True)
        self.tokens = nn.Linear(192, tokens)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        features = self.eye(1 - images)  # (n, channels, rows, steps)
        columns = features.flatten(1, 2).transpose(1, 2)
        return self.tokens(self.memory(columns)[0])


def loss_of(model: Recogniser, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """The CTC loss; id 0 is the blank."""
    log_probabilities = model(batch["images"]).log_softmax(2).transpose(0, 1)
    steps = batch["widths"] // STEP
    return nn.functional.ctc_loss(
        log_probabilities, batch["tokens"], steps, batch["lengths"], blank=0, zero_infinity=True
    )


@torch.no_grad()
def read(model: Recogniser, batch: dict[str, torch.Tensor]) -> list[list[int]]:
    """The most probable token of each step, without repetitions and blanks."""
    best = model(batch["images"]).argmax(2)
    found = []
    for row, width in zip(best, batch["widths"].tolist(), strict=True):
        ids = torch.unique_consecutive(row[: width // STEP])
        found.append(ids[ids != 0].tolist())
    return found


def edits(first: list[int], second: list[int]) -> int:
    """The edit distance of two sequences."""
    row = list(range(len(second) + 1))
    for number, each in enumerate(first, 1):
        previous, row[0] = row[0], number
        for column, other in enumerate(second, 1):
            previous, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, previous + (each != other)),
            )
    return row[-1]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("dataset", type=Path)
    arguments.add_argument("--minutes", type=float, default=6.0)
    given = arguments.parse_args()
    torch.manual_seed(1)
    records = list(load(given.dataset))
    train = [record for record in records if record.split == "train"]
    test = [record for record in records if record.split == "test"]
    # Images of similar width are in one batch, so that little of it is padding.
    for part in (train, test):
        part.sort(key=lambda record: record.metadata["width"])
    batches = [list(range(begin, min(begin + 16, len(train)))) for begin in range(0, len(train), 16)]
    vocabulary = Vocabulary.of(text_of(record, LABEL) for record in train)
    collate = tensors(CollateSequences(vocabulary, LABEL, multiple=16))
    model = Recogniser(*picture_of(train[0]).shape[:2], len(vocabulary))
    optimiser = torch.optim.Adam(model.parameters(), 3e-3)
    end, step = time.monotonic() + 60 * given.minutes, 0
    while time.monotonic() < end:
        order = [batches[index] for index in torch.randperm(len(batches)).tolist()]
        for batch in DataLoader(train, batch_sampler=order, collate_fn=collate):
            loss = loss_of(model, batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimiser.step()
            step += 1
            if step % 50 == 0:
                print(f"step {step}, loss {loss.item():.2f}", flush=True)
            if time.monotonic() > end:
                break
    model.eval()
    wrong = tokens = 0
    for batch in DataLoader(test, batch_size=16, collate_fn=collate):
        for found, wanted, length in zip(
            read(model, batch), batch["tokens"].tolist(), batch["lengths"].tolist(), strict=True
        ):
            wrong, tokens = wrong + edits(found, wanted[:length]), tokens + length
    print(
        f"{len(train)} images for training, {len(vocabulary)} ids, {step} steps; {len(test)} images for the test:"
    )
    print(f"symbol error rate {wrong / tokens:.1%}")
    first = collate(test[:1])
    print("is:  ", text_of(test[0], LABEL).strip())
    print("read:", vocabulary.decode(read(model, first)[0]))


if __name__ == "__main__":
    main()
