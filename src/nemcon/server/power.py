"""Who has how much say under a rule: a section of the rule's page, with its picture and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nemcon.access.packs import procedure as of_library
from nemcon.analysis.from_rule import suited
from nemcon.analysis.game import GameError
from nemcon.charts.numbers import power_chart
from nemcon.charts.theme import Spec
from nemcon.findings import Finding
from nemcon.load.polling import pack_roll, state_roll
from nemcon.rules.place import RuleError
from nemcon.rules.procedure import Procedure
from nemcon.rules.roll import Roll
from nemcon.rules.sides import seats
from nemcon.server.pages import asking
from nemcon.server.pictures import Picture, numbers, served
from nemcon.server.shown import Page
from nemcon.views.power import PowerView, TooSlowError, power_view
from nemcon.views.tongue import spoken
from nemcon.when import When


@dataclass(frozen=True)
class PowerSection:
    """What the page says of power: the numbers, or why there are none, and what to do instead.

    `command` counts the same on the command line; `roll` is the address of the roll that it needs
    as a file, where it needs one.
    """

    on: When
    view: PowerView | None
    refusal: str
    slow: bool
    command: str
    roll: str
    applied: bool
    picture: Picture | None
    abstaining: bool = False


def power_section(page: Page, rule: Procedure, *, abstaining: bool = False) -> PowerSection:
    """The power of each member on the day that the address names, else on the day of what is
    served, where it is about the same body, else today or when the rule was in force.
    """
    on = _day(page, rule)
    try:
        suited(rule)
        found = _roll(page, rule, on)
    except (GameError, RuleError) as error:
        return PowerSection(on, None, str(error), False, "", "", False, None)
    if isinstance(found, str):
        return _refused(rule, on, found)
    roll, own, applied = found
    query = urlencode({"on": str(on), **({"abstain": "yes"} if abstaining else {})})
    address = reverse("rule", args=[rule.id])
    file = f"{address}roll.csv?{query}" if own else ""
    command = f"nemcon power {rule.id} {_which(roll, on, own=own)}".rstrip()
    command = f"{command} --abstain" if abstaining else command
    # Only what is in no language is kept; the rest is put into words for whoever asks.
    view = page.desk.answer(
        (page.stamp, page.ask.known, page.ask.proposed, "power", rule.id, str(on), abstaining),
        partial(_count, rule, roll, abstaining),
    )
    if isinstance(view, TooSlowError):
        return PowerSection(on, None, str(view), True, command, file, applied, None, abstaining)
    if isinstance(view, GameError | RuleError):
        # With what it lacks, a number of each member or a parameter, the command line counts.
        roll_address = f"{address}roll.csv?{query}"
        command = f"nemcon power {rule.id} --roll roll.csv"
        return PowerSection(on, None, str(view), False, command, roll_address, applied, None)
    picture = _picture(view, f"{address}power", query)
    return PowerSection(on, view, "", False, command, file, applied, picture, abstaining)


def _count(
    rule: Procedure, roll: Roll, abstaining: bool
) -> PowerView | TooSlowError | GameError | RuleError:
    try:
        return power_view(rule, roll, abstaining=abstaining)
    except (GameError, RuleError) as error:
        return error.with_traceback(None)


def _picture(view: PowerView, address: str, query: str) -> Picture:
    marks = _("Bar: Banzhaf. Circle: Shapley and Shubik.")
    if view.abstaining:
        marks = _("Bar: Banzhaf.")
    if view.what:
        diamond = _("Diamond, and number in brackets: share of %(what)s.") % {
            "what": spoken(view.what)
        }
        marks = f"{marks} {diamond}"
    alt = _("Power of %(many)d members under the rule: %(title)s")
    told = {"many": len(view.rows), "title": view.title}
    return Picture(address, query, alt % told, marks)


def _refused(rule: Procedure, on: When, why: str) -> PowerSection:
    command = f"nemcon power {rule.id} --roll roll.csv" if rule.ladder else ""
    return PowerSection(on, None, why, False, command, "", False, None)


def _which(roll: Roll, on: When, *, own: bool) -> str:
    if own:
        return "--roll roll.csv"
    return "" if roll.source.endswith("seats of the rule") else f"--on {on}"


def _day(page: Page, rule: Procedure) -> When:
    if page.ask.on is not None:
        return page.ask.on
    if _serves(page, rule):
        return page.on
    today = When.day(page.found.now.date())
    for start, end in rule.in_force:
        if end is None or today.before(end):
            return today
        if start is not None and (first := start.last_day()) is not None:
            return When.day(first)
    return today


def _serves(page: Page, rule: Procedure) -> bool:
    """Whether what is served is about the body of the rule."""
    return page.body is not None and page.body.name in (rule.roll.pack, rule.body)


def _roll(page: Page, rule: Procedure, on: When) -> tuple[Roll, bool, bool] | str:
    """The members on the day, whether they are those of what is served, and whether the rule is
    only applied to them, being of no body; else why there are none.
    """
    findings: list[Finding] = []
    state = page.found.state(on, page.ask.known, proposed=page.ask.proposed)
    title = page.body.title if page.body else ""
    source = _("%(body)s on %(day)s, by what is served here") % {"body": title, "day": on}
    if _serves(page, rule):
        roll, findings = state_roll(state, source)
        packed, _findings = _packed(page, rule, on)
        if roll and roll.seats:
            return roll, packed is None or packed.seats != roll.seats, False
    roll, more = _packed(page, rule, on)
    if roll and roll.seats:
        return roll, False, False
    if abstract := seats(rule):
        return abstract, False, False
    if findings or more:
        return spoken([*findings, *more][0].message)
    if roll is not None:
        return _("the body had no members on %(day)s; choose another day") % {"day": on}
    if title:
        roll, _findings = state_roll(state, source)
        if roll and roll.seats:
            return roll, True, True
    return _(
        "no roll is known here: the rule's body ('%(body)s') does not come with the program. "
        "A file with a column 'member', then one for each weight, gives it one"
    ) % {"body": rule.roll.pack or rule.body}


def _packed(page: Page, rule: Procedure, on: When) -> tuple[Roll | None, list[Finding]]:
    """The roll of the body's pack on the day; worked out once."""
    name = rule.roll.pack or rule.body
    return page.desk.answer(("pack", name, str(on)), partial(pack_roll, name, on))


@asking
def power_file(request: HttpRequest, page: Page, ident: str, form: str) -> HttpResponse:
    """The picture of power in one of its forms."""
    rule, section = _asked(request, page, ident)
    view = section.view
    if view is None:
        raise Http404(section.refusal)
    draw = partial(_draw, view)
    return served(request, form, f"power-{rule.id}-{section.on}", draw, partial(_rows, view))


@asking
def roll_file(request: HttpRequest, page: Page, ident: str) -> HttpResponse:
    """The roll behind the numbers, as the command line takes it."""
    rule, section = _asked(request, page, ident)
    found = _roll(page, rule, section.on)
    if isinstance(found, str):
        raise Http404(found)
    roll = found[0]
    carried = sorted(roll.carried)
    lines = [["member", *carried]]
    lines += [[seat.name, *(str(seat.held.get(n, "")) for n in carried)] for seat in roll.seats]
    headers = {"Content-Disposition": 'attachment; filename="roll.csv"'}
    return HttpResponse(numbers(lines), content_type="text/csv; charset=utf-8", headers=headers)


def _asked(request: HttpRequest, page: Page, ident: str) -> tuple[Procedure, PowerSection]:
    rule = of_library(ident)
    if rule is None:
        raise Http404
    return rule, power_section(page, rule, abstaining=abstains(request))


def abstains(request: HttpRequest) -> bool:
    """Whether the address counts votes in which members may also abstain."""
    return request.GET.get("abstain") == "yes"


def _draw(view: PowerView, dark: bool, room: int) -> Spec:
    weights = [None if row.share is None else float(row.share) for row in view.rows]
    what = spoken(view.what) or _("members")
    other = [float(row.shapley) for row in view.rows if row.shapley is not None]
    note = _("members may also abstain") if view.abstaining else ""
    return power_chart(
        view.power, weights, what, view.title, dark=dark, other=other, note=note, room=room
    )


def _rows(view: PowerView) -> Iterator[list[object]]:
    second = [] if view.abstaining else ["shapley", "shapley exact"]
    share = [f"share of {view.what}"] if view.what else []
    yield ["member", "name", "swings", "banzhaf", "banzhaf exact", *second, *share]
    for row in view.rows:
        yield [
            *(row.member, row.title, str(row.swings)),
            *(decimal(row.banzhaf), str(row.banzhaf)),
            *([decimal(row.shapley), str(row.shapley)] if second else []),
            *([decimal(row.share)] if share else []),
        ]


def decimal(share: Fraction | None) -> str:
    """A share with nine places, for tables."""
    return "" if share is None else f"{float(share):.9f}"
