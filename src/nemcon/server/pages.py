"""The pages: each puts the question of its address and shows the views that answer it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from nemcon import __version__
from nemcon.load import LoadError
from nemcon.record.errors import RecordError
from nemcon.server.ahead import Ahead
from nemcon.server.asking import AskError, read_ask
from nemcon.server.desk import Desk
from nemcon.server.shown import Page
from nemcon.server.supposing import offered, suppose
from nemcon.views import tongue

Answering = Callable[..., HttpResponse]


def asking(view: Answering) -> Answering:
    """Read the question of the address and hand the page to the view; tell what stands against it:
    an address that says nothing (400), records that cannot be opened now (503).
    """

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        desk: Desk = settings.NEMCON_DESK
        try:
            page = Page(desk, read_ask(request.GET.dict()))
            return view(request, page, *args, **kwargs)
        except AskError as error:
            title = _("This address asks nothing that can be answered")
            return refused(request, 400, title, str(error))
        except (LoadError, RecordError) as error:
            title = _("What is served cannot be opened")
            return refused(request, 503, title, str(error), english=True)

    return answering


@asking
def state_of_play(request: HttpRequest, page: Page) -> HttpResponse:
    """Is it agreed? The whole page, or for htmx only the part that dates and switches change."""
    part = request.headers.get("HX-Request") == "true"
    context = {**common(request), "page": page, "part": part}
    template = "nemcon/part.html" if part else "nemcon/state_of_play.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    if part and page.answered:
        response["HX-Replace-Url"] = f"{request.path}?{page.asked.query()}"
    ahead: Ahead | None = settings.NEMCON_AHEAD
    if ahead is not None and not tongue.code():  # the second process speaks English
        ahead.after(page)
    return response


@asking
def member(request: HttpRequest, page: Page, member: str) -> HttpResponse:
    """Everything that was said of one member on the matter, and what if it were otherwise."""
    if page.answered is None or member not in page.answered.status.titles:
        raise Http404
    context = {**common(request), "page": page, "member": member}
    context["words"] = page.words_about(member)
    context["offered"] = offered(page, member)
    text = request.GET.get("if", "").strip()
    context["supposed"] = suppose(page, text) if text else None
    context["query"] = page.asked.query() + (f"&{urlencode({'if': text})}" if text else "")
    return render(request, "nemcon/member.html", context)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """A request that is none."""
    return refused(request, 400, _("This address asks nothing that can be answered"), "")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """An address under which there is nothing."""
    return refused(request, 404, _("There is nothing under this address"), "")


def our_fault(request: HttpRequest) -> HttpResponse:
    """A fault of the program."""
    title = _("The program has failed")
    return refused(request, 500, title, _("The window in which it was started says where."))


def common(request: HttpRequest) -> dict[str, Any]:
    """What every page about a matter needs."""
    return {
        "version": __version__,
        "address": request.build_absolute_uri(request.path),
        "reviews": settings.NEMCON_WRITING is not None,
    }


def not_our_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that does not carry the token of this server."""
    title = _("This form was sent from somewhere else")
    return refused(request, 403, title, _("Open the page again, and send it from there."))


def refused(
    request: HttpRequest, status: int, title: str, message: str, *, english: bool = False
) -> HttpResponse:
    """Why there is no answer; `english` says that the message is told in English on any page."""
    context = {"version": __version__, "title": title, "message": message, "english": english}
    return render(request, "nemcon/refused.html", context, status=status)
