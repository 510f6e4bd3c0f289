"""Meetings."""

from django.urls import path

from practice.views import (
    calendar,
    changes,
    feed,
    finding,
    holding,
    notes,
    programmes,
    reply,
    rhythm,
    sessions,
)

app_name = "practice"
urlpatterns = [
    path("", calendar.index, name="calendar"),
    path("calendar.ics", calendar.download, name="calendar_file"),
    path("feed/<str:secret>.ics", feed.read, name="feed"),
    path("feeds/", feed.index, name="feeds"),
    path("feeds/<row:pk>/", feed.change, name="change_feed"),
    path("feeds/<row:pk>/renew/", feed.renew, name="renew_feed"),
    path("feeds/<row:pk>/remove/", feed.remove, name="remove_feed"),
    path("find/<row:pk>/", finding.find, name="find"),
    path("find/<row:pk>/ask/", finding.ask_for_hours, name="ask_for_hours"),
    path("reply/<str:token>/", reply.reply, name="reply"),
    path("reply/<str:token>/<slug:choice>/", reply.reply, name="reply_with"),
    path("new/<row:pk>/", rhythm.schedule, name="schedule"),
    path("<row:pk>/", sessions.session, name="session"),
    path("<row:pk>/answer/", sessions.answer, name="answer"),
    path("<row:pk>/who-was-there/", sessions.attendance, name="attendance"),
    path("<row:pk>/move/", changes.move, name="move"),
    path("<row:pk>/cancel/", changes.cancel, name="cancel"),
    path("<row:pk>/details/", changes.details, name="details"),
    path("<row:pk>/session.ics", calendar.download_one, name="session_file"),
    path("<row:pk>/hold/", holding.hold, name="hold"),
    path("<row:pk>/hold/state/", holding.state, name="hold_state"),
    path("<row:pk>/hold/begin/", holding.begin, name="hold_begin"),
    path("<row:pk>/hold/press/", holding.press, name="hold_press"),
    path("<row:pk>/hold/here/", holding.here, name="hold_here"),
    path("<row:pk>/leave/", holding.leave, name="leave"),
    path("<row:pk>/roles/", holding.roles, name="roles"),
    path("<row:pk>/notes/", notes.notes, name="notes"),
    path("take-on/<row:pk>/", programmes.choose, name="choose_programme"),
    path("take-on/<row:pk>/<slug:slug>/", programmes.take_on, name="take_on"),
    path("taken-on/<row:pk>/", programmes.taken_on, name="taken_on"),
    path("notes/<row:pk>/", notes.edit, name="note"),
    path("notes/<row:pk>/delete/", notes.delete, name="delete_note"),
]
