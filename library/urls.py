"""Practices."""

from django.urls import path

from library.views import programmes, shelf

app_name = "library"
urlpatterns = [
    path("", shelf.index, name="index"),
    path("programmes/", programmes.index, name="programmes"),
    path("programmes/<slug:slug>/", programmes.programme, name="programme"),
    path("<slug:slug>/", shelf.practice, name="practice"),
]
