"""The annotation language of Mashcima 1.0: one staff as tokens, with the positions of all notes.

```
clef.G-2 b0 time.3 time.4 e=-4 ( =s=-3 =s-2 ) q1 * | #3 h3 . fermata qr |
```

Tokens are separated by spaces. *Items* are barlines, clefs, time signatures, notes and rests. *Attachments* stand
before or after an item: accidentals and the end of a slur before it, articulations, dots and the start of a slur
after it. Pitches are positions on the staff: 0 is the middle line, +1 one step up, from -12 to 12. Several
accidentals in a row, or one that does not fit the next note, are a key signature. `=` stands on the side of a note on
which it has a beam.

The parser repairs what is not valid and warns about it; see `parse_annotation_into_token_groups`. Slurs are matched
like brackets. Unbalanced ones are valid: they lead out of the staff.

Tokens with a leading `~` are extensions of Smashcima, which are always read, and written on request:

```
~grace.e3  ~grace/.e3  ~grace.s=3   grace notes of any value, with a slash, beamed
~l3  ~b3  ~u3  ~v3                  notes: longa, breve, 64th, 128th
~ur  ~vr                            rests: 64th, 128th
~u=3  ~=v=3  ~=q3                   beamed 64ths and 128ths, and quarters inside a beam
~multirest.16                       rest of several measures
~time.12 time.8   ~time.3+2         number with several digits; sum
~meter.3                            time signature of one number
~tuplet.5                           other tuplets
~fermata.below                      inverted fermata
~mordent.lower  ~mordent.upper  ~turn.upper  ~turn.lower
~dyn.mf                             dynamic below the item
~artic.upbow                        further articulations, by their MEI names
~***                                three duration dots
~||  ~|]                            double and final barline
~clef.8vb.G-2  ~clef.perc           clefs with an octave; percussion clef
~key                                end of a key signature, before a note with an accidental
```
"""

from smashcima.notations.mashcima.evaluation import (
    count_important_tokens,
    is_important_token,
    iter_ornamentless_transformation,
    iter_pitchless_transformation,
    iter_raw_transformation,
    iter_slurless_transformation,
    iter_trained_transformation,
)
from smashcima.notations.mashcima.groups import KeySignatureTokenGroup, TimeSignatureTokenGroup, TokenGroup
from smashcima.notations.mashcima.measures import get_measures, trim_non_repeat_barlines
from smashcima.notations.mashcima.narrowing import without_extensions
from smashcima.notations.mashcima.parsing import needs_mark, parse_annotation_into_token_groups
from smashcima.notations.mashcima.patterns import HIGHEST_PITCH, LOWEST_PITCH, PITCHES, Kind
from smashcima.notations.mashcima.tokens import Token, read_token, to_generic
from smashcima.notations.mashcima.vocabulary import (
    EXTENSIONS,
    VOCABULARY,
    get_pitch,
    is_accidental,
    is_after_attachment,
    is_attachment,
    is_barline,
    is_beamed_note,
    is_before_attachment,
    is_clef,
    is_duration_dot,
    is_extension,
    is_grace_note,
    is_in_vocabulary,
    is_note,
    is_numeric_time_signature,
    is_rest,
    is_token,
)
from smashcima.notations.mashcima.writing import (
    repair_annotation,
    stringify_token_groups_to_annotation,
    validate_annotation,
)

__all__ = [
    "EXTENSIONS",
    "HIGHEST_PITCH",
    "KeySignatureTokenGroup",
    "Kind",
    "LOWEST_PITCH",
    "PITCHES",
    "TimeSignatureTokenGroup",
    "Token",
    "TokenGroup",
    "VOCABULARY",
    "count_important_tokens",
    "get_measures",
    "get_pitch",
    "is_accidental",
    "is_after_attachment",
    "is_attachment",
    "is_barline",
    "is_beamed_note",
    "is_before_attachment",
    "is_clef",
    "is_duration_dot",
    "is_extension",
    "is_grace_note",
    "is_important_token",
    "is_in_vocabulary",
    "is_note",
    "is_numeric_time_signature",
    "is_rest",
    "is_token",
    "iter_ornamentless_transformation",
    "iter_pitchless_transformation",
    "iter_raw_transformation",
    "iter_slurless_transformation",
    "iter_trained_transformation",
    "needs_mark",
    "parse_annotation_into_token_groups",
    "read_token",
    "repair_annotation",
    "stringify_token_groups_to_annotation",
    "to_generic",
    "trim_non_repeat_barlines",
    "validate_annotation",
    "without_extensions",
]
