"""Reading of MusicXML: validation, repairs before and after the import, and the import itself."""
