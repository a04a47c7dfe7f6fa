"""Table from kinds of primitives to scene classes, and to labels for shapes without their own label."""

from __future__ import annotations

from dataclasses import dataclass

from smashcima.engraving.primitive_kind import PrimitiveKind as Kind
from smashcima.scene import visual
from smashcima.scene.visual import SmashcimaLabels, SmuflLabels, VisualObject
from smashcima.scene.visual.labels import Label, LabelLike


@dataclass(frozen=True, slots=True)
class KindEntry:
    """Representation of a kind of primitive."""

    drawn_as: type[VisualObject]
    line_label: Label
    """Label of lines, curves and areas; symbols of a music font have their own labels."""

    text_label: Label
    """Label of texts."""


def _entry(
    drawn_as: type[VisualObject], line: LabelLike, text: LabelLike = SmashcimaLabels.text
) -> KindEntry:
    return KindEntry(drawn_as, Label.of(line), Label.of(text))


_S = SmashcimaLabels

KINDS: dict[Kind, KindEntry] = {
    Kind.STAFF_LINE: _entry(visual.StaffLine, _S.staffLine),
    Kind.SYSTEM_START: _entry(visual.SystemStartLine, _S.systemStart),
    Kind.BARLINE: _entry(visual.BarlineMark, _S.barlineStroke),
    Kind.REPEAT_DOT: _entry(visual.RepeatDotMark, SmuflLabels.repeatDot),
    Kind.BRACE: _entry(visual.BraceMark, SmuflLabels.brace),
    Kind.BRACKET: _entry(visual.BracketMark, SmuflLabels.bracket),
    Kind.SYSTEM_DIVIDER: _entry(visual.SystemDividerMark, _S.systemDivider),
    Kind.MEASURE_NUMBER: _entry(visual.MeasureNumberMark, _S.measureNumber, _S.measureNumber),
    Kind.STAFF_LABEL: _entry(visual.StaffLabelMark, _S.staffLabel, _S.staffLabel),
    Kind.TITLE: _entry(visual.TitleMark, _S.title, _S.title),
    Kind.PAGE_FOOT: _entry(visual.PageFootMark, _S.pageFoot, _S.pageFoot),
    Kind.CLEF: _entry(visual.ClefMark, _S.generic),
    Kind.KEY_ACCIDENTAL: _entry(visual.KeySignatureMark, _S.generic),
    Kind.TIME_SIGNATURE: _entry(visual.TimeSignatureMark, _S.generic),
    # Noteheads without a symbol of their own are those of oblique ligatures.
    Kind.NOTEHEAD: _entry(visual.Notehead, SmuflLabels.mensuralNoteheadLongaWhite),
    Kind.STEM: _entry(visual.Stem, SmuflLabels.stem),
    Kind.FLAG: _entry(visual.Flag, _S.generic),
    Kind.GRACE_SLASH: _entry(visual.GraceSlash, _S.graceSlash),
    Kind.BEAM: _entry(visual.BeamSegment, _S.beam),
    Kind.LEDGER_LINE: _entry(visual.LedgerLine, _S.legerLine),
    Kind.ACCIDENTAL: _entry(visual.AccidentalMark, _S.generic),
    Kind.AUGMENTATION_DOT: _entry(visual.AugmentationDot, SmuflLabels.augmentationDot),
    Kind.ARTICULATION: _entry(visual.ArticulationMark, _S.generic),
    Kind.TREMOLO: _entry(visual.TremoloMark, _S.tremoloStroke),
    Kind.REST: _entry(visual.RestMark, _S.generic),
    Kind.MEASURE_REST: _entry(visual.MeasureRestMark, _S.generic),
    Kind.MULTI_REST: _entry(visual.MultiRestMark, _S.multiRest),
    Kind.MULTI_REST_NUMBER: _entry(visual.MultiRestMark, _S.multiRest),
    Kind.MEASURE_REPEAT: _entry(visual.MeasureRepeatMark, _S.measureRepeat),
    Kind.TABLATURE_NUMBER: _entry(visual.TablatureMark, _S.tablatureNumber, _S.tablatureNumber),
    Kind.CLUSTER: _entry(visual.ClusterMark, _S.cluster),
    Kind.SLUR: _entry(visual.SlurCurve, _S.slur),
    Kind.TIE: _entry(visual.TieCurve, _S.tie),
    Kind.LAISSEZ_VIBRER: _entry(visual.LaissezVibrerCurve, _S.laissezVibrer),
    Kind.HAIRPIN: _entry(visual.HairpinMark, _S.hairpin),
    Kind.TUPLET_NUMBER: _entry(visual.TupletMark, _S.tupletText, _S.tupletText),
    Kind.TUPLET_BRACKET: _entry(visual.TupletMark, _S.tupletBracket, _S.tupletText),
    Kind.VOLTA: _entry(visual.VoltaMark, _S.volta, _S.voltaText),
    Kind.OCTAVE: _entry(visual.OctaveMark, _S.octaveLine, _S.octaveText),
    Kind.PEDAL: _entry(visual.PedalMark, _S.pedalLine, _S.pedalText),
    Kind.GLISSANDO: _entry(visual.GlissandoMark, _S.glissando),
    Kind.ARPEGGIO: _entry(visual.ArpeggioMark, _S.arpeggioLine),
    Kind.ANNOTATION_LINE: _entry(visual.AnnotationLineMark, _S.annotationLine),
    Kind.EXTENDER_LINE: _entry(visual.ExtenderMark, _S.extenderLine),
    Kind.ORNAMENT: _entry(visual.OrnamentMark, _S.generic),
    Kind.FERMATA: _entry(visual.FermataMark, _S.generic),
    Kind.BREATH: _entry(visual.BreathMark, _S.generic),
    Kind.CAESURA: _entry(visual.BreathMark, _S.generic),
    Kind.REPEAT_MARK: _entry(visual.RepeatMarkSign, _S.generic, _S.directionText),
    Kind.DYNAMIC: _entry(visual.DynamicMark, _S.dynamicText, _S.dynamicText),
    Kind.TEMPO: _entry(visual.TempoMark, _S.tempoText, _S.tempoText),
    Kind.DIRECTION: _entry(visual.DirectionMark, _S.directionText, _S.directionText),
    Kind.REHEARSAL_MARK: _entry(visual.RehearsalMarkText, _S.rehearsalMark, _S.rehearsalMark),
    Kind.ENCLOSURE: _entry(visual.EnclosureMark, _S.enclosure),
    Kind.FINGERING: _entry(visual.FingeringMark, _S.fingering, _S.fingering),
    Kind.HARMONY: _entry(visual.HarmonyMark, _S.harmony, _S.harmony),
    Kind.FIGURED_BASS: _entry(visual.FiguredBassMark, _S.figuredBass, _S.figuredBass),
    Kind.LYRIC: _entry(visual.LyricMark, _S.lyric, _S.lyric),
    Kind.LYRIC_HYPHEN: _entry(visual.LyricLineMark, _S.lyricHyphen, _S.lyric),
    Kind.LYRIC_EXTENDER: _entry(visual.LyricLineMark, _S.lyricExtender, _S.lyric),
    Kind.LYRIC_ELISION: _entry(visual.LyricLineMark, _S.lyricElision, _S.lyric),
    Kind.TEXT: _entry(visual.WordsMark, _S.text),
    Kind.GENERIC: _entry(visual.GenericMark, _S.generic),
}

_UNKNOWN = KINDS[Kind.GENERIC]


def entry_of(kind: Kind) -> KindEntry:
    """The entry of a kind; the entry of generic primitives for a kind not in the table."""
    return KINDS.get(kind, _UNKNOWN)
