"""Pieces of pages that are the same on many pages, kept by everything that they show."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock


class Pieces:
    """The pieces that were asked for last, `most` of them. A key names all that a piece shows, and
    what else it is written by: language, template.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: OrderedDict[Hashable, str] = OrderedDict()
        self._keeping = Lock()

    def get(self, key: Hashable, write: Callable[[], str]) -> str:
        """The piece under a key, written where it is not at hand."""
        with self._keeping:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        found = write()
        with self._keeping:
            self._kept[key] = found
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return found
