"""You."""

from django.urls import path

from people import views

app_name = "people"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("begin/", views.begin, name="begin"),
    path("hours/", views.hours, name="hours"),
    path("my-data/", views.my_data, name="my_data"),
    path("look/", views.look, name="look"),
    path("farewell/", views.farewell, name="farewell"),
]
