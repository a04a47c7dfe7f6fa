"""From ink in millimetres to pixels: outlines and sprites, layers, and one image of them."""

from smashcima.exporting.compositing.blending import blend
from smashcima.exporting.compositing.compositor import (
    Compositor,
    DefaultCompositor,
    NullPostprocessor,
    Postprocessor,
    draw_layers,
    merge_layers,
    scene_regions,
)
from smashcima.exporting.compositing.encoding import encode_image, on_white, write_image
from smashcima.exporting.compositing.layers import ColorBGR, ImageLayer, InkLayer, LayerSet
from smashcima.exporting.compositing.masks import Mask, Masks
from smashcima.exporting.compositing.outlines import Outlines
from smashcima.exporting.compositing.pixel_grid import MAX_PIXELS, MAX_SIDE_PX, PixelGrid
from smashcima.exporting.compositing.pixel_maps import ChainMap, DisplacementMap, PixelMap, ProjectiveMap
from smashcima.exporting.compositing.rasterizer import Window, rasterize
from smashcima.exporting.compositing.regions import Region, Regions
from smashcima.exporting.compositing.resampling import resample, resample_bgra
from smashcima.exporting.compositing.tones import to_bitonal, to_gray

__all__ = [
    "to_bitonal",
    "to_gray",
    "Masks",
    "Mask",
    "resample_bgra",
    "resample",
    "ProjectiveMap",
    "PixelMap",
    "DisplacementMap",
    "ChainMap",
    "MAX_PIXELS",
    "MAX_SIDE_PX",
    "ColorBGR",
    "Compositor",
    "DefaultCompositor",
    "ImageLayer",
    "InkLayer",
    "LayerSet",
    "NullPostprocessor",
    "Outlines",
    "PixelGrid",
    "Postprocessor",
    "Region",
    "Regions",
    "Window",
    "blend",
    "draw_layers",
    "encode_image",
    "merge_layers",
    "on_white",
    "rasterize",
    "scene_regions",
    "write_image",
]
