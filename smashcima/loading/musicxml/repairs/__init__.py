"""Repairs of what Verovio 6.4.1 reads wrongly from MusicXML, in the order in which they are made.

Each module mends one kind of mistake and says which. To add one, extend `Repair` and list it here.
"""

from smashcima.loading.musicxml.repairs.alterations import RestoreAlterations
from smashcima.loading.musicxml.repairs.backups import NameLongBackups
from smashcima.loading.musicxml.repairs.beams_across_tuplets import BeamWholeTuplets
from smashcima.loading.musicxml.repairs.clefs import RestoreClefs
from smashcima.loading.musicxml.repairs.durations import KeepDurations
from smashcima.loading.musicxml.repairs.elisions import RestoreElisions
from smashcima.loading.musicxml.repairs.hidden import KeepHidden
from smashcima.loading.musicxml.repairs.hidden_staves import HideStaves
from smashcima.loading.musicxml.repairs.interleaved_voices import SeparateInterleavedVoices
from smashcima.loading.musicxml.repairs.loose_tuplets import CompleteTuplets
from smashcima.loading.musicxml.repairs.measure_styles import ReportMeasureStyles
from smashcima.loading.musicxml.repairs.missing_durations import FillDurations
from smashcima.loading.musicxml.repairs.missing_types import DeriveTypes
from smashcima.loading.musicxml.repairs.mixed_chords import SplitMixedChords
from smashcima.loading.musicxml.repairs.multiple_rests import SplitMultipleRests
from smashcima.loading.musicxml.repairs.nested_tuplets import NestTuplets
from smashcima.loading.musicxml.repairs.noteheads import NameNoteheads
from smashcima.loading.musicxml.repairs.octave_lines import RestoreOctaveLines
from smashcima.loading.musicxml.repairs.onsets import CheckOnsets
from smashcima.loading.musicxml.repairs.pedals import RestorePedals
from smashcima.loading.musicxml.repairs.repair import ImportResult, MusicXmlSource, Repair
from smashcima.loading.musicxml.repairs.signature_changes import RestoreSignatureChanges
from smashcima.loading.musicxml.repairs.signatures import KeepOddTimes, RestoreKeySigns
from smashcima.loading.musicxml.repairs.staff_lines import RestoreStaffLines
from smashcima.loading.musicxml.repairs.staves import DeclareStaves
from smashcima.loading.musicxml.repairs.texts import (
    KeepLineBreaks,
    PartTempoFromMetronome,
    RestoreTitleSizes,
)
from smashcima.loading.musicxml.repairs.transpositions import RestoreTranspositions
from smashcima.loading.musicxml.repairs.turns import RestoreInvertedTurns
from smashcima.loading.musicxml.repairs.unpitched_positions import PlaceUnpitched
from smashcima.loading.musicxml.repairs.voices import TellVoicesApart

REPAIRS: tuple[type[Repair], ...] = (
    DeclareStaves,
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
    BeamWholeTuplets,
    KeepDurations,
    CheckOnsets,
    SplitMultipleRests,
    ReportMeasureStyles,
    RestoreSignatureChanges,
    RestoreTranspositions,
    KeepOddTimes,
    RestoreStaffLines,
    PlaceUnpitched,
    NameNoteheads,
    KeepLineBreaks,
    RestoreElisions,
    RestoreTitleSizes,
    PartTempoFromMetronome,
    RestorePedals,
    RestoreInvertedTurns,
    RestoreAlterations,
    RestoreClefs,
    RestoreOctaveLines,
    RestoreKeySigns,
)
"""All repairs, in the order of their `prepare`; `restore` is called in the same order."""

__all__ = ["REPAIRS", "ImportResult", "MusicXmlSource", "Repair"]
