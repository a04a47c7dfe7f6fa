"""Tables of words, in small letters without diacritics."""
