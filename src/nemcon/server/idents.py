"""An id as one part of an address, whatever characters somebody gave it."""

from __future__ import annotations

from urllib.parse import unquote


class Ident:
    """Django's converter of an id. What no part of an address may hold or be, `/` and `..`, is
    escaped twice: servers and browsers undo, or act on, the outer escape alone.
    """

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        """The id that a part of an address names."""
        return unquote(value)

    def to_url(self, value: str) -> str:
        """The part of an address that names an id."""
        if not value.strip("."):
            return value.replace(".", "%2E")
        return value.replace("%", "%25").replace("/", "%2F")
