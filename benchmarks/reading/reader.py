"""A small recogniser of strips: convolutions, a recurrent layer, and CTC. Needs PyTorch."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from strips import HEIGHT, WIDEST, Image, Strip
from torch import nn

STEP = 2
"""Width in pixels of a step of the recurrent layer; a notehead is about ten pixels wide."""

_BATCH = 16


class Network(nn.Module):
    """From images of strips to the logits of tokens, from left to right."""

    def __init__(self, tokens: int) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        channels = 1
        for width, stride in ((16, (2, 1)), (24, 2), (32, (2, 1)), (48, (2, 1)), (64, 1)):
            layers += [nn.Conv2d(channels, width, 3, stride, 1), nn.GroupNorm(8, width), nn.ReLU()]
            channels = width
        self.eye = nn.Sequential(*layers)
        rows = math.ceil(HEIGHT / 16)
        self.join = nn.Sequential(nn.Linear(channels * rows, 128), nn.ReLU(), nn.Dropout(0.2))
        self.memory = nn.LSTM(128, 96, bidirectional=True, batch_first=True)
        self.tokens = nn.Linear(192, tokens)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Logits (n, steps, tokens) of images (n, 1, HEIGHT, width)."""
        columns = self.eye(images).flatten(1, 2).transpose(1, 2)
        return self.tokens(self.memory(self.join(columns))[0])


class Reader:
    """A network and its vocabulary; id 0 is the blank of CTC."""

    def __init__(self, vocabulary: Sequence[str], seed: int) -> None:
        torch.manual_seed(seed)
        torch.set_num_threads(1)  # the same sums on every machine
        self.words = ("", *vocabulary)
        self._ids = {word: number for number, word in enumerate(self.words)}
        self._network = Network(len(self.words))
        self._rng = np.random.default_rng(seed)

    def train(self, strips: Sequence[Strip], steps: int, rate: float = 2e-3) -> None:
        """Trains for a number of batches; strips are varied in size, slant and thickness."""
        self._network.train()
        optimiser = torch.optim.AdamW(self._network.parameters(), rate, weight_decay=1e-3)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps, pct_start=0.15)
        groups = _groups(strips)
        for _ in range(steps):
            chosen = groups[int(self._rng.integers(len(groups)))]
            batch = [strips[i] for i in self._rng.permutation(chosen)[:_BATCH]]
            images = [_varied(strip.image, self._rng) for strip in batch]
            logits = self._network(_stacked(images)).log_softmax(2).transpose(0, 1)
            targets = [[self._ids[word] for word in strip.text] for strip in batch]
            loss = nn.functional.ctc_loss(
                logits,
                torch.tensor([number for target in targets for number in target]),
                torch.tensor([math.ceil(image.shape[1] / STEP) for image in images]),
                torch.tensor(list(map(len, targets))),
                zero_infinity=True,
            )
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(self._network.parameters(), 2.0)
            optimiser.step()
            schedule.step()

    @torch.no_grad()
    def read(self, strips: Sequence[Strip]) -> list[list[str]]:
        """The most probable token of each step, without repetitions and blanks."""
        self._network.eval()
        texts: list[list[str]] = [[] for _ in strips]
        for group in _groups(strips):
            for begin in range(0, len(group), 64):
                chosen = group[begin : begin + 64]
                best = self._network(_stacked([strips[i].image for i in chosen])).argmax(2)
                for i, row in zip(chosen, best, strict=True):
                    steps = math.ceil(strips[i].image.shape[1] / STEP)
                    ids = torch.unique_consecutive(row[:steps]).tolist()
                    texts[i] = [self.words[number] for number in ids if number]
        return texts


def _groups(strips: Sequence[Strip]) -> list[list[int]]:
    """Indices of strips of similar width, so that little of a batch is padding; more for widths with more strips."""
    order = sorted(range(len(strips)), key=lambda i: strips[i].image.shape[1])
    size = 8 * _BATCH
    return [order[begin : begin + size] for begin in range(0, len(order), size)]


def _stacked(images: Sequence[Image]) -> torch.Tensor:
    widest = max(image.shape[1] for image in images)
    stack = np.zeros((len(images), 1, HEIGHT, widest), np.float32)
    for row, image in zip(stack, images, strict=True):
        row[0, :, : image.shape[1]] = image / 255
    return torch.from_numpy(stack)


def _varied(image: Image, rng: NDArray | np.random.Generator) -> Image:
    """An image changed in size, slant, height, thickness and darkness."""
    size, slant, up = rng.uniform(0.9, 1.1), rng.normal(0, 0.04), rng.normal(0, 1.5)
    stretch = rng.uniform(0.9, 1.1)
    width = min(max(round(image.shape[1] * stretch), 16), WIDEST)
    middle = HEIGHT / 2
    matrix = np.array(
        [[width / image.shape[1], slant, -slant * middle], [0, size, middle - size * middle + up]], np.float32
    )
    varied = cv2.warpAffine(image, matrix, (width, HEIGHT), flags=cv2.INTER_LINEAR)
    if rng.random() < 0.3:
        kernel = np.ones((2, 2), np.uint8)
        varied = cv2.dilate(varied, kernel) if rng.random() < 0.5 else cv2.erode(varied, kernel)
    return np.asarray(np.clip(varied * rng.uniform(0.7, 1.2), 0, 255), np.uint8)
