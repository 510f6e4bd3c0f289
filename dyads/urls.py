"""Dyads."""

from django.urls import path

from dyads import views

app_name = "dyads"
urlpatterns = [
    path("", views.index, name="index"),
    path("begin/", views.begin, name="begin"),
    path("with/<int:pk>/<int:person_pk>/", views.invite, name="invite"),
    path("<int:pk>/", views.dyad, name="dyad"),
    path("<int:pk>/edit/", views.edit, name="edit"),
]
