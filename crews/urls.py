"""Crews."""

from django.urls import path

from crews.views import crew

app_name = "crews"
urlpatterns = [
    path("", crew.index, name="index"),
    path("call/", crew.call, name="call"),
    path("<row:pk>/", crew.crew, name="crew"),
    path("<row:pk>/edit/", crew.edit, name="edit"),
    path("<row:pk>/agreements/", crew.agreements, name="agreements"),
]
