"""Filters for uneven light: lamps, shadows, lenses, scanner lids."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import LightFilter
from smashcima.imaging.filters.light import Light
from smashcima.imaging.filters.parameters import LogNormal, Normal, Parameter, Uniform
from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.imaging.filters.smooth_noise import Field, smooth_field

_NEUTRAL_KELVIN = 6500.0


@dataclass(kw_only=True, eq=False)
class UnevenLight(LightFilter):
    """A window or lamp at one side: uneven brightness, and the colour of its light."""

    falloff: Parameter = LogNormal(0.13, 0.5)
    """Fraction of light lost from the brightest to the darkest corner."""

    clouds: Parameter = LogNormal(0.012, 0.4)
    """Additional unevenness, on a scale of a third of the page."""

    exposure: Parameter = Normal(-0.05, 0.04)
    """Overall brightness relative to a scan: -0.1 = 10 % darker. Values brighter than white are clipped."""

    kelvin: Parameter = LogNormal(6250, 0.08)
    """Colour temperature in kelvin after white balance: 6500 = white, lower = warmer."""

    def make_light(self, size: PictureSize, draws: Draws) -> Light:
        """Returns the light of a lamp at a finite distance."""
        strength = draws.strength
        falloff = min(strength * draws.value("falloff", self.falloff), 0.75)
        clouds = min(strength * draws.value("clouds", self.clouds), 0.2)
        exposure = float(np.clip(1 + strength * draws.value("exposure", self.exposure), 0.45, 1.15))
        kelvin = _NEUTRAL_KELVIN * (draws.value("kelvin", self.kelvin) / _NEUTRAL_KELVIN) ** strength
        rows, columns = size.lattice(4.0)
        x, y = size.lattice_mm(rows, columns)
        angle = draws.rng.uniform(0, 2 * np.pi)
        reach = size.diagonal_mm / 2
        away = (x - size.width_mm / 2) * np.cos(angle) + (y - size.height_mm / 2) * np.sin(angle)
        across = (y - size.height_mm / 2) * np.cos(angle) - (x - size.width_mm / 2) * np.sin(angle)
        nearness = draws.rng.uniform(0.15, 0.6)
        squared = (away / reach + 1 / nearness) ** 2 + (across / reach) ** 2
        lamp = 1 / squared
        lamp = (lamp - lamp.min()) / max(float(lamp.max() - lamp.min()), 1e-6)
        lumps = smooth_field(draws.rng, size, size.diagonal_mm / 3, (rows, columns))
        light = (1 - falloff * (1 - lamp)) * (1 + clouds * np.clip(lumps, -2.5, 2.5))
        # Cameras measure the light and compensate for most of the loss.
        light *= exposure / float(light.mean()) ** 0.7
        color = white_at(kelvin)
        return Light((light[:, :, np.newaxis] * color).astype(np.float32))


def white_at(kelvin: float) -> NDArray[np.float64]:
    """(3,): factors for blue, green and red of light with a colour temperature relative to 6500 K, with green = 1.

    By Planck's law at 450, 550 and 610 nm, for gamma-encoded values (power of 1 / 2.2) rather than linear light.
    """
    kelvin = float(np.clip(kelvin, 2000, 20000))
    lengths = np.array([450e-9, 550e-9, 610e-9])

    def radiance(temperature: float) -> NDArray[np.float64]:
        return np.asarray(1 / np.expm1(1.438777e-2 / (lengths * temperature)))

    factors = radiance(kelvin) / radiance(_NEUTRAL_KELVIN)
    # The white balance of a camera removes most of it.
    return np.asarray((factors / factors[1]) ** (1 / 2.2))


@dataclass(kw_only=True, eq=False)
class Vignette(LightFilter):
    """Darker corners of a photograph, by the cosine-fourth law."""

    field_of_view_deg: Parameter = Normal(52, 5)
    """Angle of view from corner to corner in degrees; telephones have about 70 and correct most of the
    effect."""

    def make_light(self, size: PictureSize, draws: Draws) -> Light:
        """Returns light that falls off from the centre."""
        half = np.radians(np.clip(draws.value("field_of_view_deg", self.field_of_view_deg), 5, 110) / 2)
        rows, columns = size.lattice(4.0)
        x, y = size.lattice_mm(rows, columns)
        squared = (x - size.width_mm / 2) ** 2 + (y - size.height_mm / 2) ** 2
        tangent = np.tan(half) ** 2 * squared / (size.diagonal_mm / 2) ** 2
        light = (1 / (1 + tangent)) ** (2 / 2.2)
        return Light((1 - np.minimum(draws.strength, 2) * (1 - light) * 0.6).astype(np.float32))


@dataclass(kw_only=True, eq=False)
class CastShadow(LightFilter):
    """Shadow of the photographer: an arm with a telephone, or head and shoulders."""

    depth: Parameter = Uniform(0.1, 0.3)
    """Fraction of light lost in the centre of the shadow."""

    softness_mm: Parameter = LogNormal(14, 0.5)
    """Width of the edge of the shadow in mm."""

    def make_light(self, size: PictureSize, draws: Draws) -> Light:
        """Returns a shadow that enters from one side."""
        import cv2

        depth = min(draws.strength * draws.value("depth", self.depth), 0.8)
        softness = draws.value("softness_mm", self.softness_mm)
        kind = draws.choice("kind", ("phone", "person", "edge"))
        rows, columns = size.lattice(2.0)
        scale = columns / size.width_mm
        mask = np.zeros((rows, columns), np.float32)
        for outline in _caster(kind, size, draws):
            cv2.fillPoly(
                mask, [np.rint(outline * scale * 16).astype(np.int32)], 1.0, lineType=cv2.LINE_AA, shift=4
            )
        sigma = max(softness * scale / 2, 0.5)
        soft = cv2.GaussianBlur(mask, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
        # The remaining light comes from the sky or from walls, and is bluer.
        color = np.array([0.94, 1.0, 1.03], np.float32)
        return Light(np.asarray(1 - np.float32(depth) * soft[:, :, np.newaxis] * color, np.float32))


def _caster(kind: str, size: PictureSize, draws: Draws) -> list[NDArray[np.float64]]:
    """Outlines in mm of the object that casts the shadow."""
    rng = draws.rng
    width, height = size.width_mm, size.height_mm
    unit = min(width, height)
    side = int(rng.integers(4))
    if kind == "edge":
        # Half of the page is in the shadow of a large object.
        part = rng.uniform(0.15, 0.45)
        lean = rng.uniform(-0.25, 0.25)
        outline = np.array([(-2, -1), (part + lean, -1), (part - lean, 2), (-2, 2)])
    elif kind == "phone":
        tip, half = rng.uniform(0.25, 0.55), 0.17
        phone = np.array([(tip - 0.75, -half), (tip, -half), (tip, half), (tip - 0.75, half)])
        arm = np.array([(-2, -0.12), (tip - 0.3, -0.1), (tip - 0.3, 0.16), (-2, 0.3)])
        turn = rng.uniform(-0.5, 0.5)
        matrix = np.array([(np.cos(turn), -np.sin(turn)), (np.sin(turn), np.cos(turn))])
        shift = np.array([0, rng.uniform(0.3, 0.9)])
        return [_on_side(part @ matrix.T + shift, side, width, height, unit) for part in (phone, arm)]
    else:
        angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
        reach, middle = rng.uniform(0.2, 0.5), rng.uniform(0.35, 0.65)
        head = np.stack([reach - 0.2 + 0.2 * np.cos(angles), middle + 0.15 * np.sin(angles)], axis=1)
        body = np.stack([reach - 0.75 + 0.45 * np.cos(angles), middle + 0.45 * np.sin(angles)], axis=1)
        return [_on_side(part, side, width, height, unit) for part in (head, body)]
    return [_on_side(outline, side, width, height, unit)]


def _on_side(
    outline: NDArray[np.float64], side: int, width: float, height: float, unit: float
) -> NDArray[np.float64]:
    """Moves an outline that enters from the left, relative to the shorter side, to any side, in mm."""
    x, y = outline[:, 0] * unit, outline[:, 1] * unit
    if side == 0:
        return np.stack([x, y], axis=1)
    if side == 1:
        return np.stack([width - x, y], axis=1)
    if side == 2:
        return np.stack([y, x], axis=1)
    return np.stack([y, height - x], axis=1)


@dataclass(kw_only=True, eq=False)
class ScannerLight(LightFilter):
    """Scanner lamp: darker at the ends of its tube, and where the sheet is not flat."""

    ends: Parameter = Uniform(0.0, 0.04)
    """Fraction of light lost at the ends of the lamp."""

    gutter: Parameter = Uniform(-0.25, 0.12)
    """Fraction of light lost at one long side, as next to a spine; none if negative."""

    ripple: Parameter = Uniform(0.0, 0.003)
    """Flicker of the lamp along the direction of the scanner head."""

    def make_light(self, size: PictureSize, draws: Draws) -> Light:
        """Returns light that varies along the page."""
        strength = draws.strength
        ends = min(strength * draws.value("ends", self.ends), 0.5)
        gutter = min(strength * max(draws.value("gutter", self.gutter), 0.0), 0.7)
        ripple = min(strength * draws.value("ripple", self.ripple), 0.1)
        rows, columns = size.lattice(2.0)
        x, _ = size.lattice_mm(1, columns)
        from_end = np.abs(2 * x / size.width_mm - 1 + draws.rng.uniform(-0.1, 0.1))
        across = 1 - ends * np.clip(from_end, 0, 1) ** 4
        spine = x if draws.sign() > 0 else size.width_mm - x
        across = across * (1 - gutter * np.exp(-spine / draws.rng.uniform(4, 11)))
        wave: Field = smooth_field(draws.rng, size, 18.0, (rows, 1))
        down = 1 - ripple * (2 - np.clip(wave, -2, 2))  # never brighter: calibrated for the maximum
        return Light((across * down).astype(np.float32))
