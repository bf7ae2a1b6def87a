"""What if, on a member's page: the present answer and another beside it. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from nemcon.access.packs import procedure
from nemcon.analysis.whatif import SupposeError, read_scenario
from nemcon.rules.procedure import Procedure
from nemcon.rules.sides import sides
from nemcon.saying import say
from nemcon.server.asking import LONGEST, AskError
from nemcon.server.shown import Page
from nemcon.views.status import status
from nemcon.views.whatif import Suppose, WhatIfView


def suppose(page: Page, text: str) -> WhatIfView:
    """The answer under one scenario, beside the present. Raises `AskError` for what is none."""
    if len(text) > LONGEST or not text.isprintable():
        message = _("%(name)s: this is too long, or holds signs that are no text")
        raise AskError(message % {"name": "if"}, "if")
    key = (page.key_of(page.ask.with_(matter=page.matter), page.stamp), "if", text)
    try:
        return page.desk.answer(key, lambda: _view(page, text))
    except SupposeError as error:
        raise AskError(say("if: {error}", error=error), "if") from error


def _view(page: Page, text: str) -> WhatIfView:
    conventions = page.ask.conventions
    present = status(page.state, procedure, matter=page.matter, conventions=conventions)
    asking = Suppose(
        present,
        conventions,
        procedure,
        lambda on: page.found.state(on, page.ask.known, proposed=page.ask.proposed),
        _of_library,
    )
    return asking.view([read_scenario(text)])


def _of_library(name: str) -> Procedure:
    """A rule of the library: an address opens no files."""
    found = procedure(name)
    if found is None:
        raise SupposeError(say("the library has no rule '{name}'", name=name))
    return found


def offered(page: Page, member: str) -> list[tuple[str, str]]:
    """What can be supposed of a member: in words, and as the query of an address."""
    query = page.asked.query()
    return [
        (words, f"{query}&{urlencode({'if': change})}") for words, change in _changes(page, member)
    ]


def stance_words(stance: str) -> str:
    """The name of a stance; one of a rule's own as the rule names it."""
    names = {
        "support": _("support"),
        "objection": _("objection"),
        "no-objection": _("no objection"),
        "abstention": _("abstention"),
        "recusal": _("recusal"),
        "none": _("no position"),
    }
    return names.get(stance, stance)


def _changes(page: Page, member: str) -> Iterator[tuple[str, str]]:
    if page.answered is None:
        return
    view = page.answered.status
    found = view.question.procedure
    if found is None or not found.ladder:
        return
    seated = any(seat.member == member for s in page.answered.board.sides for seat in s.seats)
    if not seated:
        yield _("member"), f"join={member}"
        return
    running = [r.candidate for r in view.answer.reckonings if r.standing.may_run and r.candidate]
    favour = found.positions.shown.get(str(sides(found).favour), str(sides(found).favour))
    for stance in dict.fromkeys([*(found.stances or (favour, "objection")), "none"]):
        if stance == favour and running:
            for candidate in running:
                words = f"{stance_words(stance)}: {view.title(candidate)}"
                yield words, f"{member}={stance}:{candidate}"
        else:
            yield stance_words(stance), f"{member}={stance}"
    yield _("no member"), f"leave={member}"
