"""Crews."""

from django.urls import path

from crews import views

app_name = "crews"
urlpatterns = [
    path("", views.index, name="index"),
    path("call/", views.call, name="call"),
    path("<int:pk>/", views.crew, name="crew"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/agreements/", views.agreements, name="agreements"),
]
