"""Who has which role at a meeting."""

import pytest
from django.test import Client
from time_machine import Traveller

from circles.errors import NotAllowed
from circles.services import leave
from practice import errors, services
from practice.models import PracticeSession, SessionRole
from tests.factories import make_person
from tests.practice.held import begun, practice, seen, state
from tests.practice.tables import (
    make_table,
    meet,
    meet_once,
    page,
    people_of,
    signed_in,
    stand,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


# --- roles ------------------------------------------------------------------------------------


def names(client: Client, session: PracticeSession) -> list[str]:
    """Who has which role, as the meeting's page tells: host, case giver, timekeeper, scribe,
    carer, coaches."""
    words = text(client.get(page("session", session)))
    rows = words.split('<dl class="roles">')[1].split("</dl>")[0].split("<dd>")[1:]
    return [row.split("</dd>")[0] for row in rows]


def test_roles_are_shown_before_and_leave_out_whoever_declined(clock: Traveller) -> None:
    session = meet_once(make_table(), practice=practice())
    _inês, tomasz, mere = people_of(session.circle)
    assert names(signed_in(mere), session) == ["Inês", "Tomasz", "You", "Tomasz", "You", "Inês"]
    services.answer(session=session, by=tomasz, choice="no")
    assert names(signed_in(mere), session)[:3] == ["Inês", "You", "Inês"]
    assert "Tomasz" not in "".join(names(signed_in(mere), session))


def test_roles_are_swapped_by_anyone_and_stay(clock: Traveller) -> None:
    session = meet_once(make_table(), practice=practice())
    inês, tomasz, mere = people_of(session.circle)
    client = signed_in(mere)
    sent = {"role-0": tomasz.pk, "role-1": inês.pk, "role-2": mere.pk}
    assert client.post(page("roles", session), sent).status_code == 303
    assert names(client, session) == ["Tomasz", "Inês", "You", "You", "Inês", "Tomasz"]
    assert stand(session).host == tomasz
    begun(session, clock)
    roles = dict(SessionRole.objects.filter(session=session).values_list("role", "person"))
    assert roles["host"] == tomasz.pk
    assert (roles["case giver"], roles["timekeeper"]) == (inês.pk, mere.pk)


def test_nobody_keeps_the_time_of_their_own_case(clock: Traveller) -> None:
    session = meet_once(make_table(), practice=practice())
    inês, _tomasz, mere = people_of(session.circle)
    sent = {"role-0": inês.pk, "role-1": mere.pk, "role-2": mere.pk}
    answer = signed_in(mere).post(page("roles", session), sent)
    assert answer.status_code == 422
    assert "Nobody can keep the time of their own turn." in text(answer)
    assert not SessionRole.objects.exists()


def test_only_people_of_the_table_get_a_role(clock: Traveller) -> None:
    session = meet_once(make_table(), practice=practice())
    outsider = make_person("Outsider")
    inês = people_of(session.circle)[0]
    answer = signed_in(inês).post(page("roles", session), {"role-1": outsider.pk})
    assert answer.status_code == 422
    with pytest.raises(errors.NotAtThisTable):
        services.swap_roles(session=session, by=inês, chosen={"case giver": outsider.pk})
    with pytest.raises(NotAllowed):
        services.swap_roles(session=session, by=outsider, chosen={})


def test_a_swap_during_the_meeting_reaches_every_page(clock: Traveller) -> None:
    session = meet_once(make_table(), practice=practice())
    begun(session, clock)
    inês, _tomasz, mere = people_of(session.circle)
    client = signed_in(inês)
    mark = seen(client, session)
    services.swap_roles(session=session, by=mere, chosen={"case giver": inês.pk})
    assert state(client, session, mark).status_code == 200


def test_over_the_meetings_everybody_has_each_role_once(clock: Traveller) -> None:
    sessions = meet(make_table(), practice=practice())
    for session in sessions:
        begun(session, clock)
    for role in ("case giver", "timekeeper"):
        rows = SessionRole.objects.filter(role=role).values_list("person", flat=True)
        assert len(set(rows)) == len(rows) == 3


def test_whoever_leaves_the_circle_leaves_their_roles_to_come(clock: Traveller) -> None:
    session = meet_once(make_table(), practice=practice())
    inês, tomasz, _mere = people_of(session.circle)
    services.swap_roles(session=session, by=inês, chosen={"case giver": tomasz.pk})
    leave(circle=session.circle, by=tomasz)
    assert not SessionRole.objects.exists()
