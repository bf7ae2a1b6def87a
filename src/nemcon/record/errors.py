"""What can go wrong with a record, by what the caller can do about it.

Damage in a record is no exception: it is read as a `Damage` value (see `log`).
"""

from __future__ import annotations


class RecordError(Exception):
    """A record could not be used as asked: the message says what, where and what to do."""


class BusyError(RecordError):
    """Somebody else holds the record; nothing was written; trying again helps."""


class StorageError(RecordError):
    """The disk, the permissions or the file itself stand in the way: an operator must act."""


class WrongFileError(RecordError):
    """The path is missing, is not a record, or was written by a newer version."""


class RefusedError(RecordError):
    """The request would harm the record in the state it is in; nothing was written."""


class ContentError(RecordError, ValueError):
    """The caller's own content, visibility class or time cannot be recorded."""
