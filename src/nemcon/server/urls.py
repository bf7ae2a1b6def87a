"""The addresses of the server."""

from django.urls import path, register_converter

from nemcon.server import charts, language, pages, power, review, roll_calls, rules
from nemcon.server.idents import Ident

register_converter(Ident, "ident")
register_converter(language.Code, "language")

urlpatterns = [
    path("", pages.state_of_play, name="state-of-play"),
    path("timeline/", charts.timeline_page, name="timeline"),
    path("timeline/chart.json", charts.timeline_spec, name="timeline-spec"),
    path("timeline/chart.svg", charts.timeline_svg, name="timeline-svg"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<ident:ident>/", rules.rule, name="rule"),
    path("rules/<ident:ident>/roll.csv", power.roll_file, name="roll-file"),
    path("rules/<ident:ident>/power.<str:form>", power.power_file, name="power-file"),
    path("roll-calls/", roll_calls.roll_calls, name="roll-calls"),
    path("roll-calls/<str:which>.<str:form>", roll_calls.picture, name="roll-calls-picture"),
    path("review/", review.review_page, name="review"),
    path("member/<ident:member>/", pages.member, name="member"),
    path("<language:code>", language.whole),
]

handler400 = pages.bad_request
handler404 = pages.not_found
handler500 = pages.our_fault
