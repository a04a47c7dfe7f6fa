"""Maps from the spaces of ink to pixels, for thousands of spaces."""

from __future__ import annotations

from smashcima.errors import ExportError
from smashcima.geometry import Transform
from smashcima.imaging.regions.outline_arrays import Affine
from smashcima.scene.visual import AffineSpace
from smashcima.scene.visual.unmade_ink import UnmadeInk


def numbers(transform: Transform) -> Affine:
    """The six numbers of a transform."""
    return (transform.a, transform.b, transform.c, transform.d, transform.e, transform.f)


def then(first: Affine, second: Affine) -> Affine:
    """The composition of two maps, first `first`, then `second`."""
    a, b, c, d, e, f = first
    k, q, m, n, o, p = second
    return (k * a + m * b, q * a + n * b, k * c + m * d, q * c + n * d, k * e + m * f + o, q * e + n * f + p)


_IDENTITY = Transform.identity()
_LONGEST_CHAIN = 10_000
_OUTSIDE = (
    "An object to be drawn is in a space outside of the space of the page or view box: "
    "check that every affine space has its `parent_space` set."
)


class SpaceMaps:
    """Cached maps from spaces to a target such as pixels.

    Equivalent to `AffineSpace.transform_from`, but in plain tuples, since a page has thousands of spaces.
    """

    def __init__(self, space: AffineSpace, to_target: Transform) -> None:
        self._maps: dict[AffineSpace, Affine] = {space: numbers(to_target)}
        self._of_ink: dict[UnmadeInk, Affine] = {}

    def of(self, space: AffineSpace) -> Affine:
        """The map from coordinates of a space; raises `ExportError` if it is not below the start."""
        found = self._maps.get(space)
        if found is not None:
            return found
        chain = [space]
        parent = space.parent_space
        while parent is not None and parent not in self._maps:
            chain.append(parent)
            parent = parent.parent_space
            if len(chain) > _LONGEST_CHAIN:
                raise ExportError("The parents of an affine space form a cycle.")
        if parent is None:
            raise ExportError(_OUTSIDE)
        result = self._maps[parent]
        for inner in reversed(chain):
            result = self._maps[inner] = then(numbers(inner.transform), result)
        return result

    def of_unmade(self, ink: UnmadeInk) -> Affine:
        """The map from coordinates of a glyph whose space has not been made."""
        found = self._of_ink.get(ink)
        if found is None:
            if ink.parent_space is None:
                raise ExportError(_OUTSIDE)
            found = self._of_ink[ink] = then(numbers(ink.transform), self.of(ink.parent_space))
        return found

    def through(self, transform: Transform, space: AffineSpace) -> Affine:
        """The map of an object with its own transform inside a space."""
        way = self.of(space)
        return way if transform is _IDENTITY else then(numbers(transform), way)
