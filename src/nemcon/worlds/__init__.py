"""When is it agreed? From entries to claims, possible worlds and the verdict.

`docs/adr/0002-how-entries-become-claims.md` says how each kind of entry is read.
"""
