"""From an engraving to a scene: every placed primitive gets its ink.

`interfaces` is what to read first and to replace; the other packages are the implementations that come along.
"""
