"""Dyads."""

from django.urls import path

from dyads import views

app_name = "dyads"
urlpatterns = [
    path("", views.index, name="index"),
    path("begin/", views.begin, name="begin"),
    path("with/<row:pk>/<row:person_pk>/", views.invite, name="invite"),
    path("<row:pk>/", views.dyad, name="dyad"),
    path("<row:pk>/edit/", views.edit, name="edit"),
]
