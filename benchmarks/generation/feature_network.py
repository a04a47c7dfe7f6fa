"""Features of images by a network whose weights are in a wheel: the backbone of the text detector of rapidocr.

The file is `PP-OCRv6_det_small.onnx` of rapidocr 3.10 (Apache 2.0), a convolutional network that finds lines of text in
photographs and scans. Nothing is downloaded, and the network has never seen a page of ours. The features are its output at a sixteenth of the resolution, averaged over
the patch: 192 numbers. Needs `pip install rapidocr onnxruntime onnx`.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from ink import Gray

if TYPE_CHECKING:
    from distances import Features

MODEL = "PP-OCRv6_det_small.onnx"
LAYER = "Add.121"
"""Output of the third stage of the backbone, 192 channels at a sixteenth of the resolution, before the neck of the detector."""

DIMENSIONS = 192
_MEAN, _DEVIATION = 0.5, 0.5
"""As rapidocr prepares its images."""

_MULTIPLE = 32
_MOST_SKIPPED = 0.5
"""Patches of which more than this is outside the image are left out."""


class FeatureNetwork:
    """Features of gray images."""

    def __init__(self, threads: int = 1) -> None:
        import onnx
        import onnxruntime

        model = onnx.load(str(_model_path()))
        if not any(LAYER in node.output for node in model.graph.node):
            raise RuntimeError(
                f"{MODEL} of this version of rapidocr has no layer {LAYER!r}; install rapidocr 3.10"
            )
        del model.graph.output[:]
        model.graph.output.append(onnx.ValueInfoProto(name=LAYER))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = threads
        self._session: Any = onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        self._input = self._session.get_inputs()[0].name

    def features(self, gray: Gray, longest_px: int, patch_px: int) -> Features:
        """The features of the patches of an image, (patches, 192).

        The image is scaled so that its longer side has `longest_px`, and cut into squares of `patch_px` from the top left;
        an image smaller than that is one patch.
        """
        scale = longest_px / max(gray.shape)
        size = (max(1, round(gray.shape[1] * scale)), max(1, round(gray.shape[0] * scale)))
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        scaled = np.asarray(cv2.resize(gray, size, interpolation=way)) if scale != 1 else gray
        rows = [self._of_patch(patch) for patch in patches_of(scaled, patch_px)]
        return np.array(rows, np.float64)

    def _of_patch(self, patch: Gray) -> np.ndarray[Any, Any]:
        values = (patch.astype(np.float32) / 255 - _MEAN) / _DEVIATION
        batch = np.broadcast_to(values, (1, 3, *values.shape))
        (found,) = self._session.run([LAYER], {self._input: np.ascontiguousarray(batch)})
        return np.asarray(found[0].mean(axis=(1, 2)))


def patches_of(gray: Gray, patch_px: int) -> list[Gray]:
    """Squares of an image; those at the right and the bottom are padded with the paper if most of them is in the image."""
    height, width = gray.shape
    tall, wide = (min(patch_px, -(-side // _MULTIPLE) * _MULTIPLE) for side in (height, width))
    paper = int(np.percentile(gray, 75))
    found = []
    for top in range(0, height, tall):
        for left in range(0, width, wide):
            part = gray[top : top + tall, left : left + wide]
            if part.size < (1 - _MOST_SKIPPED) * tall * wide and (top or left):
                continue
            missing = ((0, tall - part.shape[0]), (0, wide - part.shape[1]))
            found.append(np.pad(part, missing, constant_values=paper))
    return found


def _model_path() -> Path:
    spec = importlib.util.find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise RuntimeError("features need rapidocr: pip install rapidocr onnxruntime onnx")
    path = Path(spec.origin).parent / "models" / MODEL
    if not path.is_file():
        raise RuntimeError(f"this version of rapidocr does not contain {MODEL}; install rapidocr 3.10")
    return path
