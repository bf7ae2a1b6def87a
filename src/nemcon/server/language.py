"""The language of a page: the first part of its address, else what the browser asks for.

`/de/member/romania/?on=...` is German whoever opens it; without such a part the page follows the
browser's list of languages. A catalogue beside the program adds a language, with no change of code:
see the guide to the page.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path
from django.utils.formats import number_format

from nemcon.views.tongue import Tongue, speaking

OWN = Path(__file__).parent / "locale"
MORE = "NEMCON_LOCALE"
"""The variable that names a folder of more catalogues, for whoever writes one."""

CATALOGUE = "LC_MESSAGES/django.mo"


def locale_paths() -> list[Path]:
    """Where catalogues lie: those that were named first, then our own."""
    named = os.environ.get(MORE, "")
    return [*([Path(named)] if named else []), OWN]


def languages(paths: Iterable[Path]) -> list[tuple[str, str]]:
    """English, and every language that has a catalogue, with its own name for itself."""
    found = {path.parent.parent.name for each in paths for path in each.glob(f"*/{CATALOGUE}")}
    codes = sorted(translation.to_language(name) for name in found)
    return [("en", "English"), *((code, _own_name(code)) for code in codes if code != "en")]


def _own_name(code: str) -> str:
    try:
        return str(translation.get_language_info(code)["name_local"])
    except KeyError:
        return code


class Language:
    """Takes the language off the address, and puts it before every address on the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language of the address, or in the browser's."""
        first, slash, rest = request.path_info.lstrip("/").partition("/")
        known = dict(settings.LANGUAGES)
        before = get_script_prefix()
        named = first if first in known and slash else ""
        if named:
            request.path_info = f"/{rest}"
            set_script_prefix(f"/{named}/")
        code = named or translation.get_language_from_request(request)
        request.LANGUAGE_CODE = code
        try:
            with speak(code):
                response = self.get_response(request)
        finally:
            set_script_prefix(before)
        if not named:
            patch_vary_headers(response, ["Accept-Language"])
        response.headers.setdefault("Content-Language", code)
        return response


class Code:
    """Django's converter of the code of a language that there is."""

    regex = "[A-Za-z-]+"

    def to_python(self, value: str) -> str:
        """The code. Raises `ValueError` for what is none."""
        if value not in dict(settings.LANGUAGES):
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        """The part of an address."""
        return value


def whole(request: HttpRequest, code: str) -> HttpResponse:
    """The first page in a language, where the address ends without its slash."""
    query = request.GET.urlencode()
    return HttpResponseRedirect(f"/{code}/?{query}" if query else f"/{code}/")


@contextmanager
def speak(code: str) -> Iterator[None]:
    """Say everything in a language; in English with an empty code."""
    with translation.override(code or "en"), speaking(_tongue(code or "en")):
        yield


def _tongue(code: str) -> Tongue | None:
    """The words of the catalogue for the sentences of the views; None for English."""
    if code == "en":
        return None
    return Tongue(
        code,
        translation.gettext,
        translation.ngettext,
        lambda number: str(number_format(number, force_grouping=True)),
    )


def context(request: HttpRequest) -> dict[str, object]:
    """For every template: each language as (code, its own name, this page in it), if there are
    several.
    """
    if len(settings.LANGUAGES) < 2 or request.method == "POST":
        return {"languages": []}
    query, path = request.GET.urlencode(), escape_uri_path(request.path_info)
    tail = f"{path}?{query}" if query else path
    return {"languages": [(code, name, f"/{code}{tail}") for code, name in settings.LANGUAGES]}
