"""Conversion of single MusicXML keys and times to MEI, in the form in which Verovio writes them."""

from __future__ import annotations

from fractions import Fraction

from lxml import etree

from smashcima.loading.musicxml.accidental_names import number_of, sign_of
from smashcima.loading.musicxml.tree import integer

_MEI = "{http://www.music-encoding.org/ns/mei}"

_CANCELLED = {"left": "before", "right": "after", "before-barline": "before-bar"}

_TIME_SYMBOLS = {"cut": ("sym", "cut"), "common": ("sym", "common"), "single-number": ("form", "num")}


def key_signature(key: etree._Element) -> etree._Element:
    """The `<keySig>` of a `<key>`."""
    made = etree.Element(f"{_MEI}keySig")
    mode = key.findtext("mode", "none").strip()
    if mode != "none":
        made.set("mode", mode)
    fifths = key.findtext("fifths")
    if fifths is not None:
        number = integer(fifths, 0)
        made.set("sig", f"{abs(number)}{'s' if number > 0 else 'f'}" if number else "0")
    for step in key.iterfind("key-step"):
        accidental = etree.SubElement(made, f"{_MEI}keyAccid", pname=(step.text or "").strip().lower())
        found = sign_of(*_sign_after(step))
        if found is not None:
            found.write(accidental)
    cancel = key.find("cancel")
    if cancel is not None:
        made.set("cancelaccid", _CANCELLED.get(cancel.get("location", "left"), "before"))
    if key.get("print-object") == "no":
        made.set("visible", "false")
    return made


def key_signs(key: etree._Element) -> list[tuple[str | None, str | None, Fraction | None]]:
    """The name, the SMuFL name and the alteration of each sign of a non-traditional key."""
    return [_sign_after(step) for step in key.iterfind("key-step")]


def _sign_after(step: etree._Element) -> tuple[str | None, str | None, Fraction | None]:
    alter = name = smufl = None
    for following in step.itersiblings():
        if following.tag == "key-alter":
            alter = number_of(following.text)
        elif following.tag == "key-accidental":
            name, smufl = (following.text or "").strip(), following.get("smufl")
        else:
            break
    return name, smufl, alter


def time_signature(time: etree._Element) -> etree._Element:
    """The `<meterSig>` or `<meterSigGrp>` of a `<time>`."""
    free = time.find("senza-misura")
    if free is not None:
        attributes = {"sym": "open"} if (free.text or "").strip() else {"visible": "false"}
        return etree.Element(f"{_MEI}meterSig", attributes)
    alternative = time.find("interchangeable")
    fractions = _fractions(time) + ([] if alternative is None else _fractions(alternative))
    if len(fractions) == 1:
        made = _meter(fractions[0])
        name, value = _TIME_SYMBOLS.get(time.get("symbol", ""), ("", ""))
        if name:
            made.set(name, value)
    else:
        made = etree.Element(f"{_MEI}meterSigGrp", func="mixed" if alternative is None else "interchanging")
        made.extend(_meter(fraction) for fraction in fractions)
    if time.get("print-object") == "no":
        for meter in made.iter(f"{_MEI}meterSig"):
            meter.set("visible", "false")
    return made


def _fractions(time: etree._Element) -> list[tuple[str, str]]:
    beats = [(each.text or "").strip() for each in time.iterfind("beats")]
    units = [(each.text or "").strip() for each in time.iterfind("beat-type")]
    return list(zip(beats, units, strict=False))


def _meter(fraction: tuple[str, str]) -> etree._Element:
    return etree.Element(f"{_MEI}meterSig", count=fraction[0], unit=fraction[1])


def transposition(transpose: etree._Element) -> dict[str, str]:
    """The attributes of a `<staffDef>` for a `<transpose>`: the interval from written to sounding pitch."""
    semitones = number_of(transpose.findtext("chromatic")) or Fraction(0)
    steps = number_of(transpose.findtext("diatonic"))
    if steps is None:
        steps = Fraction(_STEPS_OF_SEMITONES[int(abs(semitones)) % 12] + 7 * (int(abs(semitones)) // 12))
        steps = -steps if semitones < 0 else steps
    octaves = integer(transpose.findtext("octave-change"), 0)
    return {"trans.diat": str(int(steps) + 7 * octaves), "trans.semi": str(int(semitones) + 12 * octaves)}


_STEPS_OF_SEMITONES = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)
"""Steps of the usual intervals: minor and major second, third, ..., with the augmented fourth."""
