"""The pages: each puts the question of its address and shows the views that answer it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _

from nemcon import __version__
from nemcon.load import LoadError
from nemcon.record.errors import RecordError
from nemcon.server.ahead import Ahead
from nemcon.server.asking import AskError, read_ask
from nemcon.server.desk import Desk
from nemcon.server.reason import reason
from nemcon.server.said import said
from nemcon.server.shown import Page
from nemcon.server.supposing import offered, suppose

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
            return refused(request, 400, title, str(error), ways=list(_without(request, error)))
        except (LoadError, RecordError) as error:
            title = _("What is served cannot be opened")
            return refused(request, 503, title, reason(error, desk))

    return answering


@asking
def state_of_play(request: HttpRequest, page: Page) -> HttpResponse:
    """Is it agreed? The whole page, or for htmx only the part that dates and switches change."""
    part = request.headers.get("HX-Request") == "true"
    context = {**common(request), "page": page, "part": part}
    template = "nemcon/part.html" if part else "nemcon/state_of_play.html"
    # An address that names what is not here leads nowhere, though the page tells where to go on.
    status = 404 if page.refusal and not part else 200
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    if part and page.answered:
        response["HX-Replace-Url"] = f"{request.path}?{page.asked.query()}"
    ahead: Ahead | None = settings.NEMCON_AHEAD
    if ahead is not None:
        ahead.after(page)
    return response


@asking
def member(request: HttpRequest, page: Page, member: str) -> HttpResponse:
    """Everything that was said of one member on the matter, and what if it were otherwise."""
    if page.answered is None:
        return redirect(f"{reverse('state-of-play')}?{page.ask.query()}".rstrip("?"))  # says why
    if member not in page.answered.status.titles:
        return _nobody(request, page, member)
    context = {**common(request), "page": page, "member": member}
    context["said"] = said(page, member)
    context["offered"] = offered(page, member)
    text = request.GET.get("if", "").strip()
    context["supposed"] = suppose(page, text) if text else None
    context["query"] = page.asked.query() + (f"&{urlencode({'if': text})}" if text else "")
    return render(request, "nemcon/member.html", context)


def _nobody(request: HttpRequest, page: Page, member: str) -> HttpResponse:
    """That nobody is called so, with who may be meant."""
    assert page.answered is not None, "there is an answer, and it names its members"
    titles = page.answered.status.titles
    known = {text.casefold(): name for name, title in titles.items() for text in (name, title)}
    close = dict.fromkeys(known[each] for each in get_close_matches(member.casefold(), known))
    query = page.asked.query()
    ways = [(f"{reverse('member', args=[name])}?{query}", titles[name]) for name in close]
    ways.append((f"{reverse('state-of-play')}?{query}", _("All members, and where they stand")))
    message = _("Nobody here is called '%(name)s'.") % {"name": member}
    if close:
        message += " " + _("Did you mean one of these?")
    return refused(request, 404, _("There is no such member"), message, ways=ways)


def _without(request: HttpRequest, error: AskError) -> Iterator[tuple[str, str]]:
    """The same address without what stands against it."""
    query = request.GET.copy()
    gone = [name for name in error.names if query.pop(name, None)]
    if gone and request.resolver_match:
        # The reader's own path is not taken over: what leads on is an address that is known.
        there = reverse(request.resolver_match.view_name, kwargs=request.resolver_match.kwargs)
        told = _("Ask the same without %(names)s") % {"names": ", ".join(gone)}
        yield (f"{there}?{query.urlencode()}" if query else there), told


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """A request that is none."""
    return refused(request, 400, _("This address asks nothing that can be answered"), "")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """An address under which there is nothing."""
    message = _("It may have been cut short, or what it led to is not served here any more.")
    return refused(request, 404, _("There is nothing under this address"), message)


def our_fault(request: HttpRequest) -> HttpResponse:
    """A fault of the program."""
    title = _("The program has failed")
    return refused(request, 500, title, _("The window in which it was started says where."))


def common(request: HttpRequest) -> dict[str, Any]:
    """What every page about a matter needs."""
    return {
        "version": __version__,
        "address": request.build_absolute_uri(escape_uri_path(request.path)),
    }


def not_our_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that does not carry the token of this server."""
    title = _("This form was sent from somewhere else")
    return refused(request, 403, title, _("Open the page again, and send it from there."))


def refused(
    request: HttpRequest,
    status: int,
    title: str,
    message: str,
    *,
    ways: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """Why there is no answer, and ways on, each an address and what it leads to."""
    context = {"version": __version__, "title": title, "message": message, "ways": ways}
    return render(request, "nemcon/refused.html", context, status=status)
