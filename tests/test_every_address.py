"""Every address, as everybody who might open it. A new address without a row fails here."""

from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, resolve

from tests.dyads.addresses import OF_DYADS
from tests.selfwork.addresses import OF_SELF
from tests.shared import once
from tests.worlds import KINDS, World, make_world

# Method, address, and what each of the six gets:
# visitor, stranger (member of nothing), neighbour (steward of another congregation), member,
# crewmate, steward. 302 leads a visitor to sign in; 404 hides; 403 says whose it is.
ROWS = """
GET  /                                                              200 303 303 303 303 303
GET  /idea/                                                         200 200 200 200 200 200
GET  /privacy/                                                      200 200 200 200 200 200
GET  /your-words/                                                   302 303 303 303 303 303
GET  /today/                                                        302 303 200 200 200 200
GET  /doors/                                                        302 200 200 200 200 200
GET  /account/login/                                                200 302 302 302 302 302
GET  /account/logout/                                               302 200 200 200 200 200
GET  /account/inactive/                                             200 200 200 200 200 200
GET  /account/signup/                                               200 302 302 302 302 302
GET  /account/reauthenticate/                                       302 200 200 200 200 200
GET  /account/email/                                                302 200 200 200 200 200
GET  /account/confirm-email/                                        302 302 302 302 302 302
GET  /account/password/change/                                      302 200 200 200 200 200
GET  /account/password/set/                                         302 302 302 302 302 302
GET  /account/password/reset/                                       200 200 200 200 200 200
GET  /account/password/reset/done/                                  200 200 200 200 200 200
GET  /account/password/reset/key/1-abc/                             200 200 200 200 200 200
GET  /account/password/reset/key/done/                              200 200 200 200 200 200
GET  /account/login/code/                                           200 302 302 302 302 302
GET  /account/login/code/confirm/                                   302 302 302 302 302 302
GET  /account/2fa/                                                  302 200 200 200 200 200
GET  /account/2fa/authenticate/                                     302 302 302 302 302 302
GET  /account/2fa/reauthenticate/                                   302 302 302 302 302 302
GET  /account/2fa/totp/activate/                                    302 302 302 302 302 302
GET  /account/2fa/totp/deactivate/                                  302 404 404 404 404 404
GET  /account/2fa/recovery-codes/                                   302 404 404 404 404 404
GET  /account/2fa/recovery-codes/generate/                          302 302 302 302 302 302
GET  /account/2fa/recovery-codes/download/                          302 404 404 404 404 404
GET  /account/2fa/webauthn/                                         302 303 303 303 303 303
GET  /account/2fa/webauthn/add/                                     302 302 302 302 302 302
GET  /account/2fa/webauthn/login/                                   302 302 302 302 302 302
GET  /account/2fa/webauthn/reauthenticate/                          302 302 302 302 200 302
GET  /account/2fa/webauthn/keys/{passkey}/edit/                     302 302 302 302 302 302
POST /account/2fa/webauthn/keys/{passkey}/edit/                     302 302 302 302 302 302
GET  /account/2fa/webauthn/keys/{passkey}/remove/                   302 302 302 302 302 302
POST /account/2fa/webauthn/keys/{passkey}/remove/                   302 302 302 302 302 302
GET  /account/sessions/                                             302 200 200 200 200 200
GET  /you/                                                          302 200 200 200 200 200
GET  /you/begin/                                                    302 200 200 200 200 200
GET  /you/hours/                                                    302 200 200 200 200 200
GET  /you/my-data/                                                  302 200 200 200 200 200
GET  /you/look/                                                     302 303 303 303 303 303
GET  /you/farewell/                                                 302 200 200 200 200 200
GET  /mail/                                                         302 200 200 200 200 200
GET  /mail/stop/{stop}/                                             200 200 200 200 200 200
POST /mail/start/{stop}/                                            200 200 200 200 200 200
GET  /mail/healthz/                                                 200 200 200 200 200 200
GET  /circles/people-and-i/                                         302 200 200 200 200 200
GET  /circles/{crew}/ask/                                           302 404 404 200 303 200
GET  /circles/requests/{request}/                                   302 404 404 404 200 404
POST /circles/requests/{request}/withdraw/                          302 404 404 404 404 404
GET  /circles/{crew}/invite/                                        302 404 404 403 200 403
GET  /circles/{crew}/leave/                                         302 404 404 403 200 403
POST /circles/invitations/{invitation}/withdraw/                    302 404 404 404 303 404
GET  /circles/invited/{token}/                                      200 200 200 200 303 200
GET  {link}                                                         200 200 200 303 303 303
GET  /sessions/                                                     302 200 200 200 200 200
GET  /sessions/calendar.ics                                         302 200 200 200 200 200
GET  /sessions/feed/{feed_secret}.ics                               200 200 200 200 200 200
GET  /sessions/feeds/                                               302 200 200 200 200 200
GET  /sessions/feeds/{feed}/                                        302 404 404 404 200 404
POST /sessions/feeds/{feed}/renew/                                  302 404 404 404 200 404
POST /sessions/feeds/{feed}/remove/                                 302 404 404 404 303 404
GET  /sessions/reply/{reply}/                                       200 200 200 200 200 200
GET  /sessions/reply/{reply}/yes/                                   200 200 200 200 200 200
GET  /sessions/{session}/guests/                                    302 404 404 404 200 404
POST /sessions/{session}/guests/{guest}/                            302 404 404 404 303 404
GET  /sessions/new/{crew}/                                          302 404 404 403 200 403
GET  /sessions/new/{congregation}/                                302 404 404 403 403 200
GET  /sessions/find/{crew}/                                         302 404 404 403 200 403
GET  /sessions/find/{congregation}/                                 302 404 404 200 200 200
POST /sessions/find/{crew}/ask/                                     302 404 404 403 303 403
GET  /sessions/find/{crew}/poll/                                    302 404 404 403 200 403
GET  /sessions/find/{congregation}/poll/                            302 404 404 403 403 200
GET  /sessions/polls/{poll}/                                        302 404 404 404 200 404
POST /sessions/polls/{poll}/answer/                                 302 404 404 404 303 404
GET  /sessions/polls/{poll}/edit/                                   302 404 404 404 200 404
POST /sessions/polls/{poll}/remind/                                 302 404 404 404 303 404
GET  /sessions/polls/{poll}/close/                                  302 404 404 404 200 404
GET  /sessions/polls/{gathering}/                                   302 404 404 200 200 200
POST /sessions/polls/{gathering}/remind/                            302 404 404 403 403 303
GET  /sessions/polls/{gathering}/edit/                              302 404 404 403 403 200
GET  /sessions/polls/{gathering}/close/                             302 404 404 403 403 200
GET  /sessions/{session}/                                           302 404 404 404 200 404
POST /sessions/{session}/answer/                                    302 404 404 404 303 404
POST /sessions/{session}/who-was-there/                             302 404 404 404 303 404
GET  /sessions/{session}/move/                                      302 404 404 404 200 404
GET  /sessions/{session}/cancel/                                    302 404 404 404 200 404
GET  /sessions/{session}/take-back/                                 302 404 404 404 200 404
GET  /sessions/rhythms/{rhythm}/pause/                              302 404 404 404 200 404
POST /sessions/rhythms/{rhythm}/pauses/{pause}/end/                 302 404 404 404 303 404
GET  /sessions/{session}/details/                                   302 404 404 404 200 404
GET  /sessions/{session}/session.ics                                302 404 404 404 200 404
GET  /sessions/{session}/notes/                                     302 404 404 404 200 404
GET  /sessions/take-on/{crew}/                                      302 404 404 403 200 403
GET  /sessions/take-on/{congregation}/                              302 404 404 403 403 200
GET  /sessions/take-on/{crew}/first-four-weeks/                     302 404 404 403 200 403
GET  /sessions/taken-on/{crew}/                                     302 404 404 403 303 403
GET  /sessions/notes/{note}/                                        302 404 404 404 200 404
GET  /sessions/notes/{note}/delete/                                 302 404 404 404 200 404
GET  /sessions/{session}/hold/                                      302 404 404 404 200 404
GET  /sessions/{session}/hold/state/                                302 404 404 404 200 404
POST /sessions/{session}/hold/begin/                                302 404 404 404 303 404
POST /sessions/{session}/hold/press/                                302 404 404 404 303 404
POST /sessions/{session}/hold/here/                                 302 404 404 404 303 404
GET  /sessions/{session}/leave/                                     302 404 404 404 200 404
GET  /sessions/standing/{crew}/                                     302 404 404 403 200 403
GET  /sessions/standing/{congregation}/                             302 404 404 404 404 404
GET  /sessions/standing/{crew}/{role}/                              302 404 404 403 200 403
POST /sessions/standing/{crew}/{role}/drop/                         302 404 404 403 303 403
GET  /sessions/{session}/roles/                                     302 404 404 404 200 404
GET  /practices/                                                    200 200 200 200 200 200
GET  /practices/case-clinic/                                        200 200 200 200 200 200
GET  /practices/programmes/                                         200 200 200 200 200 200
GET  /practices/programmes/first-four-weeks/                        200 200 200 200 200 200
GET  /practices/{own}/                                              404 404 404 200 200 200
GET  /practices/{own}/variation/                                    302 404 404 200 200 200
GET  /practices/{own}/change/                                       302 404 404 200 200 200
GET  /practices/case-clinic/variation/                              302 200 200 200 200 200
GET  /practices/case-clinic/change/                                 302 403 403 403 403 403
GET  /practices/{own}/file/                                         404 404 404 200 200 200
GET  /practices/{own}/history/                                      404 404 404 200 200 200
GET  /practices/{own}/history/1/                                    404 404 404 200 200 200
GET  /practices/{own}/history/9/                                    404 404 404 404 404 404
POST /practices/{own}/history/1/bring-back/                         302 404 404 303 303 303
GET  /practices/case-clinic/file/                                   200 200 200 200 200 200
GET  /practices/case-clinic/history/                                200 200 200 200 200 200
GET  /practices/case-clinic/history/1/                              200 200 200 200 200 200
POST /practices/case-clinic/history/1/bring-back/                   302 303 303 303 303 303
GET  /practices/troika/learned/{held}/                              302 404 404 200 403 403
GET  /practices/case-clinic/learned/{held}/                         302 404 404 404 403 403
POST /practices/desk/learned/{learning}/take-back/                  302 404 404 303 404 404
POST /practices/desk/learned/{learning}/hide/                       302 404 404 303 303 303
GET  /practices/desk/bring/                                         302 200 200 200 200 200
POST /practices/desk/bring/                                         302 422 422 422 422 422
GET  /practices/desk/all/{congregation}/                            302 404 404 200 200 200
GET  /practices/desk/                                               302 200 200 200 200 200
GET  /practices/desk/new/                                           302 200 200 200 200 200
GET  /practices/desk/{draft}/                                       302 404 404 200 404 404
GET  /practices/desk/{draft}/edit/                                  302 404 404 200 404 404
GET  /practices/desk/{draft}/delete/                                302 404 404 200 404 404
POST /practices/desk/{draft}/offer/                                 302 404 404 303 404 404
GET  /practices/desk/{offered}/                                     302 404 404 200 404 200
GET  /practices/desk/{offered}/edit/                                302 404 404 303 404 403
GET  /practices/desk/{offered}/delete/                              302 404 404 200 404 403
POST /practices/desk/{offered}/offer/                               302 404 404 303 404 403
POST /practices/desk/{offered}/take-back/                           302 404 404 303 404 403
POST /practices/desk/{offered}/publish/                             302 404 404 303 404 303
POST /practices/desk/{offered}/send-back/                           302 404 404 422 404 422
GET  /dyads/                                                        302 200 200 200 200 200
GET  /dyads/begin/                                                  302 200 200 200 200 200
GET  /dyads/with/{congregation}/{person}/                           302 404 404 200 200 200
GET  /dyads/{dyad}/                                                 302 404 404 404 200 404
GET  /dyads/{dyad}/edit/                                            302 404 404 404 200 404
GET  /dyads/{dyad}/mirror/                                          302 404 404 404 200 404
POST /dyads/{dyad}/mirror/ask/                                      302 404 404 404 303 404
POST /dyads/{dyad}/mirror/often/                                    302 404 404 404 422 404
GET  /dyads/{dyad}/mirror/{mirror}/                                 302 404 404 404 200 404
POST /dyads/{dyad}/mirror/{mirror}/not-now/                         302 404 404 404 303 404
GET  /dyads/{dyad}/mirror/{mirror}/take-back/                       302 404 404 404 303 404
GET  /crews/                                                        302 200 200 200 200 200
GET  /crews/call/                                                   302 200 200 200 200 200
GET  /crews/rounds/new/{congregation}/                              302 404 404 200 200 200
GET  /crews/rounds/{round}/                                         302 404 404 200 200 200
GET  /crews/rounds/{set_round}/desk/                                302 404 200 404 404 404
GET  /crews/rounds/{round}/desk/                                    302 404 404 403 403 303
GET  /crews/rounds/{set_round}/desk/progress/                       302 404 303 404 404 404
POST /crews/rounds/{set_round}/desk/draw/                           302 404 303 404 404 404
POST /crews/rounds/{set_round}/desk/stop/                           302 404 303 404 404 404
GET  /crews/rounds/{set_round}/desk/hands/{set_hand}/               302 404 200 404 404 404
POST /crews/rounds/{set_round}/desk/hands/{set_hand}/               302 404 303 404 404 404
POST /crews/rounds/{set_round}/desk/hands/{set_hand}/ask/           302 404 303 404 404 404
GET  /crews/rounds/{set_round}/desk/tables/{set_table}/             302 404 200 404 404 404
POST /crews/rounds/{set_round}/desk/tables/{set_table}/lock/        302 404 303 404 404 404
POST /crews/rounds/{set_round}/desk/tables/{set_table}/name/        302 404 422 404 404 404
GET  /crews/rounds/{set_round}/desk/publish/                        302 404 200 404 404 404
POST /crews/rounds/{set_round}/desk/publish/                        302 404 303 404 404 404
POST /crews/rounds/{round}/desk/publish/                            302 404 404 403 403 303
GET  /crews/rounds/{round}/another-hour/                            302 404 404 303 303 303
POST /crews/rounds/{round}/another-hour/                            302 404 404 303 303 303
GET  /crews/rounds/{round}/hand/                                    302 404 404 200 200 200
POST /crews/rounds/{round}/hand/down/                               302 404 404 303 303 303
GET  /crews/rounds/{round}/edit/                                    302 404 404 403 403 200
GET  /crews/rounds/{round}/call-off/                                302 404 404 403 403 200
POST /crews/rounds/{round}/go-on/                                   302 404 404 403 403 303
POST /crews/rounds/{round}/close/                                   302 404 404 403 403 303
POST /crews/rounds/{round}/consent/                                 302 404 404 403 403 303
POST /crews/rounds/{round}/mend/                                    302 404 404 403 403 303
GET  /crews/rounds/seats/{proposed_seat}/yes/                       302 404 404 303 404 404
POST /crews/rounds/seats/{proposed_seat}/yes/                       302 404 404 409 404 404
GET  /crews/seats/                                                  302 200 200 200 200 200
POST /crews/{crew}/seat/raise/                                      302 404 404 303 303 303
POST /crews/{crew}/seat/not-for-me/                                 302 404 404 303 303 303
GET  /crews/{crew}/                                                 302 404 404 200 200 200
POST /crews/{crew}/first-time/                                      302 404 404 403 303 403
GET  /crews/{crew}/edit/                                            302 404 404 403 200 403
POST /crews/{crew}/agreements/1/accept/                             302 404 404 403 303 403
GET  /crews/{crew}/agreements/1/                                    302 404 404 403 200 403
GET  /crews/{crew}/agreements/9/                                    302 404 404 403 404 403
GET  /crews/{crew}/agreements/reopen/                               302 404 404 403 200 403
POST /crews/{crew}/agreements/let-be/                               302 404 404 403 303 403
GET  /crews/{crew}/first-evening/                                   302 404 404 403 200 403
GET  /crews/{crew}/agreements/                                      302 404 404 403 200 403
GET  /crews/{crew}/cycles/1/                                        302 404 404 403 200 403
POST /crews/{crew}/cycles/1/look-back/                              302 404 404 403 303 403
POST /crews/{crew}/cycles/1/renew/                                  302 404 404 403 303 403
GET  /crews/{crew}/quiet/                                           302 404 404 403 303 403
GET  /crews/{crew}/rest/                                            302 404 404 403 200 403
POST /crews/{crew}/wake/                                            302 404 404 403 303 403
GET  /crews/{crew}/end/                                             302 404 404 403 200 403
POST /crews/{crew}/take-back/                                       302 404 404 403 303 403
GET  /crews/{crew}/learned/                                         302 404 404 403 200 403
GET  /crews/{ended}/ending/                                         302 404 404 404 200 404
GET  /crews/{ended}/cycles/1/                                       302 404 404 404 200 404
GET  /crews/{ended}/learned/                                        302 404 404 404 200 404
POST /crews/learned/{sentence}/take-back/                           302 404 404 404 303 404
POST /crews/learned/{sentence}/hide/                                302 404 404 303 303 303
POST /crews/{crew}/go/                                              302 404 404 403 303 403
POST /crews/{crew}/go/take-back/                                    302 404 404 403 303 403
GET  /crews/{crew}/let-rest/                                        302 404 404 403 303 403
POST /crews/{crew}/take-up/                                         302 404 404 403 303 403
GET  /crews/{crew}/two/                                             302 404 404 403 200 403
POST /crews/{crew}/two/press/                                       302 404 404 403 303 403
POST /crews/{crew}/seventh/{request}/                               302 404 404 403 303 403
GET  /congregations/                                                302 200 303 303 303 303
GET  /congregations/find/                                           302 200 200 200 200 200
GET  /congregations/found/                                          302 200 200 200 200 200
GET  /congregations/{congregation}/                                 302 404 404 200 200 200
GET  /congregations/{congregation}/ask/                             302 200 200 303 303 303
GET  /congregations/{congregation}/edit/                            302 404 404 403 403 200
GET  /congregations/{congregation}/link/                            302 404 404 403 403 200
POST /congregations/{congregation}/link/renew/                      302 404 404 403 403 303
POST /congregations/{congregation}/link/end/                        302 404 404 403 403 303
GET  /congregations/{congregation}/help/                            302 404 404 200 200 200
GET  /congregations/ask-for-help/{crew}/                            302 404 404 403 200 403
GET  /congregations/ask-for-help/{crew}/visitor/                    302 404 404 403 200 403
GET  /congregations/ask-for-help/{crew}/mediator/                   302 404 404 403 200 403
GET  /congregations/ask-for-help/{dyad}/                            302 404 404 404 200 404
GET  /congregations/help/{help}/                                    302 404 404 200 200 404
POST /congregations/help/{help}/offer/                              302 404 404 303 303 404
POST /congregations/help/{help}/step-back/                          302 404 404 303 303 404
POST /congregations/help/{help}/yes/                                302 404 404 303 303 404
POST /congregations/help/{help}/rather-not/                         302 404 404 303 303 404
POST /congregations/help/{help}/take-back/                          302 404 404 303 303 404
GET  /congregations/help/{help}/talk/                               302 404 404 303 303 404
GET  /congregations/help/{help}/close/                              302 404 404 303 303 404
POST /congregations/help/{help}/let-go/                             302 404 404 303 303 404
POST /congregations/help/{help}/keep/                               302 404 404 303 303 404
GET  /congregations/{congregation}/people/                          302 404 404 200 200 200
GET  /congregations/{congregation}/people/{person}/                 302 404 404 200 200 200
GET  /steward/                                                      302 403 200 403 403 200
GET  /steward/login/                                                302 403 302 403 403 302
GET  /steward/logout/                                               302 403 302 403 403 302
GET  /steward/jsi18n/                                               302 403 200 403 403 200
GET  /steward/people/                                               302 403 302 403 403 302
GET  /steward/nowhere                                               302 403 404 403 403 404
GET  /steward/people/person/                                        302 403 403 403 403 403
GET  /steward/people/person/add/                                    302 403 403 403 403 403
GET  /steward/people/person/{person}/history/                       302 403 403 403 403 403
GET  /steward/people/person/{person}/delete/                        302 403 403 403 403 403
GET  /steward/people/person/{person}/change/                        302 403 403 403 403 403
GET  /steward/people/person/{person}/                               302 403 302 403 403 302
GET  /steward/circles/joinrequest/                                  302 403 200 403 403 200
GET  /steward/circles/joinrequest/add/                              302 403 403 403 403 403
GET  /steward/circles/joinrequest/{asking}/history/                 302 403 404 403 403 404
GET  /steward/circles/joinrequest/{asking}/delete/                  302 403 403 403 403 403
GET  /steward/circles/joinrequest/{asking}/change/                  302 403 404 403 403 302
GET  /steward/circles/joinrequest/{asking}/                         302 403 302 403 403 302
GET  /steward/circles/invitation/                                   302 403 200 403 403 200
GET  /steward/circles/invitation/add/                               302 403 403 403 403 403
GET  /steward/circles/invitation/{inviting}/history/                302 403 404 403 403 404
GET  /steward/circles/invitation/{inviting}/delete/                 302 403 403 403 403 403
GET  /steward/circles/invitation/{inviting}/change/                 302 403 404 403 403 302
GET  /steward/circles/invitation/{inviting}/                        302 403 302 403 403 302
GET  /steward/congregation/congregation/                            302 403 200 403 403 200
GET  /steward/congregation/congregation/add/                        302 403 403 403 403 403
GET  /steward/congregation/congregation/{congregation}/history/     302 403 404 403 403 404
GET  /steward/congregation/congregation/{congregation}/delete/      302 403 403 403 403 403
GET  /steward/congregation/congregation/{congregation}/change/      302 403 404 403 403 200
GET  /steward/congregation/congregation/{congregation}/             302 403 302 403 403 302
GET  /steward/circles/membership/                                   302 403 200 403 403 200
GET  /steward/circles/membership/add/                               302 403 403 403 403 403
GET  /steward/circles/membership/{membership}/history/              302 403 404 403 403 404
GET  /steward/circles/membership/{membership}/delete/               302 403 403 403 403 403
GET  /steward/circles/membership/{membership}/change/               302 403 404 403 403 302
GET  /steward/circles/membership/{membership}/                      302 403 302 403 403 302
GET  /steward/congregation/itscrew/                                 302 403 200 403 403 200
GET  /steward/congregation/itscrew/add/                             302 403 403 403 403 403
GET  /steward/congregation/itscrew/{crew}/history/                  302 403 404 403 403 404
GET  /steward/congregation/itscrew/{crew}/delete/                   302 403 403 403 403 403
GET  /steward/congregation/itscrew/{crew}/change/                   302 403 404 403 403 302
GET  /steward/congregation/itscrew/{crew}/                          302 403 302 403 403 302
POST /steward/circles/joinrequest/{asking}/yes/                     302 403 404 403 403 302
POST /steward/circles/joinrequest/{asking}/not-now/                 302 403 404 403 403 302
POST /steward/circles/invitation/{inviting}/take-back/              302 403 404 403 403 302
GET  /mailbox/                                                      200 200 200 200 200 200
GET  /mailbox/{mail}/                                               200 200 200 200 200 200
GET  /mailbox/{mail}/html/                                          200 200 200 200 200 200
GET  /mailbox/{mail}/files/0/                                       200 200 200 200 200 200
"""

pytestmark = pytest.mark.django_db


def rows() -> list[tuple[str, str, list[int]]]:
    """Method, address and the six answers."""
    split = [line.split() for line in (ROWS + OF_DYADS + OF_SELF).splitlines() if line]
    return [(method, path, [int(code) for code in codes]) for method, path, *codes in split]


def routes(patterns: Any = None, before: str = "") -> Iterator[str]:
    """Every route there is, as `resolve` names it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern).removeprefix("^")
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


made, world = once(make_world)


def part_of(path: str) -> str:
    """The first word of an address."""
    return path.removeprefix("/").partition("/")[0] or "front"


def parts_of_the_house() -> list[str]:
    """The first words of all addresses: each part makes the world once."""
    return sorted({part_of(path) for _, path, _ in rows()})


@pytest.mark.parametrize("part", parts_of_the_house())
def test_everybody_gets_what_is_theirs(world: World, part: str) -> None:
    doors = {kind: come_in(world, kind) for kind in KINDS}
    found, wanted = {}, {}
    for method, path, expected in rows():
        if part_of(path) != part:
            continue
        row = f"{method} {path}"
        wanted[row] = dict(zip(KINDS, expected, strict=True))
        found[row] = {kind: answer(doors[kind], method, path, world) for kind in KINDS}
    assert found == wanted


def come_in(world: World, kind: str) -> SimpleCookie:
    """The cookies of one of the six."""
    client = Client()
    if kind != "visitor":
        client.force_login(world.people[kind])
    return client.cookies


def answer(cookies: SimpleCookie, method: str, path: str, world: World) -> int:
    """The status that somebody gets; what the request changed is undone."""
    client = Client()
    client.cookies = SimpleCookie({name: morsel.value for name, morsel in cookies.items()})
    with transaction.atomic():
        status = client.generic(method, path.format(**world.names)).status_code
        transaction.set_rollback(True)
    return status


def test_every_address_has_a_row(world: World) -> None:
    covered = {resolve(path.format(**world.names)).route for _, path, _ in rows()}
    assert set(routes()) - covered == set()
