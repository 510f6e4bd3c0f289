"""Dyads."""

from django.urls import path

from dyads.views import beginning, by_mail, dyad, introduction

app_name = "dyads"
urlpatterns = [
    path("", beginning.index, name="index"),
    path("begin/", beginning.begin, name="begin"),
    path("with/<row:pk>/<row:person_pk>/", beginning.invite, name="invite"),
    path("first/<str:token>/", by_mail.take_time, name="take_time"),
    path("did-you-meet/<str:token>/", by_mail.say_met, name="met_said"),
    path("did-you-meet/<str:token>/<slug:choice>/", by_mail.say_met, name="say_met"),
    path("<row:pk>/", dyad.dyad, name="dyad"),
    path("<row:pk>/meet/", introduction.meet, name="meet"),
    path("<row:pk>/new-times/", introduction.new_times, name="new_times"),
    path("<row:pk>/did-you-meet/", introduction.did_meet, name="did_meet"),
    path("<row:pk>/let-be/", introduction.let_be, name="let_be"),
    path("<row:pk>/edit/", dyad.edit, name="edit"),
]
