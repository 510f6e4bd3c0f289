"""Congregations."""

from django.urls import path

from congregation.views import congregation, finding, people

app_name = "congregation"
urlpatterns = [
    path("", finding.index, name="index"),
    path("find/", finding.find, name="find"),
    path("found/", finding.found, name="found"),
    path("<int:pk>/", congregation.congregation, name="congregation"),
    path("<int:pk>/ask/", finding.ask, name="ask"),
    path("<int:pk>/edit/", congregation.edit, name="edit"),
    path("<int:pk>/link/", congregation.link, name="link"),
    path("<int:pk>/link/renew/", congregation.renew_link, name="renew_link"),
    path("<int:pk>/link/end/", congregation.end_link, name="end_link"),
    path("<int:pk>/people/", people.people, name="people"),
    path("<int:pk>/people/<int:person_pk>/", people.person, name="person"),
]
