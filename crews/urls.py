"""Crews."""

from django.urls import path

from crews import views

app_name = "crews"
urlpatterns = [
    path("", views.index, name="index"),
    path("call/", views.call, name="call"),
    path("<row:pk>/", views.crew, name="crew"),
    path("<row:pk>/edit/", views.edit, name="edit"),
    path("<row:pk>/agreements/", views.agreements, name="agreements"),
]
