"""Repairs of what Verovio 6.4.1 reads wrongly from MusicXML, in the order in which they are made.

Each module mends one kind of mistake and says which. To add one, extend `Repair` and list it here.
"""

from smashcima.loading.musicxml.repairs.backups import NameLongBackups
from smashcima.loading.musicxml.repairs.durations import KeepDurations
from smashcima.loading.musicxml.repairs.hidden import KeepHidden
from smashcima.loading.musicxml.repairs.hidden_staves import HideStaves
from smashcima.loading.musicxml.repairs.interleaved_voices import SeparateInterleavedVoices
from smashcima.loading.musicxml.repairs.loose_tuplets import CompleteTuplets
from smashcima.loading.musicxml.repairs.missing_durations import FillDurations
from smashcima.loading.musicxml.repairs.missing_types import DeriveTypes
from smashcima.loading.musicxml.repairs.mixed_chords import SplitMixedChords
from smashcima.loading.musicxml.repairs.multiple_rests import SplitMultipleRests
from smashcima.loading.musicxml.repairs.nested_tuplets import NestTuplets
from smashcima.loading.musicxml.repairs.noteheads import NameNoteheads
from smashcima.loading.musicxml.repairs.onsets import CheckOnsets
from smashcima.loading.musicxml.repairs.pedals import RestorePedals
from smashcima.loading.musicxml.repairs.repair import ImportResult, MusicXmlSource, Repair
from smashcima.loading.musicxml.repairs.signatures import KeepOddTimes, RestoreKeyOctaves
from smashcima.loading.musicxml.repairs.texts import (
    KeepLineBreaks,
    PartTempoFromMetronome,
    RestoreTitleSizes,
)
from smashcima.loading.musicxml.repairs.unpitched_positions import PlaceUnpitched
from smashcima.loading.musicxml.repairs.voices import TellVoicesApart

REPAIRS: tuple[type[Repair], ...] = (
    KeepHidden,
    HideStaves,
    FillDurations,
    NameLongBackups,
    SplitMixedChords,
    TellVoicesApart,
    SeparateInterleavedVoices,
    DeriveTypes,
    CompleteTuplets,
    NestTuplets,
    KeepDurations,
    CheckOnsets,
    SplitMultipleRests,
    KeepOddTimes,
    PlaceUnpitched,
    NameNoteheads,
    KeepLineBreaks,
    RestoreTitleSizes,
    PartTempoFromMetronome,
    RestorePedals,
    RestoreKeyOctaves,
)
"""All repairs, in the order of their `prepare`; `restore` is called in the same order."""

__all__ = ["REPAIRS", "ImportResult", "MusicXmlSource", "Repair"]
