"""Dyads."""

from django.urls import path

from dyads.views import beginning, dyad

app_name = "dyads"
urlpatterns = [
    path("", beginning.index, name="index"),
    path("begin/", beginning.begin, name="begin"),
    path("with/<row:pk>/<row:person_pk>/", beginning.invite, name="invite"),
    path("<row:pk>/", dyad.dyad, name="dyad"),
    path("<row:pk>/edit/", dyad.edit, name="edit"),
]
