"""Rendering of ink in millimetres to pixels: outlines, sprites, layers and images."""

from smashcima.imaging.compositing.blending import ColorBGR, blend
from smashcima.imaging.compositing.compositor import Compositor, DefaultCompositor
from smashcima.imaging.compositing.contact_sheet import contact_sheet, thumbnail
from smashcima.imaging.compositing.drawing import draw_layers, merge_layers, scene_regions
from smashcima.imaging.compositing.encoding import decode_image, encode_image, on_white
from smashcima.imaging.compositing.grayscale import to_bitonal, to_gray
from smashcima.imaging.compositing.image_files import write_image
from smashcima.imaging.compositing.image_layer import ImageLayer
from smashcima.imaging.compositing.image_of import ImageSource, image_of
from smashcima.imaging.compositing.ink_layer import InkLayer
from smashcima.imaging.compositing.layer_set import LayerSet
from smashcima.imaging.compositing.pixel_grid import MAX_PIXELS, MAX_SIDE_PX, PixelGrid
from smashcima.imaging.compositing.postprocessor import NullPostprocessor, Postprocessor
from smashcima.imaging.compositing.resampling import resample, resample_bgra
from smashcima.imaging.pixel_maps import ChainMap, DisplacementMap, PixelMap, ProjectiveMap
from smashcima.imaging.regions.masks import Mask, Masks
from smashcima.imaging.regions.outline_arrays import Outlines, Window
from smashcima.imaging.regions.rasterizer import rasterize
from smashcima.imaging.regions.regions import Region, Regions

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
    "ImageSource",
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
    "contact_sheet",
    "decode_image",
    "draw_layers",
    "encode_image",
    "image_of",
    "merge_layers",
    "on_white",
    "rasterize",
    "scene_regions",
    "thumbnail",
    "write_image",
]
