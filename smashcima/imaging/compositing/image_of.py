"""The image of whatever has one."""

from __future__ import annotations

from typing import Any, TypeAlias, cast

from smashcima.errors import ExportError, described
from smashcima.imaging.compositing.image_layer import ImageLayer
from smashcima.scene.graph import Scene
from smashcima.scene.visual import Page

ImageSource: TypeAlias = ImageLayer | Page | Scene
"""What has an image: an image itself, a page of a scene, or a scene of one page."""


def image_of(x: ImageSource) -> ImageLayer:
    """The image with its regions of an image source.

    The image of a page is composed anew by each call, so compose it once if it is needed several times.

    Raises:
        ExportError: there is no image, or there are several.
    """
    if isinstance(x, ImageLayer):
        return x
    if isinstance(x, Page):
        return _composed(x)
    pages = getattr(x, "pages", None)
    if isinstance(x, Scene) and isinstance(pages, list):
        if len(pages) == 1:
            return _composed(pages[0])
        raise ExportError(
            f"The scene has {len(pages)} pages, which are exported one by one: for page in scene.pages: ..."
        )
    raise ExportError(
        f"Only a page of a scene, or its image (`scene.compose_page(page)`), can be exported, not {described(x)}."
    )


def _composed(page: Page) -> ImageLayer:
    """The image of a page, as its scene composes it."""
    for scene in page.sources("pages"):
        if hasattr(scene, "compose_page"):
            return cast(ImageLayer, cast(Any, scene).compose_page(page))
    raise ExportError(
        "The page is not in the list `pages` of a scene, so it has no image. Pass an image: "
        "`DefaultCompositor().compose(page)`."
    )
