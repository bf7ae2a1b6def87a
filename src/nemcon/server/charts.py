"""A matter over time: a page with its table, the chart as a specification, and drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from nemcon.charts.theme import FONT
from nemcon.charts.timeline import Part, description, timeline_chart
from nemcon.server.ahead import Ahead
from nemcon.server.asking import AskError
from nemcon.server.courses import SoFar, Span, key_of, work_out
from nemcon.server.pages import asking, common
from nemcon.server.pictures import drawn, is_dark, plain, room_of
from nemcon.server.shown import Page
from nemcon.views.dates import on_words
from nemcon.views.stretches import (
    days_words,
    events_of,
    moved,
    stage_words,
    status_words,
    support_words,
)
from nemcon.views.timeline import Stretch, Support, TimelineView
from nemcon.when import When, WhenError

SOON = 1.5
"""Seconds that a page waits for a timeline before it says that one is being worked out."""

LONG = 120.0
"""Seconds that a picture waits for it: it cannot say so, nor ask again by itself."""

_waiting = BoundedSemaphore(2)  # pictures that wait; the other threads answer meanwhile


@asking
def timeline_page(request: HttpRequest, page: Page) -> HttpResponse:
    """How it went, as a chart and as a table that says the same; while that is worked out, how far
    it is (202), which asks again by itself. To htmx, which asks, that it is ready.
    """
    if not page.matter and not page.refusal:
        return redirect(f"{reverse('state-of-play')}?{page.ask.query()}".rstrip("?"))
    part = request.headers.get("HX-Request") == "true"
    so_far = _so_far(request, page, 0 if part else SOON)
    if so_far is not None:
        context = {
            **common(request),
            "page": page,
            "heading": _heading(page),
            "so_far": so_far,
            "day": on_words(When.day(so_far.day)) if so_far.day else "",
            "query": request.GET.urlencode(),
        }
        template = "nemcon/so_far.html" if part else "nemcon/working_out.html"
        return render(request, template, context, status=202)
    if part:
        return HttpResponse(headers={"HX-Refresh": "true"})
    view = _timeline(request, page)
    ends = {name: request.GET[name] for name in ("from", "to") if request.GET.get(name)}
    query = request.GET.urlencode()
    context = {
        **common(request),
        "page": page,
        "quoted": "&".join(filter(None, (page.asked.query(), urlencode(ends)))),
        "view": view,
        "heading": view.question.title or view.question.matter,
        "description": description(view),
        "known": on_words(view.known) if view.known else "",
        "query": query,
        "picture": f"{reverse('timeline-svg')}?{query}",
        "kept": [each for each in request.GET.items() if each[0] not in ("from", "to")],
        "whole": page.ask.query() if ends else None,
        "rows": list(_rows(view)),
    }
    return render(request, "nemcon/timeline.html", context)


@asking
def timeline_spec(request: HttpRequest, page: Page) -> HttpResponse:
    """The Vega-Lite specification of the chart, as wide as the page has room; `look=dark` gives
    that for a dark page.
    """
    with _patience(request, page) as so_far:
        if so_far is not None:
            return _not_yet()
    view = _timeline(request, page)
    return JsonResponse(timeline_chart(view, dark=is_dark(request), room=room_of(request)))


@asking
def timeline_svg(request: HttpRequest, page: Page) -> HttpResponse:
    """The chart drawn, to be kept or shown elsewhere; `part=support` leaves the members out."""
    with _patience(request, page) as so_far:
        if so_far is not None:
            return _picture_not_yet(request)
    view = _timeline(request, page)
    part: Part = "support" if request.GET.get("part") == "support" else "all"
    room = room_of(request) if request.GET.get("room") else 0
    name = f"{view.question.matter}-{view.first}-{view.last}"
    return drawn(name, timeline_chart(view, dark=is_dark(request), part=part, room=room))


def _so_far(request: HttpRequest, page: Page, seconds: float) -> SoFar | None:
    """How far the timeline of the address is, after so many seconds; None where it can be had."""
    ahead: Ahead | None = settings.NEMCON_AHEAD
    span = _span(request, page)
    return ahead.timeline(page, span, seconds) if ahead is not None else None


@contextmanager
def _patience(request: HttpRequest, page: Page) -> Iterator[SoFar | None]:
    """Wait long for the timeline, unless so many wait already that others had no answer."""
    free = _waiting.acquire(blocking=False)
    try:
        yield _so_far(request, page, LONG if free else 0)
    finally:
        if free:
            _waiting.release()


def _not_yet() -> HttpResponse:
    message = _("This is being worked out; ask again in a few seconds.")
    return plain(message, 503, **{"Retry-After": "5"})


def _picture_not_yet(request: HttpRequest) -> HttpResponse:
    """A picture that says so: to a browser an image that is refused is an error."""
    message = escape(_("This is being worked out; load the page again in a few seconds."))
    colour = "#d8d8d8" if is_dark(request) else "#404040"
    width = room_of(request)
    image = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="40">'
        f'<text x="8" y="25" font-family="{FONT}" font-size="12" fill="{colour}">'
        f"{message}</text></svg>"
    )
    headers = {"Retry-After": "5"}
    return HttpResponse(image, content_type="image/svg+xml", status=202, headers=headers)


def _heading(page: Page) -> str:
    return dict(page.matters).get(page.matter) or page.matter


def _timeline(request: HttpRequest, page: Page) -> TimelineView:
    """The timeline that the address asks for; worked out once. Raises `AskError` or `Http404`."""
    span = _span(request, page)
    found = page.desk.answer(key_of(page, span), lambda: work_out(page, span))
    if isinstance(found, str):
        raise Http404(found)
    return found


def _span(request: HttpRequest, page: Page) -> Span:
    """The days that the address asks for. Raises `AskError`."""
    if not page.matter:
        raise AskError(page.refusal or _("several matters here; name one in the address: ?matter="))
    first, last = _day(request.GET, "from"), _day(request.GET, "to")
    if first and last and last < first:
        message = _("to: %(last)s lies before %(first)s; write the earlier as 'from'")
        raise AskError(message % {"last": last, "first": first}, "from", "to")
    return Span(first, last)


def _day(query: Mapping[str, str], name: str) -> date | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    try:
        when = When.parse(text[:40])
    except WhenError:
        message = _("%(name)s: '%(text)s' is no date; write one, such as 2024-06-20")
        raise AskError(message % {"name": name, "text": text[:40]}, name) from None
    day = when.last_day()
    if not when.certain or day is None:
        message = _("%(name)s: '%(text)s' is more than one day; write one, such as 2024-06-20")
        raise AskError(message % {"name": name, "text": text[:40]}, name)
    return day


def _rows(view: TimelineView) -> Iterator[dict[str, Any]]:
    """The stretches as rows of the table. After the first, which tells of all candidates, each
    tells of those of whom anything else is to be said than in the row before.
    """
    before: list[dict[str, str]] = []
    for here in view.stretches:
        told = [_support(view, here, one) for one in here.candidates]
        new = [one for one in told if one not in before]
        yield {**_row(view, here), "support": new, "same": bool(before) and not new and bool(told)}
        before = told


def _support(view: TimelineView, here: Stretch, one: Support) -> dict[str, str]:
    """What a row says of one candidate."""
    return {
        "name": view.title(one.candidate) if one.candidate else "",
        "number": support_words(here, one) if one.may_run else "",
        "status": status_words(one),
    }


def _row(view: TimelineView, here: Stretch) -> dict[str, Any]:
    """A stretch as a row of the table, without the candidates."""
    first = here is view.stretches[0]
    return {
        "days": days_words(here.first, here.last),
        "verdict": _(here.verdict),
        "stage": stage_words(view, here),
        "assumed": here.assumed,
        "events": [(on_words(event.when), event.text) for event in events_of(view, here)],
        "moved": []
        if first
        else [
            (view.title(candidate) if candidate else "", word, names)
            for candidate, word, names in moved(view, here.first)
        ],
    }
