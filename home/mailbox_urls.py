"""The demo's mailbox; not there outside the demo."""

from django.urls import path

from home import mailbox_views as views

app_name = "mailbox"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:name>/", views.mail, name="mail"),
    path("<str:name>/html/", views.html, name="html"),
    path("<str:name>/files/<int:number>/", views.file, name="file"),
]
