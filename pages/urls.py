"""Pages that belong to no part of the house."""

from django.urls import path

from pages import views

app_name = "pages"
urlpatterns = [
    path("your-words/", views.kept_words, name="kept"),
]
