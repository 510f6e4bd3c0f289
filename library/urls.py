"""Practices."""

from django.urls import path

from library.views import shelf

app_name = "library"
urlpatterns = [
    path("", shelf.index, name="index"),
    path("<slug:slug>/", shelf.practice, name="practice"),
]
