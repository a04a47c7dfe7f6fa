"""Names of classes in recipes: short names for those of Smashcima, import paths (`package.module:Class`) for others."""

from __future__ import annotations

import difflib
import importlib
import sys
from collections.abc import Iterable, Mapping
from types import FunctionType
from typing import Any
from weakref import WeakKeyDictionary

from smashcima.errors import RecipeError, SettingsError
from smashcima.loading.registering import is_importable, registering_module
from smashcima.orchestration.recipes.field_error import FieldError

_MODELS = {
    "BaseHandwrittenModel": "smashcima.orchestration",
    "ComposedModel": "smashcima.orchestration",
    "DescribedModel": "smashcima.orchestration",
    "EngravedModel": "smashcima.orchestration",
    "PrintedComposedModel": "smashcima.orchestration",
    "PrintedDescribedModel": "smashcima.orchestration",
    "PrintedStaffModel": "smashcima.orchestration",
    "StaffModel": "smashcima.orchestration",
}

_SERVICES = {
    **dict.fromkeys(
        "CurveSynthesizer GlyphSynthesizer LineSynthesizer MusicNotationSynthesizer PageSynthesizer PaperSynthesizer "
        "StafflinesSynthesizer TextSynthesizer".split(),
        "smashcima.synthesis.interfaces",
    ),
    **dict.fromkeys("Compositor DefaultCompositor Postprocessor".split(), "smashcima.imaging"),
    **dict.fromkeys("PenWriterDomain".split(), "smashcima.synthesis.pen"),
    **dict.fromkeys(
        "PaperStyleDomain ProceduralPaperSynthesizer SolidColorPaperSynthesizer".split(),
        "smashcima.synthesis.paper",
    ),
    **dict.fromkeys(
        "PrintedCurveSynthesizer PenCurveSynthesizer SampledCurveSynthesizer".split(),
        "smashcima.synthesis.curve",
    ),
    **dict.fromkeys(
        "PrintedLineSynthesizer PenLineSynthesizer SampledLineSynthesizer PrintedStafflinesSynthesizer "
        "PenStafflinesSynthesizer".split(),
        "smashcima.synthesis.line",
    ),
    **dict.fromkeys(
        "SmuflGlyphSynthesizer PenGlyphSynthesizer SampledGlyphSynthesizer".split(),
        "smashcima.synthesis.glyph",
    ),
    **dict.fromkeys("PrintedTextSynthesizer PenTextSynthesizer".split(), "smashcima.synthesis.text"),
    "SimplePageSynthesizer": "smashcima.synthesis.page",
    "EngravedNotationSynthesizer": "smashcima.synthesis.notation",
}

_VALUES = {
    **dict.fromkeys(
        "Breaks LayoutOptions LineWeights Margins MusicFont PageSize VariedLineWeights".split(),
        "smashcima.engraving",
    ),
    **dict.fromkeys(
        "Between Composer Conditions CorpusComposer CoverageComposer GrammarComposer OneOf".split(),
        "smashcima.composing",
    ),
    "StaffSpacing": "smashcima.engravers.staff",
    **dict.fromkeys("Look Neighbours".split(), "smashcima.orchestration"),
    **dict.fromkeys("OwnLayout PlacementStyle Quantity".split(), "smashcima.placement"),
    **dict.fromkeys("PenWriter Scribe".split(), "smashcima.synthesis.pen"),
    "PaperStyle": "smashcima.synthesis.paper",
    "GlyphVariation": "smashcima.synthesis.samples",
    "GlyphStore": "smashcima.assets.glyphs",
    "AssetBundle": "smashcima.assets.bundles",
    "NullPostprocessor": "smashcima.imaging",
    **dict.fromkeys("Point Rectangle Vector2".split(), "smashcima.geometry"),
    **dict.fromkeys(
        "BaseHandwrittenPostprocessor Binarize BleedThrough Blots BookPage BrokenStrokes CameraFocus CameraNoise CastShadow "
        "ColorBar CopierEdges Corrections Crop Curl Defocus DryPen Dust EmptyStaves FacingPage FilterStack Fold Grayscale "
        "HolesAndStaples InkBleed InkColor InkFade InkGain Jpeg LensDistortion Letterpress LieOn LogNormal "
        "MotionBlur Normal PaperWaves Perspective Photocopy PooledInk QuarterTurn Resaved Resolution ResolutionLoss RoughEdges "
        "SaltAndPepper ScannerLight ScannerStreaks Scribbles SensorNoise Skew StaffLineFade StaffLineThicken "
        "Stains Thumb ToneCurve UnevenLight UnevenRuling Uniform Vignette".split(),
        "smashcima.imaging.filters",
    ),
}

_SHORT: Mapping[str, str] = {**_MODELS, **_SERVICES, **_VALUES}
"""The package of each class with a short name."""

_registered: dict[str, type[Any]] = {}
_plugins: dict[str, str] = {}
_found: WeakKeyDictionary[type[Any], str] = WeakKeyDictionary()
"""Cached names: every scene looks up those of its model."""


def register_model(name: str, model: type[Any]) -> None:
    """Registers a name for a model class, for use in recipes.

    The name is valid in this process. If the call happens during the import of a module, recipes of the model list that
    module as a plugin, so that other processes import it.

    Raises:
        SettingsError: the name is empty, contains a colon, or belongs to a class of Smashcima.
    """
    if name in _SHORT or ":" in name or not name:
        raise SettingsError(
            f"A model cannot be registered as {name!r}: the name is empty, contains a colon, or belongs to a class of Smashcima."
        )
    _registered[name] = model
    plugin = registering_module()
    if plugin is not None:
        _plugins[name] = plugin


def plugin_of_model(name: str) -> str | None:
    """The module that registers a model of this name on import."""
    return _plugins.get(name)


def name_of(thing: type[Any] | FunctionType) -> str:
    """The name of a class or function in recipes.

    Raises:
        RecipeError: another process cannot import it by name.
    """
    if isinstance(thing, type):
        known = _found.get(thing)
        if known is None:
            known = _found[thing] = _new_name_of(thing)
        return known
    return _new_name_of(thing)


def name_of_model(model: type[Any]) -> str:
    """The name of a model class in recipes: its registered name, or that of `name_of`."""
    for name, registered in _registered.items():
        if registered is model:
            return name
    return name_of(model)


def find(name: str, where: str) -> Any:
    """Imports the class or function of a name.

    `where` is the place of the name in error messages.

    Raises:
        RecipeError: the name is unknown, or its module cannot be imported.
    """
    if name in _registered:
        return _registered[name]
    if name in _SHORT:
        return getattr(importlib.import_module(_SHORT[name]), name)
    module_name, _, path = name.partition(":")
    if not path:
        raise FieldError(
            f"{where}",
            f"unknown name {name!r}{closest(name, (*_SHORT, *_registered))}. Classes outside "
            "Smashcima are named by import path (package.module:Class).",
        )
    found: Any = import_module(module_name, where)
    for part in path.split("."):
        found = getattr(found, part, None)
    if found is None:
        raise FieldError(where, f"the module {module_name} has no {path}.")
    if is_our_module(module_name) and not is_our_module(getattr(found, "__module__", "")):
        # Names that a module of Smashcima has imported are not part of Smashcima.
        raise FieldError(where, f"{name} is not a class of Smashcima.")
    return found


def import_module(name: str, where: str) -> Any:
    """Imports a module; raises a `RecipeError` if that fails."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise FieldError(
            f"{where}",
            f"the module {name} cannot be imported: {error}. Install it, or add its folder to PYTHONPATH.",
        ) from error


def is_known(name: str) -> bool:
    """Whether a name is a short name of Smashcima, or registered."""
    return name in _SHORT or name in _registered


def is_our_module(name: str) -> bool:
    """Whether a module is part of Smashcima."""
    return name.partition(".")[0] == "smashcima"


def model_names() -> tuple[str, ...]:
    """The short names of models."""
    return (*_MODELS, *_registered)


def short_names() -> tuple[str, ...]:
    """All short names."""
    return (*_SHORT, *_registered)


def closest(name: str, known: Iterable[str]) -> str:
    """Similar names, formatted for a message."""
    near = difflib.get_close_matches(name, list(known), n=3, cutoff=0.6)
    return f" (closest: {', '.join(near)})" if near else ""


def _new_name_of(thing: type[Any] | FunctionType) -> str:
    module, path = thing.__module__, thing.__qualname__
    name = thing.__name__
    if name in _SHORT and (module == _SHORT[name] or module.startswith(f"{_SHORT[name]}.")):
        return name
    what = "class" if isinstance(thing, type) else "function"
    advice = (
        f"Move the {what} into a module that can be imported, or, if it is a model, register it with "
        f'register_model("{name}", {name}).'
    )
    if "<lambda>" in path or "<locals>" in path:
        raise RecipeError(f"A recipe cannot name {module}.{path}: it is defined inside a function. {advice}")
    if module == "__main__":
        raise RecipeError(
            f"A recipe cannot name {name}: it is defined in a notebook, script or prompt (__main__). {advice}"
        )
    found: Any = sys.modules.get(module)
    for part in path.split("."):
        found = getattr(found, part, None)
    if found is not thing or not is_importable(module):
        raise RecipeError(f"A recipe cannot name {name}: {module}:{path} cannot be imported. {advice}")
    return f"{module}:{path}"
