"""Dyads."""

from django.urls import path

from dyads.views import (
    beginning,
    blocking,
    by_mail,
    consents,
    dyad,
    ending,
    introduction,
    places,
    rhythms,
    rounds,
)

app_name = "dyads"
urlpatterns = [
    path("", beginning.index, name="index"),
    path("begin/", beginning.begin, name="begin"),
    path("with/<row:pk>/<row:person_pk>/", beginning.invite, name="invite"),
    path("first/<str:token>/", by_mail.take_time, name="take_time"),
    path("did-you-meet/<str:token>/", by_mail.say_met, name="met_said"),
    path("did-you-meet/<str:token>/<slug:choice>/", by_mail.say_met, name="say_met"),
    path("pairing/new/<row:pk>/", rounds.open_round, name="open_round"),
    path("pairing/rhythm/<row:pk>/", rhythms.rhythm, name="rhythm"),
    path("pairing/rhythm/<row:pk>/end/", rhythms.end_rhythm, name="end_rhythm"),
    path("pairing/in/<row:pk>/", places.take_part, name="take_part"),
    path("pairing/out/<row:pk>/", places.stop_taking_part, name="stop_taking_part"),
    path("pairing/pause/", places.pause, name="pause_pairing"),
    path("pairing/reply/<str:token>/<slug:said>/", places.from_mail, name="answer_from_mail"),
    path("pairing/<row:pk>/", rounds.round_page, name="round"),
    path("pairing/<row:pk>/answer/", places.answer_round, name="answer_round"),
    path("pairing/<row:pk>/edit/", rounds.edit_round, name="edit_round"),
    path("pairing/<row:pk>/call-off/", rounds.call_off, name="call_off_round"),
    path("pairing/<row:pk>/now/", rounds.pair_now, name="pair_now"),
    path("<row:pk>/", dyad.dyad, name="dyad"),
    path("<row:pk>/meet/", introduction.meet, name="meet"),
    path("<row:pk>/new-times/", introduction.new_times, name="new_times"),
    path("<row:pk>/did-you-meet/", introduction.did_meet, name="did_meet"),
    path("<row:pk>/let-be/", introduction.let_be, name="let_be"),
    path("<row:pk>/edit/", dyad.edit, name="edit"),
    path("<row:pk>/look-back/", ending.ask_look_back, name="ask_look_back"),
    path("<row:pk>/look-back/<row:number>/", ending.look_back, name="look_back"),
    path("<row:pk>/look-back/<row:number>/go-on/", ending.go_on, name="go_on"),
    path("<row:pk>/look-back/<row:number>/wake/", ending.wake, name="wake"),
    path("<row:pk>/look-back/<row:number>/until/", ending.rest_until, name="rest_until"),
    path("<row:pk>/look-back/<row:number>/close/", ending.close_together, name="close_together"),
    path("<row:pk>/last-page/", ending.ending, name="ending"),
    path("<row:pk>/known/", consents.consent, name="consent"),
    path("<row:pk>/no-contact/", blocking.block, name="block"),
    path("support/", blocking.support, name="support"),
]
