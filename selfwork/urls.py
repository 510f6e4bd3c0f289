"""Self-work. No address here names a person."""

from django.urls import path

from selfwork.views import carrying, conversations, door, meetings, parts, search, taking_along

app_name = "selfwork"
urlpatterns = [
    path("", parts.index, name="index"),
    path("meet/", parts.meet, name="meet"),
    path("parts/<row:pk>/", parts.part, name="part"),
    path("parts/<row:pk>/edit/", parts.edit, name="edit"),
    path("parts/<row:pk>/aside/", parts.aside, name="aside"),
    path("parts/<row:pk>/delete/", parts.delete_part, name="delete_part"),
    path("parts/<row:pk>/talk/", conversations.begin, name="talk"),
    path("talks/<row:pk>/", conversations.conversation, name="conversation"),
    path("talks/<row:pk>/save/", conversations.save, name="save_turn"),
    path("talks/<row:pk>/put-away/", conversations.put_away, name="put_away"),
    path("talks/<row:pk>/end/", conversations.end, name="end_conversation"),
    path("talks/<row:pk>/delete/", conversations.delete, name="delete_conversation"),
    path("turns/<row:pk>/delete/", conversations.delete_turn, name="delete_turn"),
    path("meetings/", meetings.notes, name="meetings"),
    path("meetings/<row:pk>/", meetings.at, name="noticed_at"),
    path("noticed/<row:pk>/", meetings.noticed, name="noticed"),
    path("noticed/<row:pk>/delete/", meetings.delete, name="delete_noticed"),
    path("carried/", carrying.carried, name="carried"),
    path("carried/new/", carrying.carry, name="carry"),
    path("carried/<row:pk>/take-back/", carrying.take_back, name="take_back_line"),
    path("yours/", taking_along.yours, name="yours"),
    path("search/", search.find, name="search"),
    path("door/", door.door, name="door"),
    path("export/", taking_along.export, name="export"),
    path("export/page/", taking_along.export_page, name="export_page"),
    path("forget/", taking_along.forget, name="forget"),
]
