"""The addresses of the server."""

from django.urls import path

from nemcon.server import charts, pages, review, rules

urlpatterns = [
    path("", pages.state_of_play, name="state-of-play"),
    path("timeline/", charts.timeline_page, name="timeline"),
    path("timeline/chart.json", charts.timeline_spec, name="timeline-spec"),
    path("timeline/chart.svg", charts.timeline_svg, name="timeline-svg"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<str:ident>/", rules.rule, name="rule"),
    path("review/", review.review_page, name="review"),
    path("member/<str:member>/", pages.member, name="member"),
]

handler400 = pages.bad_request
handler404 = pages.not_found
handler500 = pages.our_fault
