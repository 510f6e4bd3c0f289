"""Congregations."""

from django.urls import path

from congregation.views import congregation, finding, people

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
    path("<row:pk>/people/<row:person_pk>/", people.person, name="person"),
]
