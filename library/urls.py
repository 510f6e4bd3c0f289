"""Practices."""

from django.urls import path

from library.views import desk, files, history, learnings, programmes, publishing, shelf

app_name = "library"
urlpatterns = [
    path("", shelf.index, name="index"),
    path("programmes/", programmes.index, name="programmes"),
    path("programmes/<slug:slug>/", programmes.programme, name="programme"),
    path("desk/", desk.desk, name="desk"),
    path("desk/new/", desk.new, name="new"),
    path("desk/bring/", files.bring, name="bring"),
    path("desk/all/<row:pk>/", files.all_files, name="all_files"),
    path("desk/learned/<row:pk>/take-back/", learnings.take_back, name="take_learning_back"),
    path("desk/learned/<row:pk>/hide/", learnings.hide, name="hide_learning"),
    path("desk/<row:pk>/", desk.draft, name="draft"),
    path("desk/<row:pk>/edit/", desk.edit, name="edit"),
    path("desk/<row:pk>/delete/", desk.delete, name="delete"),
    path("desk/<row:pk>/offer/", publishing.offer, name="offer"),
    path("desk/<row:pk>/take-back/", desk.take_back, name="take_back"),
    path("desk/<row:pk>/publish/", publishing.publish, name="publish"),
    path("desk/<row:pk>/send-back/", publishing.send_back, name="send_back"),
    path("<slug:slug>/", shelf.practice, name="practice"),
    path("<slug:slug>/variation/", desk.variation, name="variation"),
    path("<slug:slug>/change/", desk.change, name="change"),
    path("<slug:slug>/file/", files.file, name="file"),
    path("<slug:slug>/history/", history.history, name="history"),
    path("<slug:slug>/history/<row:number>/", history.edition, name="edition"),
    path("<slug:slug>/history/<row:number>/bring-back/", history.bring_back, name="bring_back"),
    path("<slug:slug>/learned/<row:pk>/", learnings.learned, name="learned"),
]
