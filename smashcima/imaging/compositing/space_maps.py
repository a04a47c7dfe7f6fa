"""The way from the spaces of ink to pixels, for thousands of pieces."""

from __future__ import annotations

from smashcima.errors import ExportError
from smashcima.geometry import Transform
from smashcima.imaging.regions.outline_arrays import Affine
from smashcima.scene.visual import AffineSpace


def numbers(transform: Transform) -> Affine:
    """The six numbers of a transform."""
    return (transform.a, transform.b, transform.c, transform.d, transform.e, transform.f)


def then(first: Affine, second: Affine) -> Affine:
    """The first map, and the second one after it."""
    a, b, c, d, e, f = first
    k, q, m, n, o, p = second
    return (k * a + m * b, q * a + n * b, k * c + m * d, q * c + n * d, k * e + m * f + o, q * e + n * f + p)


_IDENTITY = Transform.identity()
_LONGEST_CHAIN = 10_000


class SpaceMaps:
    """Maps from spaces to a target (pixels, say), each found once.

    It gives what `AffineSpace.transform_from` gives, in plain tuples, because a page has thousands of spaces.
    """

    def __init__(self, space: AffineSpace, to_target: Transform) -> None:
        self._maps: dict[AffineSpace, Affine] = {space: numbers(to_target)}

    def of(self, space: AffineSpace) -> Affine:
        """The map from the coordinates of a space; an `ExportError` if it does not lie below the start."""
        found = self._maps.get(space)
        if found is not None:
            return found
        chain = [space]
        parent = space.parent_space
        while parent is not None and parent not in self._maps:
            chain.append(parent)
            parent = parent.parent_space
            if len(chain) > _LONGEST_CHAIN:
                raise ExportError("A chain of affine spaces leads back to itself.")
        if parent is None:
            raise ExportError(
                "Something to be drawn is in a space that does not lie in the space of the page or view box: "
                "see that every affine space has its `parent_space` set."
            )
        result = self._maps[parent]
        for inner in reversed(chain):
            result = self._maps[inner] = then(numbers(inner.transform), result)
        return result

    def through(self, transform: Transform, space: AffineSpace) -> Affine:
        """The map of what has a transform of its own inside a space."""
        way = self.of(space)
        return way if transform is _IDENTITY else then(numbers(transform), way)
