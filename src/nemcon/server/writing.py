"""Who may write: whoever opened the address that the terminal printed, and nobody else.

The address holds a key that opens once. It is exchanged for a cookie that scripts cannot read and
that no other site's page sends along. A reviewer's forms carry Django's token besides, and a
request must say that it comes from this very server.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from threading import Lock

from django.http import HttpRequest

COOKIE = "nemcon-review"


@dataclass
class Writing:
    """That the record `record` may be written to, in the name of `by`."""

    record: str
    by: str = ""
    key: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    _session: str = field(default="", repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def open(self, key: str) -> str | None:
        """The session for a key, once; None for a wrong or a used one."""
        with self._lock:
            if self._session or not secrets.compare_digest(key.encode(), self.key.encode()):
                return None
            self._session = secrets.token_urlsafe(32)
            return self._session

    def admits(self, request: HttpRequest) -> bool:
        """Whether the request comes from whoever opened the address."""
        given = request.COOKIES.get(COOKIE, "")
        return bool(self._session) and secrets.compare_digest(
            given.encode("utf-8", "replace"), self._session.encode()
        )


def from_here(request: HttpRequest) -> bool:
    """Whether a page of this server sent the form: its origin is named, and is this one.

    A request without an origin is refused as well: browsers name it with every form.
    """
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
