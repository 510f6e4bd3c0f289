"""Which mail I get."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.preferences, name="preferences"),
    path("stop/<str:token>/", views.stop, name="stop"),
    path("start/<str:token>/", views.start, name="start"),
    path("healthz/", views.healthz, name="healthz"),
]
