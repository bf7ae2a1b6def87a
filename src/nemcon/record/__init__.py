"""The append-only record of one body: leaves that never change, contents that can be erased.

The words are here; the store is opened by `sqlite.SqliteLog`, which loads SQLite and cryptography
and is therefore imported by those who need it only.
"""

from nemcon.record.errors import (
    BusyError,
    ContentError,
    RecordError,
    RefusedError,
    StorageError,
    WrongFileError,
)
from nemcon.record.log import (
    Content,
    Damage,
    Erased,
    Head,
    Item,
    Log,
    Record,
    Sealed,
    Writer,
)

__all__ = [
    "BusyError",
    "Content",
    "ContentError",
    "Damage",
    "Erased",
    "Head",
    "Item",
    "Log",
    "Record",
    "RecordError",
    "RefusedError",
    "Sealed",
    "StorageError",
    "Writer",
    "WrongFileError",
]
