"""A crew's standing roles: what it begins with, changing them, and whose turn it is."""

import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.urls import reverse
from time_machine import Traveller

from circles.errors import CircleClosed, NotAllowed
from circles.models import Circle
from circles.services import close
from dyads import services as dyads
from practice import errors, services
from practice.models import PracticeSession, SessionRole, StandingRole
from practice.showing.meetings import meetings_of
from practice.showing.turns import turns_of
from tests.factories import make_person
from tests.practice.held import begun, practice
from tests.practice.tables import (
    DAY,
    SOON,
    mails_to,
    make_table,
    meet,
    meet_once,
    people_of,
    questions,
    signed_in,
    text,
    tick,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def roles_page(circle: Circle) -> str:
    return reverse("practice:standing_roles", args=[circle.pk])


def role_page(role: StandingRole) -> str:
    return reverse("practice:standing_role", args=[role.circle_id, role.pk])


def named(circle: Circle) -> list[str]:
    return list(circle.standing_roles.values_list("name", flat=True))


def turns(circle: Circle) -> dict[str, list[str | None]]:
    """The table on the crew's page, as who sits first reads it."""
    found = turns_of(meetings_of(circle, people_of(circle)[0]))
    return {row.role: [turn.name for turn in row.turns] for row in found.rows} if found else {}


# --- having them ----------------------------------------------------------------------------


def test_a_crew_begins_with_three_besides_the_host_and_a_pair_with_none() -> None:
    crew = make_table()
    assert named(crew) == ["timekeeper", "scribe", "carer"]
    assert all(crew.standing_roles.values_list("what_for", flat=True))
    assert named(dyads.begin(by=make_person(), email="friend@example.org")) == []


def test_a_crew_adds_one_of_its_own_and_it_goes_round_with_the_others() -> None:
    crew = make_table()
    meet(crew)
    client = signed_in(people_of(crew)[0])
    wish = {"name": "tea maker 🫖", "what_for": "Puts the kettle on."}
    words = text(client.post(roles_page(crew), wish, follow=True))
    assert "From the next meeting on somebody is tea maker 🫖." in words
    assert "Puts the kettle on." in words
    told = turns(crew)["tea maker 🫖"]
    assert len(set(told)) == 3
    assert "Tea maker 🫖" in text(client.get(crew.get_absolute_url()))


@pytest.mark.parametrize("name", ["Timekeeper", "host", "Host", "SCRIBE", ""])
def test_no_role_is_there_twice(name: str) -> None:
    crew = make_table()
    wish = {"name": name, "what_for": "Kept on the page"}
    response = signed_in(people_of(crew)[0]).post(roles_page(crew), wish)
    assert response.status_code == 422
    assert "Kept on the page" in text(response)
    assert len(named(crew)) == 3


def test_the_database_itself_keeps_names_apart_and_the_number_small() -> None:
    crew = make_table()
    for wrong in ({"name": "Scribe", "position": 4}, {"name": "x", "position": 6}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StandingRole.objects.create(circle=crew, **wrong)


def test_there_are_as_many_as_people_fit_round_the_table() -> None:
    crew = make_table()
    inês = people_of(crew)[0]
    for name in ("tea maker", "door keeper"):
        services.add_role(circle=crew, by=inês, name=name)
    with pytest.raises(errors.TooManyRoles):
        services.add_role(circle=crew, by=inês, name="singer")
    client = signed_in(inês)
    assert "Let one of them go before you add another." in text(client.get(roles_page(crew)))
    services.drop_role(role=crew.standing_roles.get(name="carer"), by=inês)
    services.add_role(circle=crew, by=inês, name="singer")
    assert named(crew) == ["timekeeper", "scribe", "singer", "tea maker", "door keeper"]


def test_a_new_name_keeps_who_had_it(clock: Traveller) -> None:
    crew = make_table()
    first, *_ = meet(crew)
    begun(first, clock)
    scribe = crew.standing_roles.get(name="scribe")
    had = SessionRole.objects.get(session=first, role="scribe").person
    client = signed_in(people_of(crew)[1])
    assert client.post(role_page(scribe), {"name": "chronicler"}).status_code == 303
    assert SessionRole.objects.get(session=first, role="chronicler").person == had
    assert had.first_name not in turns(crew)["chronicler"]
    # In other letters it is the same role.
    assert client.post(role_page(scribe), {"name": "Chronicler"}).status_code == 303
    assert client.post(role_page(scribe), {"name": "carer"}).status_code == 422


def test_one_does_without_a_role() -> None:
    crew = make_table()
    meet(crew)
    client = signed_in(people_of(crew)[0])
    carer = crew.standing_roles.get(name="carer")
    drop = reverse("practice:drop_standing_role", args=[crew.pk, carer.pk])
    assert "You do without a carer from now on." in text(client.post(drop, follow=True))
    assert "carer" not in turns(crew)
    assert client.post(drop).status_code == 404
    with pytest.raises(errors.NoSuchRole):
        services.drop_role(role=carer, by=people_of(crew)[0])


def test_only_those_who_sit_at_an_open_crew_change_them() -> None:
    crew, other = make_table(), make_table()
    inês = people_of(crew)[0]
    with pytest.raises(NotAllowed):
        services.add_role(circle=crew, by=people_of(other)[0], name="singer")
    theirs = other.standing_roles.get(name="carer")
    assert signed_in(inês).get(role_page(theirs)).status_code == 404
    assert (
        signed_in(inês)
        .post(reverse("practice:drop_standing_role", args=[crew.pk, theirs.pk]))
        .status_code
        == 404
    )
    pair = dyads.begin(by=inês, email="friend@example.org")
    with pytest.raises(NotAllowed):
        services.add_role(circle=pair, by=inês, name="singer")
    close(circle=crew, by=inês)
    with pytest.raises(CircleClosed):
        services.add_role(circle=crew, by=inês, name="singer")
    words = text(signed_in(inês).get(roles_page(crew)))
    assert "timekeeper" in words.casefold()
    assert "Add it" not in words


# --- whose turn it is -------------------------------------------------------------------------


def test_the_table_tells_the_next_meetings_one_after_the_other() -> None:
    crew = make_table(*(make_person(name) for name in ("Inês", "Tomasz", "Mere", "Wanjiru")))
    meet(crew, meetings=5)
    told = turns(crew)
    assert list(told) == ["host", "timekeeper", "scribe", "carer"]
    assert told["host"] == ["You", "Tomasz", "Mere"]
    for meeting in range(3):
        assert len({names[meeting] for names in told.values()}) == 4
    for names in told.values():
        assert len(set(names)) == 3


def test_a_practices_timekeeper_is_the_crews_timekeeper() -> None:
    crew = make_table()
    first, second, _ = meet(crew)
    PracticeSession.objects.filter(pk=first.pk).update(practice=practice())
    told = turns(crew)
    assert list(told) == ["host", "timekeeper", "scribe", "carer", "case giver"]
    assert told["case giver"][1:] == [None, None]
    words = text(signed_in(people_of(crew)[0]).get(crew.get_absolute_url()))
    assert words.count("Timekeeper</th>") == 1
    assert reverse("practice:roles", args=[second.pk]) in words


def test_the_page_of_a_meeting_tells_the_same_as_the_crews_page() -> None:
    crew = make_table()
    sessions = meet(crew, practice=practice())
    told = turns(crew)
    client = signed_in(people_of(crew)[0])
    for number, session in enumerate(sessions):
        rows = client.get(session.get_absolute_url()).context["roles"]
        names = {row.role: row.names for row in rows if not row.is_others}
        assert {role: name.casefold() for role, name in names.items()} == {
            role: (turn[number] or "").casefold() for role, turn in told.items()
        }


def test_a_swap_stands_and_the_later_meetings_follow_from_it() -> None:
    crew = make_table(*(make_person(name) for name in ("Inês", "Tomasz", "Mere", "Rory", "Ama")))
    first, *_ = meet(crew)
    inês, _tomasz, mere, *_ = people_of(crew)
    before = turns(crew)["scribe"]
    assert before[0] != "You"
    services.swap_roles(session=first, by=mere, chosen={"scribe": inês.pk})
    after = turns(crew)["scribe"]
    assert after[0] == "You"
    assert after[1] != "You"


def test_reminders_tell_each_their_standing_role(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_table()
    session = meet_once(crew)
    told = turns(crew)
    for person in people_of(crew):
        services.answer(session=session, by=person, choice="yes")
    tick(clock, SOON - DAY)
    for person in people_of(crew)[1:]:
        mine = [role for role, names in told.items() if names == [person.first_name]]
        (mail,) = [one for one in mails_to(person, mailoutbox) if "meets" in one.subject]
        assert f"Your part this time: {', '.join(mine)}" in str(mail.body)


def test_the_crews_page_asks_no_more_for_many_meetings_with_roles() -> None:
    crew = make_table()
    meet(crew, practice=practice())
    client = signed_in(people_of(crew)[0])
    few = questions(client, crew.get_absolute_url())
    meet(crew, SOON + DAY, practice=practice(), meetings=20)
    assert questions(client, crew.get_absolute_url()) == few


def test_at_leaving_the_scribe_is_reminded_and_nobody_else(clock: Traveller) -> None:
    session = meet_once(make_table())
    begun(session, clock)
    scribe = SessionRole.objects.get(session=session, role="scribe").person
    for person in people_of(session.circle):
        words = text(signed_in(person).get(reverse("practice:leave", args=[session.pk])))
        assert ("You are the scribe this time" in words) == (person == scribe)
