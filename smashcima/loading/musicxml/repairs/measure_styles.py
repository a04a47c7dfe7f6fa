"""Names the measure styles that Verovio draws otherwise than they are meant."""

from __future__ import annotations

from lxml import etree

from smashcima.loading.musicxml.repairs.repair import MusicXmlSource, Repair
from smashcima.loading.musicxml.tree import integer, numbered_parts


class ReportMeasureStyles(Repair):
    """Reports slashes, repeats of beats, and repeats of several measures.

    Verovio 6.4.1 reads no `<slash>` and no `<beat-repeat>`: it draws the notes for which they stand. It draws the sign for one
    measure in each measure of a repeat of two or four, and takes a repeat on one staff of a part for one on all of them.
    """

    def prepare(self, source: MusicXmlSource) -> None:
        for staves in numbered_parts(source.root):
            for style in staves.part.iter("measure-style"):
                for mark in style.iterchildren("slash", "beat-repeat", "measure-repeat"):
                    if mark.get("type") != "start":
                        continue
                    length = integer(mark.text, 1)
                    if mark.tag != "measure-repeat":
                        if _has_slashes(mark):
                            continue  # the notes of its measure are slashes themselves
                        source.report(mark, "not drawn; the notes for which it stands are drawn instead")
                    elif length > 1:
                        source.report(
                            mark, f"the sign for {length} measures is drawn as signs for single ones"
                        )
                    elif style.get("number") is not None and staves.count > 1:
                        source.report(mark, f"drawn on all {staves.count} staves of the part")


def _has_slashes(mark: etree._Element) -> bool:
    measure = next(mark.iterancestors("measure"), None)
    heads = (
        [note.findtext("notehead", "") for note in measure.iterchildren("note")]
        if measure is not None
        else []
    )
    return bool(heads) and all(head.strip() == "slash" for head in heads)
