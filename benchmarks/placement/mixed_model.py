"""Statistics of the fit: crossed effects of writers and pieces, and factors of correlated quantities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]


@dataclass(frozen=True)
class Crossed:
    """Effects of writers and pieces: y = mean + writer + piece + page + noise of known variance."""

    middle: float
    writer_variance: float
    piece_variance: float
    page_variance: float
    """Variance between pages that neither writer nor piece explains."""
    writer: FloatArray
    """(writers,): mean of each writer without the effect of the pieces, not shrunk. NaN if there are no values."""
    writer_noise: FloatArray
    """(writers,): variance of the means; infinite if there are no values."""
    piece: FloatArray
    """(pieces,): shrunk effect of each piece."""


def crossed(
    y: FloatArray, noise: FloatArray, writer: IntArray, piece: IntArray, sizes: tuple[int, int]
) -> Crossed:
    """Fits the model to one value per page by restricted maximum likelihood."""
    unit = float(np.var(y)) + 1e-12
    same_writer = (writer[:, None] == writer).astype(float)
    same_piece = (piece[:, None] == piece).astype(float)
    identity = np.eye(len(y))

    def covariance(logs: FloatArray) -> FloatArray:
        a, b, c = np.exp(logs) * unit
        return a * same_writer + b * same_piece + c * identity + np.diag(noise)

    def loss(logs: FloatArray) -> float:
        factor = cho_factor(covariance(logs), lower=True)
        weights = cho_solve(factor, np.ones(len(y)))
        middle = weights @ y / weights.sum()
        rest = y - middle
        determinant = 2 * np.log(np.diag(factor[0])).sum() + np.log(weights.sum())
        # A weak prior keeps the variances away from zero and infinity.
        return float(determinant + rest @ cho_solve(factor, rest) + 0.02 * ((logs + 2) ** 2).sum())

    start = np.log([0.4, 0.2, 0.2])
    logs = minimize(loss, start, method="L-BFGS-B", bounds=[(-8, 2)] * 3).x
    a, b, c = np.exp(logs) * unit
    factor = cho_factor(covariance(logs), lower=True)
    weights = cho_solve(factor, np.ones(len(y)))
    middle = float(weights @ y / weights.sum())
    solved = cho_solve(factor, y - middle)
    pieces = np.zeros(sizes[1])
    np.add.at(pieces, piece, b * solved)
    rest, weight = y - middle - pieces[piece], 1 / (c + noise)
    total = np.bincount(writer, weights=weight, minlength=sizes[0])
    with np.errstate(divide="ignore", invalid="ignore"):
        seen = np.bincount(writer, weights=weight * rest, minlength=sizes[0]) / total
        seen_noise = 1 / total
    return Crossed(middle, float(a), float(b), float(c), seen, seen_noise, pieces)


@dataclass(frozen=True)
class Factors:
    """Factor model of a writer: numbers of variance 1, each a sum of common factors and an independent part."""

    loadings: FloatArray
    """(numbers, factors)"""

    @property
    def own(self) -> FloatArray:
        """Variance of the independent part."""
        return 1 - (self.loadings**2).sum(axis=1)

    def expected(self, y: FloatArray, noise: FloatArray) -> FloatArray:
        """Expectation of the numbers of a writer given noisy observations; missing ones are predicted."""
        common, _ = self._common(y, noise)
        guess = self.loadings @ common
        known = np.isfinite(noise)
        guess[known] += (self.own / (self.own + noise) * (y - guess))[known]
        return guess

    def _common(self, y: FloatArray, noise: FloatArray) -> tuple[FloatArray, FloatArray]:
        known = np.isfinite(noise)
        part, variance = self.loadings[known], (self.own + noise)[known]
        weighted = part / variance[:, None]
        covariance = np.linalg.inv(np.eye(part.shape[1]) + part.T @ weighted)
        return covariance @ (weighted.T @ y[known]), covariance

    def log_likelihood(self, y: FloatArray, noise: FloatArray) -> float:
        """Log-likelihood of one writer."""
        known = np.isfinite(noise)
        part, variance = self.loadings[known], (self.own + noise)[known]
        matrix = part @ part.T + np.diag(variance)
        _, determinant = np.linalg.slogdet(matrix)
        return -0.5 * float(determinant + y[known] @ np.linalg.solve(matrix, y[known]))


MOST_COMMON = 0.95
"""Maximum share of common factors in the variance of a number."""

ROUNDS, ROTATIONS = 12, 30


def factors(y: FloatArray, noise: FloatArray, count: int, ridge: float) -> Factors:
    """Fits loadings to writers, (writers, numbers) each, so that drawn writers lie near the measured ones.

    The whole correlation matrix is fitted by expectation maximisation; `ridge` is how many writers without any correlation
    are thought to have been seen before. `count` factors are then fitted to that matrix.
    """
    numbers = y.shape[1]
    if count == 0:
        return Factors(np.zeros((numbers, 0)))
    together = _correlations(y, noise, ridge)
    common = np.ones(numbers)
    for _ in range(ROTATIONS):
        values, axes = np.linalg.eigh(together - np.diag(1 - common))
        loadings = axes[:, -count:] * np.sqrt(np.maximum(values[-count:], 0.0))
        common = np.minimum((loadings**2).sum(axis=1), MOST_COMMON)
    share = (loadings**2).sum(axis=1, keepdims=True)
    return Factors(loadings[:, ::-1] * np.sqrt(np.minimum(1.0, MOST_COMMON / np.maximum(share, 1e-12))))


def _correlations(y: FloatArray, noise: FloatArray, ridge: float) -> FloatArray:
    """The correlation matrix of the numbers of writers that were observed with noise."""
    numbers = y.shape[1]
    found: FloatArray = np.eye(numbers)
    for _ in range(ROUNDS):
        total = ridge * np.eye(numbers)
        for row, row_noise in zip(y, noise, strict=True):
            known = np.isfinite(row_noise)
            seen = found[np.ix_(known, known)] + np.diag(row_noise[known])
            gain = np.linalg.solve(seen, found[known]).T
            guess = gain @ row[known]
            total += np.outer(guess, guess) + found - gain @ found[known]
        scale = np.sqrt(np.diag(total))
        found = total / np.outer(scale, scale)
    return found


def chosen_factors(y: FloatArray, noise: FloatArray, folds: int = 6) -> tuple[Factors, dict[str, float]]:
    """Fits the model with the number of factors and the ridge that maximise the likelihood of held-out writers."""
    rng = np.random.default_rng(0)
    fold = rng.permutation(np.arange(len(y)) % folds)
    scores: dict[tuple[int, float], float] = {}
    for count, ridge in ((0, 1.0), (5, 20.0), (20, 20.0), (20, 40.0)):
        scores[count, ridge] = sum(
            fitted.log_likelihood(row, row_noise)
            for number in range(folds)
            for fitted in [factors(y[fold != number], noise[fold != number], count, ridge)]
            for row, row_noise in zip(y[fold == number], noise[fold == number], strict=True)
        ) / len(y)
    count, ridge = max(scores, key=lambda key: scores[key])
    report = {f"{c} factors, ridge {r:g}": score for (c, r), score in scores.items()}
    return factors(y, noise, count, ridge), report
