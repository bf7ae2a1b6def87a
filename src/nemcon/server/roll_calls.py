"""Many votes on one page: who stood alone, who votes with whom, what other rules would decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from nemcon.analysis.roll_calls import FEW, Agreement, RollCall, Standing, UnderRule
from nemcon.charts.matrix import MOST_IN_MATRIX, agreement_chart, in_matrix
from nemcon.charts.numbers import rules_chart
from nemcon.charts.theme import Spec
from nemcon.charts.votes import (
    company_words,
    like_chart,
    standing_chart,
    votes_like,
)
from nemcon.rules.procedure import Procedure
from nemcon.server.asking import LONGEST, AskError
from nemcon.server.pages import asking, common
from nemcon.server.pictures import Picture, served
from nemcon.server.power import decimal
from nemcon.server.shown import Page
from nemcon.server.votes import (
    MOST_RULES,
    Votes,
    agreement_of,
    kept,
    offered,
    sets_of,
    standing_of,
    under,
    votes_of,
)

USUAL = ("roberts-majority", "roberts-two-thirds", "wto-consensus")
"""What is compared where nobody chose: a majority, two thirds, nobody against."""

SMALL = 16
"""Members of whom the whole matrix stands on the page as a table."""

_MOST_FEW = 100
_MOST_DIFFERING = 100


@dataclass(frozen=True)
class Question:
    """What the address asks of roll calls: which of them, like whom, by which rules."""

    page: Page
    of: str
    member: str
    chosen: tuple[str, ...]
    everyone: bool
    within: int

    def query(self, **changes: Any) -> str:
        """The question as the query of an address, with some of its parts changed."""
        parts = {"of": self.of, "with": self.member, "rule": self.chosen}
        parts |= {"all": "yes" if self.everyone else "", "within": str(self.within)}
        parts |= changes
        if parts["within"] == str(FEW):
            parts["within"] = ""
        asked = self.page.ask
        for name in ("known", "recorded"):
            value = getattr(asked, name, None)
            parts[name] = str(value) if value else ""
        parts["proposed"] = "yes" if asked.proposed else ""
        return urlencode({k: v for k, v in parts.items() if v}, doseq=True)

    @cached_property
    def sets(self) -> list[tuple[str, str]]:
        """Everything that there is to compare."""
        return sets_of(self.page)

    @cached_property
    def votes(self) -> Votes | None:
        """The roll calls asked about; None where nothing is served that has any."""
        return votes_of(self.page, self.of) if self.of else None

    # The pictures, each with its numbers

    @cached_property
    def agreement(self) -> Agreement:
        """Who votes with whom."""
        assert self.votes is not None
        return agreement_of(self.page, self.votes)

    @cached_property
    def standing(self) -> tuple[Standing, ...]:
        """Who stood alone, or with few."""
        assert self.votes is not None
        return standing_of(self.page, self.votes, self.within)

    @cached_property
    def offered(self) -> list[Procedure]:
        """The rules that can be tried."""
        assert self.votes is not None
        return offered(self.page, self.votes)

    @cached_property
    def wanted(self) -> list[str]:
        """The rules that are chosen; else those of the body that is served, or the usual ones."""
        names = [rule.id for rule in self.offered]
        body = self.page.body.name if self.page.body else None
        of_body = [rule.id for rule in self.offered if rule.body == body][:3]
        chosen = [name for name in self.chosen if name in names][:MOST_RULES]
        return chosen or of_body or [name for name in USUAL if name in names]

    @cached_property
    def tried(self) -> tuple[list[UnderRule], list[str]]:
        """What the chosen rules would have made of the motions; and which are not done yet."""
        assert self.votes is not None
        return under(self.page, self.votes, self.wanted)

    @property
    def rules(self) -> list[UnderRule]:
        """Those that are done."""
        return self.tried[0]

    @property
    def undone(self) -> list[str]:
        """The titles of those that are not."""
        return self.tried[1]

    @cached_property
    def differing(self) -> list[tuple[RollCall, list[str]]]:
        """The motions on which the rules differ, with what each of them says."""
        assert self.votes is not None
        return [
            (call, [one.answers[n].outcome or one.answers[n].verdict for one in self.rules])
            for n, call in enumerate(self.votes.motions)
            if len({one.answers[n].verdict for one in self.rules}) > 1
        ]

    @property
    def differing_shown(self) -> list[tuple[RollCall, list[str]]]:
        """As many of them as fit on a page; the numbers have all."""
        return self.differing[:_MOST_DIFFERING]

    @property
    def most(self) -> int:
        """How many members the matrix shows."""
        return len(self.agreement.members) if self.everyone else MOST_IN_MATRIX


def question(request: HttpRequest, page: Page) -> Question:
    """The question of an address. Raises `AskError` for what cannot be asked."""
    sets = [key for key, _title in sets_of(page)]
    of = request.GET.get("of", "").strip()
    if of and of not in sets:
        raise AskError(_("of: there are no roll calls '%(of)s' here") % {"of": of[:40]}, "of")
    chosen = tuple(dict.fromkeys(n.strip() for n in request.GET.getlist("rule") if n.strip()))
    if any(len(name) > LONGEST for name in chosen) or len(chosen) > 200:
        raise AskError(_("rule: this is too long"), "rule")
    within = request.GET.get("within", "").strip() or str(FEW)
    if not (within.isascii() and within.isdigit() and 1 <= int(within[:6]) <= _MOST_FEW):
        raise AskError(_("within: write a number of members, such as 5"), "within")
    found = Question(
        page,
        of or (sets[0] if sets else ""),
        request.GET.get("with", "").strip(),
        chosen,
        request.GET.get("all") == "yes",
        int(within),
    )
    if found.member and found.votes is not None:
        return _with_member(found)
    return found


def _with_member(asked: Question) -> Question:
    """The same with the member's name as it is written there. Raises `AskError`."""
    wanted = asked.member.casefold()
    names = asked.agreement.members
    same = [name for name in names if name.casefold() == wanted]
    same = same or [name for name in names if name.casefold().startswith(wanted)]
    if len(same) != 1:
        message = _("with: nobody here is called '%(name)s'; choose a name of the list")
        raise AskError(message % {"name": asked.member[:60]}, "with")
    return Question(asked.page, asked.of, same[0], asked.chosen, asked.everyone, asked.within)


@asking
def roll_calls(request: HttpRequest, page: Page) -> HttpResponse:
    """The page."""
    asked = question(request, page)
    context = {**common(request), "page": page, "asked": asked, "votes": asked.votes}
    if asked.votes is not None and len(asked.votes.calls) > 1:
        context |= _compared(asked)
    return render(request, "nemcon/roll_calls.html", context)


def _compared(asked: Question) -> dict[str, Any]:
    votes, found = asked.votes, asked.agreement
    assert votes is not None
    many = len(votes.calls)
    shown = in_matrix(found, asked.most)
    small = len(found.members) <= SMALL
    return {
        "company": company_words(asked.within),
        "stood": [
            (one, [votes.calls[n].title or votes.calls[n].id for n in one.where])
            for one in asked.standing
            if one.small
        ],
        "never": [one.member for one in asked.standing if not one.small],
        "alone_picture": Picture(
            *(reverse("roll-calls") + "alone", asked.query()),
            _("How often each member stood alone or with few, in %(many)d roll calls")
            % {"many": many},
            _("Numbers: %(words)s.") % {"words": " + ".join(company_words(asked.within))},
        ),
        "like_picture": Picture(
            *(reverse("roll-calls") + "like", asked.query()),
            _("How often each other member voted like %(member)s") % {"member": asked.member},
            "",
        ),
        "like": votes_like(found, asked.member) if asked.member else [],
        "alike_picture": Picture(
            *(reverse("roll-calls") + "alike", asked.query()),
            _("Matrix: how often each two of %(many)d members voted alike") % {"many": len(shown)},
            "",
            canvas=True,
            fits=False,
        ),
        "members": sorted(found.members, key=str.casefold),
        "shown": len(shown),
        "matrix": [(found.members[a], [found.shares[a][b] for b in shown]) for a in shown]
        if small
        else [],
        "heads": [found.members[a] for a in shown] if small else [],
        "extremes": kept(asked.page, votes, "extremes", lambda: extremes(found)),
        "rules_picture": Picture(
            *(reverse("roll-calls") + "rules", asked.query()),
            _("What each of %(rules)d rules would have made of %(many)d roll calls")
            % {"rules": len(asked.rules), "many": len(votes.motions)},
            "",
        ),
        "checked": asked.wanted,
        "unsure": any(call.open for call in votes.motions),
        "left_over": len(votes.calls) - len(votes.motions),
        "everybody": asked.query(all="yes"),
        "fewer": asked.query(all=""),
    }


_Pair = tuple[str, str, Fraction]


@dataclass(frozen=True)
class Extremes:
    """Pairs of members: those that vote alike most seldom, those that do most often, and how many
    always do; where these are too many, none of them is named.
    """

    least: tuple[_Pair, ...]
    most: tuple[_Pair, ...]
    always: int


def extremes(found: Agreement, most: int = 10) -> Extremes:
    """The pairs at both ends."""
    pairs = [
        (found.members[a], found.members[b], share)
        for a in range(len(found.members))
        for b in range(a)
        if (share := found.shares[a][b]) is not None
    ]
    # Fractions of so few roll calls are told apart as decimals, which sort ten times as fast.
    pairs.sort(key=lambda pair: (float(pair[2]), pair[0], pair[1]))
    always = sum(1 for pair in pairs if pair[2] == 1)
    named = sorted(pairs, key=lambda pair: (-float(pair[2]), pair[0], pair[1]))
    return Extremes(
        tuple(pair for pair in pairs[:most] if pair[2] < 1),
        tuple(named[:most]) if always <= most else (),
        always,
    )


@asking
def picture(request: HttpRequest, page: Page, which: str, form: str) -> HttpResponse:
    """One of the pictures, in one of its forms."""
    asked = question(request, page)
    drawn = _PICTURES.get(which)
    if drawn is None or asked.votes is None or len(asked.votes.calls) < 2:
        raise Http404
    if which == "like" and not asked.member:
        raise Http404
    draw, rows = drawn
    name = f"{asked.of}-{which}"
    return served(request, form, name, partial(draw, asked), partial(rows, asked))


def _title(asked: Question, text: str) -> str:
    assert asked.votes is not None
    return text % {"many": len(asked.votes.calls), "of": asked.votes.title, "who": asked.member}


def _alone(asked: Question, dark: bool, room: int) -> Spec:
    title = _title(asked, _("%(of)s: who stood alone or with few in %(many)d roll calls"))
    return standing_chart(asked.standing, title, dark=dark, within=asked.within, room=room)


def _alone_rows(asked: Question) -> Iterator[list[object]]:
    yield ["member", "voted", "alone", "alone against", "with one other", "with few others"]
    for one in asked.standing:
        yield [one.member, one.voted, one.alone, one.against, one.with_one, one.with_few]


def _alike(asked: Question, dark: bool, room: int) -> Spec:
    title = _title(asked, _("%(of)s: who votes with whom in %(many)d roll calls"))
    return agreement_chart(asked.agreement, title, dark=dark, most=asked.most, room=room)


def _alike_rows(asked: Question) -> Iterator[list[object]]:
    found = asked.agreement
    yield ["member", *found.members]
    for name, row in zip(found.members, found.shares, strict=True):
        yield [name, *(decimal(share) for share in row)]


def _like(asked: Question, dark: bool, room: int) -> Spec:
    title = _title(asked, _("%(of)s: who votes like %(who)s"))
    return like_chart(asked.agreement, asked.member, title, dark=dark, room=room)


def _like_rows(asked: Question) -> Iterator[list[object]]:
    yield ["member", "alike", "exact"]
    for name, share in votes_like(asked.agreement, asked.member):
        yield [name, decimal(share), "" if share is None else str(share)]


def _rules(asked: Question, dark: bool, room: int) -> Spec:
    assert asked.votes is not None
    title = _("%(of)s: %(many)d roll calls under %(rules)d rules")
    told = {"of": asked.votes.title, "many": len(asked.votes.motions), "rules": len(asked.rules)}
    return rules_chart(asked.rules, title % told, dark=dark, room=room)


def _rules_rows(asked: Question) -> Iterator[list[object]]:
    assert asked.votes is not None
    yield ["roll call", "date", "title", "yes", "no", "abstain", *(r.rule for r in asked.rules)]
    for n, call in enumerate(asked.votes.motions):
        counts = [call.count(vote) for vote in ("yes", "no", "abstain")]
        answers = [one.answers[n].verdict for one in asked.rules]
        yield [call.id, call.date, call.title, *counts, *answers]


_PICTURES = {
    "alone": (_alone, _alone_rows),
    "alike": (_alike, _alike_rows),
    "like": (_like, _like_rows),
    "rules": (_rules, _rules_rows),
}
