"""From what the user names (reports, files of entries, folders, a record) to entries."""

from nemcon.load.asked import Asked, load
from nemcon.load.files import LoadError

__all__ = ["Asked", "LoadError", "load"]
