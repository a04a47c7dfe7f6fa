"""Music by rules: metre, harmony, voice-leading, phrases, figures, expression."""

from smashcima.composing.grammar.grammar_composer import GrammarComposer

__all__ = ["GrammarComposer"]
