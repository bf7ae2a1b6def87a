"""The headers of every answer: what a page may load, and that nobody may frame or keep it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

REVIEW = "/review/"

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


class Headers:
    """Puts them on, also on files and on refusals."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and only to questions, unless the server was started to write."""
        reviews = request.path_info == REVIEW and settings.NEMCON_WRITING is not None
        if request.method not in ("GET", "HEAD") and not (reviews and request.method == "POST"):
            response = HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        else:
            response = self.get_response(request)
        response["Content-Security-Policy"] = POLICY
        response["X-Content-Type-Options"] = "nosniff"
        response["X-Frame-Options"] = "DENY"
        # With no-referrer a browser would not name the origin of a form either.
        response["Referrer-Policy"] = "same-origin" if reviews else "no-referrer"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if not request.path_info.startswith("/static/"):
            response["Cache-Control"] = "no-store"
        return response
