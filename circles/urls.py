"""Seats: what is the same for a dyad, a crew and a congregation."""

from django.urls import path

from circles.views import invitations, preferences, requests, seats

app_name = "circles"
urlpatterns = [
    path("people-and-i/", preferences.people_and_i, name="people_and_i"),
    path("<row:pk>/ask/", requests.ask, name="ask"),
    path("requests/<row:pk>/", requests.raised_hand, name="request"),
    path("requests/<row:pk>/withdraw/", requests.withdraw, name="withdraw_request"),
    path("<row:pk>/invite/", invitations.invite, name="invite"),
    path("<row:pk>/leave/", seats.leave, name="leave"),
    path("invitations/<row:pk>/withdraw/", invitations.withdraw, name="withdraw_invitation"),
    path("invited/<str:token>/", invitations.invitation, name="invitation"),
    path("link/<str:token>/", invitations.link, name="link"),
]
