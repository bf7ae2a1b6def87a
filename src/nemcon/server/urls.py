"""The addresses of the server."""

from django.urls import path

from nemcon.server import charts, pages, power, review, roll_calls, rules

urlpatterns = [
    path("", pages.state_of_play, name="state-of-play"),
    path("timeline/", charts.timeline_page, name="timeline"),
    path("timeline/chart.json", charts.timeline_spec, name="timeline-spec"),
    path("timeline/chart.svg", charts.timeline_svg, name="timeline-svg"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<str:ident>/", rules.rule, name="rule"),
    path("rules/<str:ident>/roll.csv", power.roll_file, name="roll-file"),
    path("rules/<str:ident>/power.<str:form>", power.power_file, name="power-file"),
    path("roll-calls/", roll_calls.roll_calls, name="roll-calls"),
    path("roll-calls/<str:which>.<str:form>", roll_calls.picture, name="roll-calls-picture"),
    path("review/", review.review_page, name="review"),
    path("member/<str:member>/", pages.member, name="member"),
]

handler400 = pages.bad_request
handler404 = pages.not_found
handler500 = pages.our_fault
