"""Self-work. No address here names a person."""

from django.urls import path

from selfwork.views import parts, taking_along

app_name = "selfwork"
urlpatterns = [
    path("", parts.index, name="index"),
    path("meet/", parts.meet, name="meet"),
    path("parts/<row:pk>/", parts.part, name="part"),
    path("parts/<row:pk>/edit/", parts.edit, name="edit"),
    path("parts/<row:pk>/aside/", parts.aside, name="aside"),
    path("parts/<row:pk>/delete/", parts.delete_part, name="delete_part"),
    path("letters/<row:pk>/delete/", parts.delete_letter, name="delete_letter"),
    path("export/", taking_along.export, name="export"),
    path("forget/", taking_along.forget, name="forget"),
]
