"""A matter over time: a page with its table, the chart as a specification, and drawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nemcon.charts.drawing import MissingDrawerError, svg
from nemcon.charts.timeline import Part, description, timeline_chart
from nemcon.load.over_time import over_time
from nemcon.server.asking import AskError
from nemcon.server.pages import asking, common
from nemcon.server.pictures import room_of
from nemcon.server.shown import Page
from nemcon.views.dates import on_words
from nemcon.views.question import QuestionError
from nemcon.views.stretches import (
    days_words,
    events_of,
    moved,
    stage_words,
    status_words,
    support_words,
)
from nemcon.views.timeline import Stretch, TimelineView
from nemcon.when import When, WhenError


@asking
def timeline_page(request: HttpRequest, page: Page) -> HttpResponse:
    """How it went, as a chart and as a table that says the same."""
    if not page.matter and not page.refusal:
        return redirect(f"{reverse('state-of-play')}?{page.ask.query()}".rstrip("?"))
    view = _timeline(request, page)
    ends = {name: request.GET[name] for name in ("from", "to") if request.GET.get(name)}
    context = {
        **common(request),
        "page": page,
        "quoted": "&".join(filter(None, (page.asked.query(), urlencode(ends)))),
        "view": view,
        "heading": view.question.title or view.question.matter,
        "description": description(view),
        "known": on_words(view.known) if view.known else "",
        "query": request.GET.urlencode(),
        "rows": [_row(view, here) for here in view.stretches],
    }
    return render(request, "nemcon/timeline.html", context)


@asking
def timeline_spec(request: HttpRequest, page: Page) -> HttpResponse:
    """The Vega-Lite specification of the chart, as wide as the page has room; `look=dark` gives
    that for a dark page.
    """
    view = _timeline(request, page)
    return JsonResponse(timeline_chart(view, dark=_dark(request), room=room_of(request)))


@asking
def timeline_svg(request: HttpRequest, page: Page) -> HttpResponse:
    """The chart drawn, to be kept or shown elsewhere; `part=support` leaves the members out."""
    view = _timeline(request, page)
    part: Part = "support" if request.GET.get("part") == "support" else "all"
    room = room_of(request) if request.GET.get("room") else 0
    try:
        drawn = svg(timeline_chart(view, dark=_dark(request), part=part, room=room))
    except MissingDrawerError as error:
        return HttpResponse(f"{error}\n", content_type="text/plain; charset=utf-8", status=501)
    name = f"{view.question.matter}-{view.first}-{view.last}.svg"
    kept = "".join(letter if letter.isascii() and letter.isprintable() else "_" for letter in name)
    kept = kept.replace('"', "_").replace("\\", "_").replace("/", "_")
    return HttpResponse(
        drawn,
        content_type="image/svg+xml",
        headers={"Content-Disposition": f'inline; filename="{kept}"'},
    )


def _timeline(request: HttpRequest, page: Page) -> TimelineView:
    """The timeline that the address asks for; worked out once. Raises `AskError` or `Http404`."""
    if not page.matter:
        raise AskError(page.refusal or _("several matters here; name one in the address: ?matter="))
    first, last = _day(request.GET, "from"), _day(request.GET, "to")
    if first and last and last < first:
        message = _("to: %(last)s lies before %(first)s; write the earlier as 'from'")
        raise AskError(message % {"last": last, "first": first}, "from", "to")
    ask = page.ask

    def work() -> TimelineView | str:
        state = page.found.state(None, ask.known, proposed=ask.proposed)
        try:
            return over_time(
                page.found,
                state,
                matter=page.matter,
                conventions=ask.conventions,
                first=first,
                last=last,
            )
        except QuestionError as error:
            return str(error)

    key = ("timeline", page.matter, ask.known, ask.conventions, ask.proposed, first, last)
    found = page.desk.answer((page.stamp, *key), work)
    if isinstance(found, str):
        raise Http404(found)
    return found


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


def _dark(request: HttpRequest) -> bool:
    return request.GET.get("look") == "dark"


def _row(view: TimelineView, here: Stretch) -> dict[str, Any]:
    """A stretch as a row of the table."""
    first = here is view.stretches[0]
    return {
        "days": days_words(here.first, here.last),
        "verdict": _(here.verdict),
        "stage": stage_words(view, here),
        "assumed": here.assumed,
        "support": [
            {
                "name": view.title(one.candidate) if one.candidate else "",
                "number": support_words(here, one) if one.may_run else "",
                "status": status_words(one),
            }
            for one in here.candidates
        ],
        "events": [(on_words(event.when), event.text) for event in events_of(view, here)],
        "moved": []
        if first
        else [
            (view.title(candidate) if candidate else "", word, names)
            for candidate, word, names in moved(view, here.first)
        ],
    }
