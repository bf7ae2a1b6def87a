"""Pages of the procedure library: the list, and each rule as sentences beside its clauses."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from nemcon import __version__, library
from nemcon.access.packs import procedure
from nemcon.server.pages import asking, common
from nemcon.server.power import abstains, power_section
from nemcon.server.shown import Page
from nemcon.views.rule import rule_view


def rules(request: HttpRequest) -> HttpResponse:
    """Every procedure of the library."""
    found = [one for each in library.procedure_ids() if (one := procedure(each)) is not None]
    return render(request, "nemcon/rules.html", {"version": __version__, "rules": found})


@asking
def rule(request: HttpRequest, page: Page, ident: str) -> HttpResponse:
    """One procedure, and who has how much say under it."""
    found = procedure(ident)
    if found is None:
        raise Http404
    section = power_section(page, found, abstaining=abstains(request))
    context = {**common(request), "rule": rule_view(found), "power": section}
    return render(request, "nemcon/one_rule.html", context)
