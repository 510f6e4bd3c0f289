"""Congregations."""

from django.urls import path

from congregation.views import asking, congregation, finding, helping, people

app_name = "congregation"
urlpatterns = [
    path("", finding.index, name="index"),
    path("find/", finding.find, name="find"),
    path("found/", finding.found, name="found"),
    path("<row:pk>/", congregation.congregation, name="congregation"),
    path("<row:pk>/ask/", finding.ask, name="ask"),
    path("<row:pk>/edit/", congregation.edit, name="edit"),
    path("<row:pk>/link/", congregation.link, name="link"),
    path("<row:pk>/link/renew/", congregation.renew_link, name="renew_link"),
    path("<row:pk>/link/end/", congregation.end_link, name="end_link"),
    path("<row:pk>/people/", people.people, name="people"),
    path("<row:pk>/help/", helping.index, name="help"),
    path("ask-for-help/<row:pk>/", asking.ladder, name="ask_help"),
    path("ask-for-help/<row:pk>/visitor/", asking.visitor, name="ask_visitor"),
    path("ask-for-help/<row:pk>/mediator/", asking.mediator, name="ask_mediator"),
    path("help/<row:pk>/", helping.detail, name="help_request"),
    path("help/<row:pk>/offer/", helping.offer, name="help_offer"),
    path("help/<row:pk>/step-back/", helping.step_back, name="help_step_back"),
    path("help/<row:pk>/yes/", helping.agree, name="help_agree"),
    path("help/<row:pk>/rather-not/", helping.decline, name="help_decline"),
    path("help/<row:pk>/take-back/", helping.take_back, name="help_take_back"),
    path("help/<row:pk>/talk/", helping.talk, name="help_talk"),
    path("help/<row:pk>/close/", helping.close, name="help_close"),
    path("help/<row:pk>/let-go/", helping.let_go, name="help_let_go"),
    path("help/<row:pk>/keep/", helping.keep, name="help_keep"),
    path("<row:pk>/people/<row:person_pk>/", people.person, name="person"),
]
