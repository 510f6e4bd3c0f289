"""The front page, Today, and the pages that explain."""

from django.urls import path

from home import today, visitors

app_name = "home"
urlpatterns = [
    path("", visitors.welcome, name="welcome"),
    path("idea/", visitors.idea, name="idea"),
    path("privacy/", visitors.privacy, name="privacy"),
    path("today/", today.today, name="today"),
    path("doors/", today.doors, name="doors"),
]
