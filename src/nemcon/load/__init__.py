"""From what the user names (reports, files of entries, folders, a record) to entries."""

from nemcon.load.asked import Asked
from nemcon.load.files import LoadError, SeveralBodiesError
from nemcon.load.loading import load

__all__ = ["Asked", "LoadError", "SeveralBodiesError", "load"]
