"""Self-work. No address here names a person."""

from django.urls import path

from selfwork import views

app_name = "selfwork"
urlpatterns = [
    path("", views.index, name="index"),
    path("meet/", views.meet, name="meet"),
    path("parts/<int:pk>/", views.part, name="part"),
    path("parts/<int:pk>/edit/", views.edit, name="edit"),
    path("parts/<int:pk>/aside/", views.aside, name="aside"),
    path("parts/<int:pk>/delete/", views.delete_part, name="delete_part"),
    path("letters/<int:pk>/delete/", views.delete_letter, name="delete_letter"),
    path("export/", views.export, name="export"),
    path("forget/", views.forget, name="forget"),
]
