"""A small UNet that predicts the velocity of diffusion, given the time and what the system is to be like."""

from __future__ import annotations

import math

import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812 - its usual name

PATCH = 4
"""Squares of this side are channels, so that the network works at 32 × 128 instead of 128 × 512."""

LEVELS = (1, 2, 4)
"""Channels at full, half and quarter size, as multiples of the width."""

_GROUPS = 8
_FREQUENCIES = 32


class Block(nn.Module):
    """Two convolutions beside a shortcut; the embedding scales and shifts what is between them."""

    def __init__(self, channels: int, width: int, embedding: int) -> None:
        super().__init__()
        self.first = nn.Sequential(
            nn.GroupNorm(_GROUPS, channels), nn.SiLU(), nn.Conv2d(channels, width, 3, 1, 1)
        )
        self.norm = nn.GroupNorm(_GROUPS, width)
        self.film = nn.Linear(embedding, 2 * width)
        self.second = nn.Conv2d(width, width, 3, 1, 1)
        self.shortcut = nn.Conv2d(channels, width, 1) if channels != width else nn.Identity()
        nn.init.zeros_(self.second.weight)  # a new block changes nothing

    def forward(self, x: torch.Tensor, embedding: torch.Tensor) -> torch.Tensor:
        scale, shift = self.film(embedding)[:, :, None, None].chunk(2, dim=1)
        inner = self.norm(self.first(x)) * (1 + scale) + shift
        return self.shortcut(x) + self.second(F.silu(inner))


class Attention(nn.Module):
    """Every place looks at every other one: keys, metres and barlines agree across a system."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.heads = width // 32
        self.norm = nn.GroupNorm(_GROUPS, width)
        self.queries = nn.Conv2d(width, 3 * width, 1)
        self.out = nn.Conv2d(width, width, 1)
        nn.init.zeros_(self.out.weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        n, width, rows, columns = x.shape
        parts = self.queries(self.norm(x)).view(n, 3, self.heads, width // self.heads, rows * columns)
        query, key, value = parts.transpose(-1, -2).unbind(1)
        found = F.scaled_dot_product_attention(query, key, value)
        return x + self.out(found.transpose(-1, -2).reshape(n, width, rows, columns))


class UNet(nn.Module):
    """From noisy images, times and conditions to velocities.

    `sizes` is the number of values of each condition; value 0 of each is "not given". `width` sets the size: 32 gives 3
    million weights, 64 gives 13 million.
    """

    def __init__(self, sizes: tuple[int, ...], width: int = 64) -> None:
        super().__init__()
        self.sizes, self.width = sizes, width
        embedding = 4 * width
        self.conditions = nn.ModuleList(nn.Embedding(size, embedding) for size in sizes)
        self.time = nn.Sequential(
            nn.Linear(2 * _FREQUENCIES, embedding), nn.SiLU(), nn.Linear(embedding, embedding)
        )
        # Two channels say where a place is: systems begin with a brace, clefs and signatures.
        self.enter = nn.Conv2d(PATCH**2 + 2, width, 3, 1, 1)
        widths = [width * level for level in LEVELS]
        self.down = nn.ModuleList()
        channels = width
        kept = []
        for level, wide in enumerate(widths):
            if level:
                self.down.append(nn.Conv2d(channels, channels, 3, 2, 1))
                kept.append(channels)
            for _ in range(2):
                self.down.append(Block(channels, wide, embedding))
                channels = wide
                kept.append(channels)
        self.middle = nn.ModuleList(
            [Block(channels, channels, embedding), Attention(channels), Block(channels, channels, embedding)]
        )
        self.up = nn.ModuleList()
        for level, wide in reversed(list(enumerate(widths))):
            for _ in range(2):
                self.up.append(Block(channels + kept.pop(), wide, embedding))
                channels = wide
            if level:
                kept.pop()
                self.up.append(nn.Sequential(nn.Upsample(scale_factor=2), nn.Conv2d(wide, wide, 3, 1, 1)))
        self.leave = nn.Sequential(
            nn.GroupNorm(_GROUPS, channels), nn.SiLU(), nn.Conv2d(channels, PATCH**2, 3, 1, 1)
        )

    def forward(self, images: torch.Tensor, times: torch.Tensor, conditions: torch.Tensor) -> torch.Tensor:
        """`images` is (n, 1, height, width), `times` (n,) from 0 to 1, `conditions` (n, number of conditions)."""
        given = [each(values) for each, values in zip(self.conditions, conditions.T, strict=True)]
        embedding = F.silu(self.time(_waves(times)) + sum(given))
        x = F.pixel_unshuffle(images, PATCH)
        x = self.enter(torch.cat([x, _places(x)], 1))
        kept = []
        for module in self.down:
            x = module(x, embedding) if isinstance(module, Block) else module(x)
            kept.append(x)
        for module in self.middle:
            x = module(x, embedding) if isinstance(module, Block) else module(x)
        for module in self.up:
            if isinstance(module, Block):
                x = module(torch.cat([x, kept.pop()], 1), embedding)
            else:
                kept.pop()
                x = module(x)
        return F.pixel_shuffle(self.leave(x), PATCH)


def _waves(times: torch.Tensor) -> torch.Tensor:
    """Sines and cosines of the times."""
    steps = torch.arange(_FREQUENCIES, device=times.device) / _FREQUENCIES
    angles = 1000 * times[:, None] * torch.exp(-math.log(10000) * steps)
    return torch.cat([angles.sin(), angles.cos()], 1)


def _places(x: torch.Tensor) -> torch.Tensor:
    """The row and the column of each place, from -1 to 1."""
    rows = torch.linspace(-1, 1, x.shape[2], device=x.device)
    columns = torch.linspace(-1, 1, x.shape[3], device=x.device)
    return torch.stack(torch.meshgrid(rows, columns, indexing="ij")).expand(x.shape[0], -1, -1, -1)
