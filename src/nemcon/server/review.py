"""Proposals on a page: the report beside the list, and forms that decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from nemcon import __version__
from nemcon.access.review import Accept, Choice, Mend, Reject, Undo, mended
from nemcon.findings import Finding
from nemcon.load import LoadError
from nemcon.load.reviewing import on_review, write_decision
from nemcon.record.errors import RecordError
from nemcon.server import pages
from nemcon.server.desk import Desk
from nemcon.server.pages import Answering
from nemcon.server.reason import reason
from nemcon.server.writing import COOKIE, Writing, from_here
from nemcon.tables.edited import Typed, typed
from nemcon.views.report import Became, ReportView, reports
from nemcon.views.review import Pile, Proposed, ReviewView
from nemcon.views.tongue import spoken
from nemcon.views.words import describe

FIELD = "field-"
PART = "nemcon"
"""What our own script calls itself."""


class SeeOther(HttpResponseRedirect):
    """Look there, with a question: what a form was sent to is not asked again."""

    status_code = 303


@dataclass(frozen=True)
class Piece:
    """A run of the report's text; `here` where the proposal that is looked at rests on it."""

    text: str
    sort: str
    here: bool
    first: bool


@dataclass(frozen=True)
class Field:
    """A field of the form that mends: as it stands, or as it was typed."""

    name: str
    label: str
    text: str
    choices: tuple[str, ...]
    hint: str
    usual: bool
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """What a mending would make of a proposal: the new sentence, and each field that changes as
    (label, before, after). Empty where nothing can come of what was typed.
    """

    says: str
    changes: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Sheet:
    """Everything that the page shows."""

    view: ReviewView
    pile: Pile | None
    here: Proposed | None
    pieces: tuple[Piece, ...]
    fields: tuple[Field, ...]
    said: str
    findings: tuple[Finding, ...]
    mending: bool
    reason: str
    why: str = ""
    preview: Preview | None = None

    @property
    def more(self) -> bool:
        """Whether something is wrong in a field that is folded away."""
        return any(field.wrong for field in self.fields if not field.usual)

    @property
    def undo(self) -> Proposed | None:
        """What the last decision was about."""
        last = self.view.last
        return self.view.find(last.proposal) if last else None

    @property
    def before(self) -> Proposed | None:
        """The proposal above the one that is looked at."""
        return self._beside(-1)

    @property
    def after(self) -> Proposed | None:
        """The one below."""
        return self._beside(1)

    def _beside(self, step: int) -> Proposed | None:
        if self.pile is None or self.here is None:
            return None
        there = self.here.number - 1 + step
        proposals = self.pile.proposals
        return proposals[there] if 0 <= there < len(proposals) else None


def writing(view: Answering) -> Answering:
    """Answer only where writing was asked for at the start, and only to whoever may write."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        own: Writing | None = settings.NEMCON_WRITING
        if own is None:
            raise Http404
        if not own.admits(request):
            message = _(
                "Open the address that the terminal shows; it opens once. If it was opened "
                "before, in another browser, start 'nemcon serve --review' again."
            )
            return pages.refused(request, 403, _("This page is for one person only"), message)
        try:
            return view(request, *args, **kwargs)
        except (LoadError, RecordError) as error:
            title = _("The record cannot be opened or written")
            return pages.refused(request, 503, title, reason(error, settings.NEMCON_DESK))

    return guarded


def review_page(request: HttpRequest) -> HttpResponse:
    """Exchange the key of the printed address for a cookie; else show or decide."""
    own: Writing | None = settings.NEMCON_WRITING
    key = request.GET.get("key")
    if own is not None and key is not None and request.method == "GET":
        session = own.open(key)
        if session is not None or own.admits(request):
            response = SeeOther(reverse("review"))
            if session is not None:
                response.set_cookie(COOKIE, session, httponly=True, samesite="Strict")
            return response
    return _decide(request) if request.method == "POST" else _show(request)


@writing
def _show(request: HttpRequest) -> HttpResponse:
    view = _view()
    here = _here(view, request.GET.get("at", ""), request.GET.get("report", ""))
    done = view.find(request.GET.get("after", ""))
    return _page(request, view, here, said=_said(view, done) if done else "")


@writing
def _decide(request: HttpRequest) -> HttpResponse:
    if not from_here(request):
        return pages.refused(request, 403, _("This form was sent from somewhere else"), "")
    own: Writing = settings.NEMCON_WRITING
    view = _view()
    target = view.find(request.POST.get("at", ""))
    if target is not None and request.POST.get("do") == "preview":
        return _previewed(request, view, target)
    choice = _choice(request)
    if target is None or choice is None:
        return pages.refused(request, 400, _("This form says nothing that can be done"), "")
    result = write_decision(own.record, choice, datetime.now(UTC), by=own.by)
    view = _view()
    if result.refused:
        return _page(request, view, view.find(target.id), findings=result.findings, status=422)
    undone = isinstance(choice, Undo)
    then = target if undone else view.next_open(target.id) or target
    query = urlencode({"at": then.id, "after": target.id})
    return SeeOther(f"{reverse('review')}?{query}")


def _previewed(request: HttpRequest, view: ReviewView, target: Proposed) -> HttpResponse:
    """What the fields as they were typed would make of the proposal; nothing is written."""
    desk: Desk = settings.NEMCON_DESK
    given = _typed_in(request)
    new, findings = mended(desk.opened().items, target.entry, given)
    shown = Preview("")
    if new is not None:
        before, after = typed(target.entry), {each.name: each.text for each in typed(new)}
        changes = tuple(
            (each.label, each.text, after.get(each.name, ""))
            for each in before
            if each.text != after.get(each.name, "")
        )
        shown = Preview(describe(new, view.titles), changes)
    told = [each for each in findings if each.code != "nothing-changed"]
    return _page(request, view, target, findings=told, preview=shown)


def _choice(request: HttpRequest) -> Choice | None:
    post = request.POST
    ident = post.get("at", "")
    match post.get("do"):
        case "accept":
            return Accept(ident)
        case "reject":
            return Reject(ident, post.get("reason", ""))
        case "mend":
            return Mend(ident, _typed_in(request), post.get("why", ""))
        case "undo":
            return Undo(post.get("answer", ""))
    return None


def _typed_in(request: HttpRequest) -> dict[str, str]:
    return {
        name.removeprefix(FIELD): value
        for name, value in request.POST.items()
        if name.startswith(FIELD) and isinstance(value, str)
    }


def _view() -> ReviewView:
    desk: Desk = settings.NEMCON_DESK
    return on_review(desk.opened())


def _here(view: ReviewView, ident: str, report: str) -> Proposed | None:
    """The proposal that is asked for; else the first that waits (in the report), or the first."""
    if found := view.find(ident):
        return found
    pile = next((pile for pile in view.piles if pile.name == report), None)
    among = pile.proposals if pile else view.proposals
    waits = next((each for each in among if each.decision is None), None)
    return waits or next(iter(among), None)


def _said(view: ReviewView, done: Proposed) -> str:
    """What happened, for the live region."""
    told = {
        "open": _("Taken back, open again: %(what)s."),
        "accepted": _("Accepted: %(what)s."),
        "mended": _("Mended: %(what)s."),
        "rejected": _("Rejected: %(what)s."),
    }[done.became]
    left = len(view.open)
    more = _("%(n)s still open.") % {"n": left} if left else _("Nothing is open any more.")
    return f"{told % {'what': done.instead or done.said}} {more}"


def _page(
    request: HttpRequest,
    view: ReviewView,
    here: Proposed | None,
    *,
    said: str = "",
    findings: Sequence[Finding] = (),
    preview: Preview | None = None,
    status: int = 200,
) -> HttpResponse:
    own: Writing = settings.NEMCON_WRITING
    pile = view.pile_of(here.id) if here else None
    again = status != 200 or preview is not None
    given = _typed_in(request) if again else {}
    # A note tells how something was read, which the preview shows: nothing is wrong there.
    faults = [each for each in findings if each.severity != "note"]
    wrong = [(each.place.field, spoken(each.message)) for each in faults if each.place]
    sheet = Sheet(
        view=view,
        pile=pile,
        here=here,
        pieces=tuple(_pieces(view, pile, here)) if pile and here else (),
        fields=tuple(_field(each, given, wrong) for each in typed(here.entry)) if here else (),
        said=said,
        findings=tuple(findings),
        mending=bool(given),
        reason=request.POST.get("reason", "") if again else "",
        why=request.POST.get("why", "") if again else "",
        preview=preview,
    )
    context = {"version": __version__, "sheet": sheet, "by": own.by, "record": own.record}
    context["writes"] = True
    if request.headers.get("X-Requested-With") == PART:
        status = 200  # a script reads the page; a browser would tell of any other on its console
    return render(request, "nemcon/review.html", context, status=status)


def _field(each: Typed, given: Mapping[str, str], wrong: Sequence[tuple[str | None, str]]) -> Field:
    text = given.get(each.name, each.text)
    told = tuple(message for name, message in wrong if name == each.name)
    return Field(each.name, each.label, text, each.choices, each.hint, each.usual, told)


def _pieces(view: ReviewView, pile: Pile, here: Proposed) -> list[Piece]:
    """The report's text from its first character to its last, with the spans of its proposals."""
    if pile.source is None or not pile.text:
        return []
    entries = [pile.source, *(each.entry for each in pile.proposals)]
    (report,) = reports(entries, {pile.name: pile.text}, None, view.titles)
    number = _number(report, here)
    out: list[Piece] = []
    seen = False
    for passage in report.passages:
        for piece in passage.pieces:
            is_here = number in piece.became
            out.append(Piece(piece.text, piece.sort, is_here, is_here and not seen))
            seen = seen or is_here
    return out


def _number(report: ReportView, here: Proposed) -> int:
    found: Became | None = next((b for b in report.became if b.entry.id == here.id), None)
    return found.number if found else 0
