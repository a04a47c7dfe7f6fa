"""Diffusion: how images become noise, what the network learns, and how noise becomes images.

The schedule is the cosine schedule, with more noise because the images are large (Hoogeboom et al. 2023, "simple diffusion").
The network predicts the velocity (Salimans and Ho 2022); images are sampled with DDIM (Song et al. 2021) and classifier-free
guidance (Ho and Salimans 2022).
"""

from __future__ import annotations

import math

import torch
from torch import nn

_SHIFT = 2 * math.log(64 / 128)
"""The logarithm of the signal-to-noise ratio is lower than for images of 64 pixels, by their height."""

_EARLIEST, _LATEST = 1e-3, 1 - 1e-3
NOT_GIVEN = 0
_DROPPED = 0.1


def levels(times: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The shares of image and noise at times from 0 (image) to 1 (noise), as (n, 1, 1, 1); their squares sum up to 1."""
    ratio = -2 * torch.log(torch.tan(math.pi / 2 * times.clamp(_EARLIEST, _LATEST))) + _SHIFT
    ratio = ratio[:, None, None, None]
    return torch.sigmoid(ratio).sqrt(), torch.sigmoid(-ratio).sqrt()


def loss_of(
    model: nn.Module, images: torch.Tensor, conditions: torch.Tensor, generator: torch.Generator
) -> torch.Tensor:
    """The mean squared error of the velocity at random times.

    Some conditions are dropped, so that the network learns what systems look like without them: each in a tenth of the
    images, and all in another tenth.
    """
    n = len(images)
    device = images.device
    times = (
        torch.arange(n, device=device) + _uniform((n,), generator, device)
    ) / n  # one in each n-th of the time
    noise = torch.randn(images.shape, generator=generator, device=device)
    is_dropped = _uniform(conditions.shape, generator, device) < _DROPPED
    is_dropped |= _uniform((n, 1), generator, device) < _DROPPED
    image_share, noise_share = levels(times)
    noisy = image_share * images + noise_share * noise
    velocity = image_share * noise - noise_share * images
    predicted = model(noisy, times, conditions.masked_fill(is_dropped, NOT_GIVEN))
    return (predicted.float() - velocity).square().mean()


@torch.no_grad()
def sample(
    model: nn.Module,
    conditions: torch.Tensor,
    shape: tuple[int, int],
    generator: torch.Generator,
    steps: int = 50,
    guidance: float = 2.0,
) -> torch.Tensor:
    """Images of conditions, (n, 1, height, width) from -1 to 1.

    `guidance` is how much the difference that the conditions make is exaggerated: 1 is none, 0 ignores the conditions.
    """
    n, device = len(conditions), conditions.device
    x = torch.randn((n, 1, *shape), generator=generator, device=device)
    both = torch.cat([conditions, torch.full_like(conditions, NOT_GIVEN)])
    for step in range(steps):
        now, then = (torch.full((n,), 1 - each / steps, device=device) for each in (step, step + 1))
        image_share, noise_share = levels(now)
        given, not_given = model(torch.cat([x, x]), torch.cat([now, now]), both).float().chunk(2)
        velocity = not_given + guidance * (given - not_given)
        image = (image_share * x - noise_share * velocity).clamp(-1, 1)
        noise = (x - image_share * image) / noise_share
        image_share, noise_share = levels(then)
        x = image_share * image + noise_share * noise
    return image


def _uniform(shape: tuple[int, ...], generator: torch.Generator, device: torch.device) -> torch.Tensor:
    return torch.rand(shape, generator=generator, device=device)
