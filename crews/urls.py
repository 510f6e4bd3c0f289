"""Crews."""

from django.urls import path

from crews.views import crew, cycles, hands, learned, life, rounds, seats

app_name = "crews"
urlpatterns = [
    path("", crew.index, name="index"),
    path("call/", crew.call, name="call"),
    path("rounds/new/<row:pk>/", rounds.open_round, name="open_round"),
    path("rounds/<row:pk>/", hands.round_page, name="round"),
    path("rounds/<row:pk>/hand/", hands.hand, name="round_hand"),
    path("rounds/<row:pk>/hand/down/", hands.hand_down, name="round_hand_down"),
    path("rounds/<row:pk>/edit/", rounds.edit_round, name="edit_round"),
    path("rounds/<row:pk>/call-off/", rounds.call_off, name="call_off_round"),
    path("rounds/<row:pk>/close/", rounds.close_now, name="close_round"),
    path("rounds/<row:pk>/consent/", rounds.consent, name="consent_round"),
    path("seats/", seats.seats, name="seats"),
    path("<row:pk>/seat/raise/", seats.raise_hand, name="seat_raise"),
    path("<row:pk>/seat/not-for-me/", seats.not_for_me, name="seat_no"),
    path("<row:pk>/", crew.crew, name="crew"),
    path("<row:pk>/edit/", crew.edit, name="edit"),
    path("<row:pk>/agreements/", crew.agreements, name="agreements"),
    path("<row:pk>/cycles/<row:number>/", cycles.cycle, name="cycle"),
    path("<row:pk>/cycles/<row:number>/look-back/", cycles.look_back, name="look_back"),
    path("<row:pk>/cycles/<row:number>/renew/", cycles.renew, name="renew"),
    path("<row:pk>/rest/", life.rest, name="rest"),
    path("<row:pk>/wake/", life.wake, name="wake"),
    path("<row:pk>/end/", life.end, name="end"),
    path("<row:pk>/ending/", life.ending, name="ending"),
    path("<row:pk>/take-back/", life.take_back, name="take_back"),
    path("<row:pk>/learned/", learned.learned, name="learned"),
    path("learned/<row:pk>/take-back/", learned.take_back, name="take_learned_back"),
    path("learned/<row:pk>/hide/", learned.hide, name="hide_learned"),
]
