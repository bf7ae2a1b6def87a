"""Where a page stands among the others, for the links at its head."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def context(request: HttpRequest) -> dict[str, object]:
    """For every template: the name of the page that is shown ("" where an address leads nowhere),
    and whether this server has a page that writes.
    """
    found = request.resolver_match
    return {
        "here": found.url_name if found else "",
        "reviews": settings.NEMCON_WRITING is not None,
    }
