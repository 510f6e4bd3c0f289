"""Self-work. No address here names a person."""

from django.urls import path

from selfwork import views

app_name = "selfwork"
urlpatterns = [
    path("", views.index, name="index"),
    path("meet/", views.meet, name="meet"),
    path("parts/<row:pk>/", views.part, name="part"),
    path("parts/<row:pk>/edit/", views.edit, name="edit"),
    path("parts/<row:pk>/aside/", views.aside, name="aside"),
    path("parts/<row:pk>/delete/", views.delete_part, name="delete_part"),
    path("letters/<row:pk>/delete/", views.delete_letter, name="delete_letter"),
    path("export/", views.export, name="export"),
    path("forget/", views.forget, name="forget"),
]
