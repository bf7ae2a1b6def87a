"""Entries as tables, Popolo and calendars, and back: rows and texts, no files.

`load` opens the files and gives sheets; a face writes what comes out of here.
"""
