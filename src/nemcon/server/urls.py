"""The addresses of the server."""

from django.urls import path

from nemcon.server import pages

urlpatterns = [
    path("", pages.state_of_play, name="state-of-play"),
    path("member/<str:member>/", pages.member, name="member"),
]

handler400 = pages.bad_request
handler404 = pages.not_found
handler500 = pages.our_fault
