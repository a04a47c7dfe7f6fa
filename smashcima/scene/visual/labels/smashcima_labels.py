"""Labels of objects without a SMuFL name: lines, curves, words and the layout of the page."""

from __future__ import annotations

from enum import Enum


class SmashcimaLabels(str, Enum):
    """Labels of the form `smashcima::name`, equal to their plain text."""

    # the frame
    staffLine = "smashcima::staffLine"
    staff = "smashcima::staff"
    grandStaff = "smashcima::grandStaff"
    system = "smashcima::system"
    staffMeasure = "smashcima::staffMeasure"
    grandStaffMeasure = "smashcima::grandStaffMeasure"
    systemMeasure = "smashcima::systemMeasure"
    page = "smashcima::page"
    systemStart = "smashcima::systemStart"
    systemDivider = "smashcima::systemDivider"
    barlineStroke = "smashcima::barlineStroke"
    # lines and curves
    legerLine = "smashcima::legerLine"
    beam = "smashcima::beam"
    beamHook = "smashcima::beamHook"
    slur = "smashcima::slur"
    tie = "smashcima::tie"
    laissezVibrer = "smashcima::laissezVibrer"
    hairpin = "smashcima::hairpin"
    tupletBracket = "smashcima::tupletBracket"
    tremoloStroke = "smashcima::tremoloStroke"
    graceSlash = "smashcima::graceSlash"
    volta = "smashcima::volta"
    octaveLine = "smashcima::octaveLine"
    pedalLine = "smashcima::pedalLine"
    glissando = "smashcima::glissando"
    arpeggioLine = "smashcima::arpeggioLine"
    annotationLine = "smashcima::annotationLine"
    extenderLine = "smashcima::extenderLine"
    lyricHyphen = "smashcima::lyricHyphen"
    lyricExtender = "smashcima::lyricExtender"
    lyricElision = "smashcima::lyricElision"
    multiRest = "smashcima::multiRest"
    measureRepeat = "smashcima::measureRepeat"
    cluster = "smashcima::cluster"
    enclosure = "smashcima::enclosure"
    # words
    text = "smashcima::text"
    lyric = "smashcima::lyric"
    dynamicText = "smashcima::dynamicText"
    tempoText = "smashcima::tempoText"
    directionText = "smashcima::directionText"
    rehearsalMark = "smashcima::rehearsalMark"
    fingering = "smashcima::fingering"
    harmony = "smashcima::harmony"
    figuredBass = "smashcima::figuredBass"
    measureNumber = "smashcima::measureNumber"
    staffLabel = "smashcima::staffLabel"
    title = "smashcima::title"  # type: ignore[assignment]
    pageFoot = "smashcima::pageFoot"
    voltaText = "smashcima::voltaText"
    octaveText = "smashcima::octaveText"
    tupletText = "smashcima::tupletText"
    tablatureNumber = "smashcima::tablatureNumber"
    pedalText = "smashcima::pedalText"
    generic = "smashcima::generic"
    # distractors
    distractorScribble = "smashcima::distractorScribble"
    distractorCorrection = "smashcima::distractorCorrection"
    distractorStain = "smashcima::distractorStain"
    distractorBlot = "smashcima::distractorBlot"
    distractorNeighbour = "smashcima::distractorNeighbour"
    # strokes of a flag that is written as separate strokes
    isolatedFlag8thUp = "smashcima::flag8thUp"
    isolatedFlag8thDown = "smashcima::flag8thDown"
    isolatedFlag16thUp = "smashcima::flag16thUp"
    isolatedFlag16thDown = "smashcima::flag16thDown"
    isolatedFlag32ndUp = "smashcima::flag32ndUp"
    isolatedFlag32ndDown = "smashcima::flag32ndDown"
    isolatedFlag64thUp = "smashcima::flag64thUp"
    isolatedFlag64thDown = "smashcima::flag64thDown"
    isolatedFlag128thUp = "smashcima::flag128thUp"
    isolatedFlag128thDown = "smashcima::flag128thDown"
    isolatedFlag256thUp = "smashcima::flag256thUp"
    isolatedFlag256thDown = "smashcima::flag256thDown"
    isolatedFlag512thUp = "smashcima::flag512thUp"
    isolatedFlag512thDown = "smashcima::flag512thDown"
    isolatedFlag1024thUp = "smashcima::flag1024thUp"
    isolatedFlag1024thDown = "smashcima::flag1024thDown"

    def __str__(self) -> str:
        return self.value

    # signs and traces of scribes
    custos = "smashcima::custos"
    cancellation = "smashcima::cancellation"
    erasure = "smashcima::erasure"
    turnMark = "smashcima::turnMark"
