"""Dynamics of several letters, for which SMuFL has symbols that consist of those of the letters."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from smashcima.scene.visual.labels.smufl_labels import SmuflLabels

DYNAMIC_LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "p": SmuflLabels.dynamicPiano.value,
        "m": SmuflLabels.dynamicMezzo.value,
        "f": SmuflLabels.dynamicForte.value,
        "r": SmuflLabels.dynamicRinforzando.value,
        "s": SmuflLabels.dynamicSforzando.value,
        "z": SmuflLabels.dynamicZ.value,
        "n": SmuflLabels.dynamicNiente.value,
    }
)
"""Labels of the symbols by letter."""

DYNAMIC_WORDS: Mapping[str, str] = MappingProxyType(
    {
        SmuflLabels.dynamicPP.value: "pp",
        SmuflLabels.dynamicPPP.value: "ppp",
        SmuflLabels.dynamicPPPP.value: "pppp",
        SmuflLabels.dynamicPPPPP.value: "ppppp",
        SmuflLabels.dynamicPPPPPP.value: "pppppp",
        SmuflLabels.dynamicMP.value: "mp",
        SmuflLabels.dynamicMF.value: "mf",
        SmuflLabels.dynamicPF.value: "pf",
        SmuflLabels.dynamicFF.value: "ff",
        SmuflLabels.dynamicFFF.value: "fff",
        SmuflLabels.dynamicFFFF.value: "ffff",
        SmuflLabels.dynamicFFFFF.value: "fffff",
        SmuflLabels.dynamicFFFFFF.value: "ffffff",
        SmuflLabels.dynamicFortePiano.value: "fp",
        SmuflLabels.dynamicForzando.value: "fz",
        SmuflLabels.dynamicSforzando1.value: "sf",
        SmuflLabels.dynamicSforzandoPiano.value: "sfp",
        SmuflLabels.dynamicSforzandoPianissimo.value: "sfpp",
        SmuflLabels.dynamicSforzato.value: "sfz",
        SmuflLabels.dynamicSforzatoPiano.value: "sfzp",
        SmuflLabels.dynamicSforzatoFF.value: "sffz",
        SmuflLabels.dynamicRinforzando1.value: "rf",
        SmuflLabels.dynamicRinforzando2.value: "rfz",
    }
)
"""Letters by the label of a dynamic of several letters."""
