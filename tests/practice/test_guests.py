"""Somebody of the congregation comes to one meeting of a crew: who may ask them, and how many."""

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from circles.errors import AlreadyInside, CircleClosed, CircleError, NotAllowed
from circles.models import Circle
from circles.services import close, leave, take_seat
from dyads import services as dyads
from library.models import Practice
from people.models import Person
from people.services import delete_account
from practice import errors, services
from practice.concerned import people_at
from practice.models import Answer, Attendance, Guest, Holding, PracticeSession, SessionRole
from practice.showing.casting import cast
from tests.factories import make_congregation, make_person, sit
from tests.practice.tables import (
    HOUR,
    SOON,
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


def make_members(estuary: Circle, *names: str) -> list[Person]:
    people = [make_person(name) for name in names]
    sit(estuary, *people)
    return people


def crew_with_friend(size: int = 3) -> tuple[PracticeSession, Person]:
    """A meeting of a crew of that size, and Ama, who is in its congregation."""
    estuary = make_congregation()
    crewmates = make_members(estuary, "Inês", "Tomasz", "Mere", "Sione", "Wanjirũ", "Ngozi")
    (ama,) = make_members(estuary, "Ama Owusu")
    return meet_once(make_table(*crewmates[:size], parent=estuary)), ama


def invite(session: PracticeSession, person: Person, word: str = "") -> Guest:
    by = people_of(session.circle)[0]
    return services.invite_guest(session=session, by=by, person=person, word=word)


def test_any_crewmate_invites_on_the_page() -> None:
    session, ama = crew_with_friend()
    _, _, mere = people_of(session.circle)
    typed = {"person": ama.pk, "word": "Come and listen with us."}
    response = signed_in(mere).post(page("guests", session), typed)
    assert response.status_code == 303
    guest = session.guests.get()
    assert (guest.person, guest.invited_by, guest.word) == (ama, mere, "Come and listen with us.")
    assert "Ama Owusu is your guest this time, invited by Mere." in text(
        signed_in(mere).get(page("session", session))
    )


def test_the_page_offers_the_congregation_without_those_who_come_anyway() -> None:
    session, ama = crew_with_friend()
    (bo,) = make_members(session.circle.parent, "Bo")  # type: ignore[arg-type]
    invite(session, bo)
    outsider = make_person("Outsider")
    assert ama in services.may_be_guests(session)
    for other in (bo, outsider, *people_of(session.circle)):
        assert other not in services.may_be_guests(session)


def test_what_was_typed_stays_when_it_cannot_be() -> None:
    session, _ = crew_with_friend()
    client = signed_in(people_of(session.circle)[0])
    for person in ("", make_person().pk, "x"):
        response = client.post(page("guests", session), {"person": person, "word": "Do come"})
        assert response.status_code == 422
        assert "Do come" in text(response)
    assert not session.guests.exists()


def test_at_eight_the_table_breaks_in_two() -> None:
    session, ama = crew_with_friend(size=6)
    invite(session, ama)
    (bo,) = make_members(session.circle.parent, "Bo")  # type: ignore[arg-type]
    with pytest.raises(errors.TableFull):
        invite(session, bo)
    assert "this one is full" in text(
        signed_in(people_of(session.circle)[0]).get(page("guests", session))
    )


def refusals() -> dict[str, type[CircleError]]:
    """What stands in the way, and how it is said."""
    return {
        "twice": errors.AlreadyGuest,
        "crewmate": AlreadyInside,
        "outsider": errors.NotOfTheCongregation,
        "over": errors.SessionOver,
        "called off": errors.SessionCancelled,
        "ended": CircleClosed,
        "by an outsider": NotAllowed,
    }


@pytest.mark.parametrize("why", refusals())
def test_who_cannot_be_invited(why: str, clock: Traveller) -> None:
    session, ama = crew_with_friend()
    inês, person = people_of(session.circle)[0], ama
    by = inês
    if why == "twice":
        invite(session, ama)
    elif why == "crewmate":
        person = people_of(session.circle)[1]
    elif why == "outsider":
        person = make_person()
    elif why == "over":
        clock.move_to(session.ends_at)
    elif why == "called off":
        services.cancel(session=session, by=inês)
    elif why == "ended":
        close(circle=session.circle, by=inês)
    else:
        by = ama
    with pytest.raises(refusals()[why]):
        services.invite_guest(session=session, by=by, person=person)


def test_a_crew_without_a_congregation_and_other_circles_have_no_guests() -> None:
    alone = meet_once(make_table())
    estuary = make_congregation(people=2)
    gathering = meet_once(estuary)
    one, other = make_members(estuary, "One", "Other")
    dyad = dyads.begin(by=one, person=other, parent=estuary)
    take_seat(circle=dyad, person=other)
    for session in (alone, gathering, meet_once(dyad)):
        by = people_of(session.circle)[0]
        assert signed_in(by).get(page("guests", session)).status_code == 404
        assert page("guests", session) not in text(signed_in(by).get(page("session", session)))
        with pytest.raises(errors.NoGuestsHere):
            services.invite_guest(session=session, by=by, person=make_members(estuary, "X")[0])


# --- what a guest sees ----------------------------------------------------------------------


def test_a_guest_sees_when_where_what_and_who_comes_and_answers() -> None:
    session, ama = crew_with_friend()
    inês, tomasz, _ = people_of(session.circle)
    PracticeSession.objects.filter(pk=session.pk).update(place="The mill")
    services.answer(session=session, by=tomasz, choice="maybe", word="My back hurts")
    services.write_note(session=session, by=inês, words="We spoke of grief.")
    invite(session, ama, word="Do come")
    client = signed_in(ama)
    words = text(client.get(page("session", session)))
    for shown in ("The mill", "invited by Inês", "Do come", "A cup is out for Inês."):
        assert shown in words
    for private in ("My back hurts", "grief", "Who was there", "Move it", "Call it off"):
        assert private not in words
    client.post(page("answer", session), {"answer": "yes", "word": "Gladly"})
    assert Answer.objects.get(session=session, person=ama).choice == "yes"
    assert "Cups are out for you and Inês." in text(client.get(page("session", session)))
    assert "Cups are out for you and Ama." in text(signed_in(inês).get(page("session", session)))


def test_the_page_on_privacy_names_guests() -> None:
    assert "A guest whom a crew asks for one meeting sees that meeting" in text(
        Client().get(reverse("home:privacy"))
    )


def test_a_guest_may_do_nothing_else() -> None:
    session, ama = crew_with_friend()
    note = services.write_note(session=session, by=people_of(session.circle)[0], words="Secret")
    guest = invite(session, ama)
    client = signed_in(ama)
    for name in ("move", "cancel", "details", "guests"):
        assert client.get(page(name, session)).status_code == 404, name
    take_back = reverse("practice:take_back_guest", args=[session.pk, guest.pk])
    for url in (page("attendance", session), page("notes", session), take_back):
        assert client.post(url).status_code in {404, 405}, url
    for name in ("note", "delete_note"):
        assert client.post(reverse(f"practice:{name}", args=[note.pk])).status_code == 404
    assert Guest.objects.filter(pk=guest.pk).exists()


def test_a_guest_sees_no_other_meeting_and_answers_for_none() -> None:
    session, ama = crew_with_friend()
    first, second, third = meet(session.circle, SOON + HOUR)
    invite(second, ama)
    client = signed_in(ama)
    for other in (session, first, third):
        assert client.get(page("session", other)).status_code == 404
        assert client.post(page("answer", other), {"answer": "yes"}).status_code == 404
    assert "following" not in text(client.get(page("session", second)))
    client.post(page("answer", second), {"answer": "yes", "following": "1"})
    assert [one.session for one in Answer.objects.filter(person=ama)] == [second]


def test_others_of_the_congregation_still_see_nothing() -> None:
    session, ama = crew_with_friend()
    (bo,) = make_members(session.circle.parent, "Bo")  # type: ignore[arg-type]
    invite(session, ama)
    assert signed_in(bo).get(page("session", session)).status_code == 404


def test_the_crew_notes_that_its_guest_was_there(clock: Traveller) -> None:
    session, ama = crew_with_friend()
    invite(session, ama)
    clock.move_to(session.ends_at)
    client = signed_in(people_of(session.circle)[0])
    assert "Ama" in text(client.get(page("session", session)))
    client.post(page("attendance", session), {"there": [ama.pk]})
    assert Attendance.objects.get(session=session, person=ama).was_there
    # It is the crew's to note, and its to read.
    assert "there-h" not in text(signed_in(ama).get(page("session", session)))


def test_roles_go_round_among_the_crew_and_a_guest_has_what_was_chosen() -> None:
    session, ama = crew_with_friend()
    PracticeSession.objects.filter(pk=session.pk).update(
        practice=Practice.objects.get(slug="case-clinic")
    )
    session, inês = stand(session), people_of(session.circle)[0]
    invite(session, ama)
    rows = {row.role: row.people for row in cast(session, people_at(session), inês)}
    assert list(rows) == ["host", "case giver", "timekeeper", "scribe", "carer", "coaches"]
    assert [role for role, people in rows.items() if ama in people] == ["coaches"]
    services.swap_roles(session=session, by=inês, chosen={"case giver": ama.pk})
    rows = {row.role: row.people for row in cast(session, people_at(session), inês)}
    assert rows["case giver"] == [ama]


def test_a_guest_has_a_turn_at_the_table_and_leaves_the_buttons_to_the_crew(
    clock: Traveller,
) -> None:
    session, ama = crew_with_friend()
    inês = people_of(session.circle)[0]
    invite(session, ama)
    clock.move_to(session.starts_at)
    services.begin(session=session, by=inês, here=[ama.pk])
    client = signed_in(ama)
    assert "Go to the table" in text(client.get(page("session", session)))
    table = text(client.get(page("hold", session)))
    assert "Ama" in table
    assert ama.pk in Holding.objects.get(session=session).there
    assert "<form" not in table
    assert page("leave", session) not in table
    assert client.get(page("hold_state", session)).status_code == 200
    assert client.post(page("hold_press", session)).status_code == 404
    clock.move_to(session.ends_at + HOUR)
    assert page("leave", session) not in text(client.get(page("hold", session)))
    assert client.get(page("leave", session)).status_code == 404


# --- how it ends ----------------------------------------------------------------------------


def test_taken_back_it_is_as_if_it_had_not_been() -> None:
    session, ama = crew_with_friend()
    guest = invite(session, ama)
    services.answer(session=session, by=ama, choice="yes")
    mere = people_of(session.circle)[2]
    take_back = reverse("practice:take_back_guest", args=[session.pk, guest.pk])
    assert signed_in(mere).post(take_back).status_code == 303
    assert not Answer.objects.filter(person=ama).exists()
    assert signed_in(ama).get(page("session", session)).status_code == 404
    assert signed_in(mere).post(take_back).status_code == 404


def test_who_leaves_the_congregation_is_no_guest_any_more() -> None:
    session, ama = crew_with_friend()
    invite(session, ama)
    services.answer(session=session, by=ama, choice="yes")
    leave(circle=session.circle.parent, by=ama)  # type: ignore[arg-type]
    assert not Guest.objects.exists()
    assert not Answer.objects.filter(person=ama).exists()


def test_a_guest_who_takes_a_seat_is_a_crewmate() -> None:
    session, ama = crew_with_friend()
    invite(session, ama)
    services.answer(session=session, by=ama, choice="yes")
    take_seat(circle=session.circle, person=ama)
    assert not Guest.objects.exists()
    assert Answer.objects.filter(person=ama, choice="yes").exists()
    assert signed_in(ama).get(page("move", session)).status_code == 200


def test_the_page_stays_open_for_three_days(clock: Traveller) -> None:
    session, ama = crew_with_friend()
    invite(session, ama)
    client = signed_in(ama)
    clock.move_to(session.ends_at + 71 * HOUR)
    assert client.get(page("session", session)).status_code == 200
    clock.move_to(session.ends_at + 72 * HOUR)
    assert client.get(page("session", session)).status_code == 404


def test_an_account_that_goes_takes_its_invitations_along() -> None:
    session, ama = crew_with_friend()
    invite(session, ama)
    delete_account(person=ama)
    assert not Guest.objects.exists()


def test_an_invitation_outlives_who_wrote_it() -> None:
    session, ama = crew_with_friend(size=4)
    invite(session, ama)
    delete_account(person=people_of(session.circle)[0])
    assert "You are their guest this time." in text(signed_in(ama).get(page("session", session)))


def test_my_data_tells_of_invitations() -> None:
    session, ama = crew_with_friend()
    invite(session, ama, word="Do come")
    for person in (ama, people_of(session.circle)[0]):
        kept = text(signed_in(person).get(reverse("people:my_data")))
        assert '"guest invitations"' in kept
        assert "Do come" in kept


def test_a_guest_may_have_a_role_but_hosting_stays_with_those_who_sit_here() -> None:
    session, ama = crew_with_friend()
    invite(session, ama)
    inês = people_of(session.circle)[0]
    with pytest.raises(errors.NotAtThisTable):
        services.swap_roles(session=session, by=inês, chosen={"host": ama.pk})
    form = signed_in(inês).get(page("roles", session)).context["form"]
    assert ama.pk not in dict(form.fields["role-0"].choices)


def test_whoever_is_no_guest_any_more_has_no_role_either() -> None:
    session, ama = crew_with_friend()
    session.practice = Practice.objects.get(slug="case-clinic")
    session.save()
    guest = invite(session, ama)
    inês = people_of(session.circle)[0]
    services.swap_roles(session=session, by=inês, chosen={"timekeeper": ama.pk})
    services.take_back_guest(guest=guest, by=inês)
    assert not SessionRole.objects.filter(person=ama).exists()


def test_a_seat_taken_after_guests_were_asked_is_said_in_words() -> None:
    session, ama = crew_with_friend(size=5)
    estuary = session.circle.parent
    assert estuary is not None
    sixth, other = make_members(estuary, "Kaveh", "Moana")
    invite(session, ama)
    invite(session, other)
    client = signed_in(people_of(session.circle)[0])
    crowded = "at eight a table breaks in two"
    assert crowded not in text(client.get(page("session", session)))
    take_seat(circle=session.circle, person=sixth)
    assert f"With your guests you are 8, and {crowded}." in text(
        client.get(page("session", session))
    )
    assert f"With your guests you are 8, and {crowded}." in text(
        client.get(page("guests", session))
    )
