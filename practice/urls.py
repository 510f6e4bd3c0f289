"""Meetings."""

from django.urls import path

from practice.views import calendar, changes, rhythm, sessions

app_name = "practice"
urlpatterns = [
    path("", calendar.index, name="calendar"),
    path("calendar.ics", calendar.download, name="calendar_file"),
    path("new/<int:pk>/", rhythm.schedule, name="schedule"),
    path("<int:pk>/", sessions.session, name="session"),
    path("<int:pk>/answer/", sessions.answer, name="answer"),
    path("<int:pk>/who-was-there/", sessions.attendance, name="attendance"),
    path("<int:pk>/move/", changes.move, name="move"),
    path("<int:pk>/cancel/", changes.cancel, name="cancel"),
    path("<int:pk>/details/", changes.details, name="details"),
    path("<int:pk>/session.ics", calendar.download_one, name="session_file"),
]
