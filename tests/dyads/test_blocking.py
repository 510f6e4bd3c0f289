"""No contact any more: at once, quietly, and the other reads of an ordinary end."""

import re
from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from time_machine import Traveller

from circles.errors import CircleClosed, NotAllowed
from circles.models import Invitation, Preference
from circles.services import leave, take_seat
from circles.services.preferences import MOST_REFUSALS, prefer
from dyads import services
from dyads.models import Dyad, LookBackAnswer, Mirror, MirrorAnswer
from people.models import Person
from practice import services as practice
from tests.dyads.asking import USUAL, refuse
from tests.dyads.ending import (
    NOW,
    SOON,
    WEEK,
    asked,
    make_pair,
    meet,
    opened,
    people_of,
    say,
    signed_in,
    text,
    tick,
)
from tests.dyads.introduced import introduce_two, make_two
from tests.factories import make_congregation, make_person
from tests.practice.tables import mails_to

pytestmark = pytest.mark.django_db

PEOPLE_AND_I = "/circles/people-and-i/"


def refused(by: Person) -> set[Person]:
    return {one.whom for one in Preference.objects.of(by).refusals()}


def test_two_presses_from_the_page_of_the_two_end_it(clock: Traveller) -> None:
    dyad = make_pair()
    one, other = people_of(dyad)
    meet(dyad, SOON)
    client, url = signed_in(one), f"{dyad.get_absolute_url()}no-contact/"
    assert url in text(client.get(dyad.get_absolute_url()))
    assert "No contact with Ben?" in text(client.get(url))
    after = text(client.post(url, follow=True))
    assert "If you are in danger" in after
    assert "Ben" not in after
    dyad.refresh_from_db()
    assert not dyad.is_open
    assert dyad.pair == ""
    assert refused(one) == {other}
    assert refused(other) == set()
    assert client.get(dyad.get_absolute_url()).status_code == 404


def test_nobody_else_can(clock: Traveller) -> None:
    dyad = make_pair()
    with pytest.raises(NotAllowed):
        services.block(dyad=dyad, by=make_person())
    assert not Preference.objects.exists()


# --- what the other reads -------------------------------------------------------------------


def what_the_other_reads(
    clock: Traveller, mailoutbox: list[EmailMessage], how: Callable[..., None]
) -> str:
    """Every page of theirs and every mail, after one of the same two has ended it in this way."""
    people = make_person("Ana Ruiz"), make_person("Ben Okoro")
    congregation = make_congregation(name="Estuary")
    dyad = make_pair(*people, parent=congregation)
    one, other = people
    (first, *_) = meet(dyad, SOON)
    practice.write_note(session=first, by=one, words="A note of the other.")
    look_back = services.ask_look_back(dyad=dyad, by=other)
    say(look_back, 1, "continue")
    say(look_back, 0, "continue", received="Much.")
    prefer(by=other, wishes=[one.pk], refusals=[])
    tick(clock)
    mailoutbox.clear()
    how(dyad=dyad, by=one)
    tick(clock)
    client = signed_in(other)
    urls = [
        dyad.get_absolute_url(),
        f"{dyad.get_absolute_url()}look-back/",
        look_back.get_absolute_url(),
        f"{dyad.get_absolute_url()}last-page/",
        f"{dyad.get_absolute_url()}known/",
        f"{dyad.get_absolute_url()}no-contact/",
        f"/circles/{dyad.pk}/leave/",
        first.get_absolute_url(),
        f"{first.get_absolute_url()}notes/",
        "/today/",
        "/dyads/",
        "/dyads/begin/",
        f"/dyads/with/{congregation.pk}/{one.pk}/",
        f"/congregations/{congregation.pk}/",
        f"/congregations/{congregation.pk}/people/{one.pk}/",
        "/sessions/",
        PEOPLE_AND_I,
        "/you/my-data/",
        "/mail/",
    ]
    read = [f"{url}: {text(client.get(url))}" for url in urls]
    mails = [f"{mail.subject}\n{mail.body}" for mail in mails_to(other, mailoutbox)]
    assert len(mails) == 1
    # What they do next goes the same way, too.
    asking = f"/dyads/with/{congregation.pk}/{one.pk}/"
    read.append(text(client.post(asking, {**USUAL, "message": "Again?"}, follow=True)))
    read.append(text(client.get("/dyads/")))
    return "\n".join([*read, *mails])


def leaves(*, dyad: Dyad, by: Person) -> None:
    leave(circle=dyad, by=by)


def same_for_any(words: str) -> str:
    """Without ids and secrets, which differ between any two pairs of people."""
    bare = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", words)
    bare = re.sub(r"/mail/stop/[^/\s\"]+", "", bare)
    bare = re.sub(r"\b[0-9a-f]{8,}(?=-)", "#", bare)
    return re.sub(r"\d+", "#", bare)


def test_the_other_reads_what_they_read_after_any_end(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    ordinary = same_for_any(what_the_other_reads(clock, mailoutbox, leaves))
    blocked = same_for_any(what_the_other_reads(clock, mailoutbox, services.block))
    assert blocked.splitlines() == ordinary.splitlines()
    assert "Your dyad with Ana Ruiz has come to its end" in blocked
    assert "A note of the other." not in blocked
    assert "Much." not in blocked


@pytest.mark.parametrize("weeks", [0, 2])
def test_so_it_is_for_two_who_were_just_paired(
    clock: Traveller, mailoutbox: list[EmailMessage], weeks: int
) -> None:
    read = []
    for how in (leaves, services.block):
        one, other = make_two()
        introduction = introduce_two(one, other, congregation=make_congregation())
        tick(clock)
        mailoutbox.clear()
        how(dyad=introduction.dyad, by=one)
        tick(clock, timezone.now() + weeks * WEEK)
        dyad = introduction.dyad.get_absolute_url()
        urls = [dyad, f"{dyad}meet/", f"{dyad}let-be/", "/today/", "/dyads/", "/you/my-data/"]
        urls.append(introduction.round.get_absolute_url())
        client = signed_in(other)
        words = [f"{url}: {text(client.get(url, follow=True))}" for url in urls]
        mails = [f"{mail.subject}\n{mail.body}" for mail in mails_to(other, mailoutbox)]
        assert len(mails) == 1
        read.append(same_for_any("\n".join([*words, *mails])))
        clock.move_to(NOW)
    assert read[0].splitlines() == read[1].splitlines()


def test_neither_reads_the_others_words_afterwards(clock: Traveller) -> None:
    dyad = make_pair()
    opened(dyad, clock, "continue", "continue")
    one, other = people_of(dyad)
    mirror = Mirror.objects.create(dyad=dyad, opened_at=timezone.now())
    steps = {"decisions": 1, "care": 1, "disagreeing": 1, "needs": 1}
    for person in (one, other):
        MirrorAnswer.objects.create(
            mirror=mirror, person=person, would_try=f"{person}’s wish", **steps
        )
    assert "Ana Ruiz’s wish" in text(signed_in(other).get(mirror.get_absolute_url()))
    services.block(dyad=dyad, by=one)
    for reader in (one, other):
        assert [said.person for said in LookBackAnswer.objects.readable_by(reader)] == [reader]
        assert [said.person for said in MirrorAnswer.objects.readable_by(reader)] == [reader]
    assert "Ana Ruiz’s wish" not in text(signed_in(other).get(mirror.get_absolute_url()))


def test_nothing_can_be_written_there_any_more(clock: Traveller) -> None:
    dyad = make_pair()
    (first, *_) = meet(dyad, SOON)
    look_back = services.ask_look_back(dyad=dyad, by=people_of(dyad)[0])
    one, other = people_of(dyad)
    services.block(dyad=dyad, by=one)
    with pytest.raises(CircleClosed):
        practice.answer(session=first, by=other, choice="yes")
    with pytest.raises(CircleClosed):
        services.answer_look_back(look_back=look_back, by=other, choice="close")
    with pytest.raises(CircleClosed):
        services.ask_look_back(dyad=dyad, by=other)
    with pytest.raises(NotAllowed):
        services.block(dyad=dyad, by=one)


# --- refusals -------------------------------------------------------------------------------


def test_it_holds_beyond_the_usual_ten_and_can_be_taken_back(clock: Traveller) -> None:
    congregation = make_congregation()
    one = make_person("Ana")
    dyad = make_pair(one, make_person("Ben"), parent=congregation)
    other = people_of(dyad)[1]
    many = [make_person() for _ in range(MOST_REFUSALS)]
    for person in many:
        take_seat(circle=congregation, person=person)
    prefer(by=one, wishes=[other.pk], refusals=[person.pk for person in many])
    services.block(dyad=dyad, by=one)
    assert refused(one) == {*many, other}
    client = signed_in(one)
    kept = [person.pk for person in [*many, other]]
    # The page can be kept as it stands, and nobody be added.
    assert client.post(PEOPLE_AND_I, {"refusals": kept}).status_code == 303
    steward = congregation.created_by.pk
    assert client.post(PEOPLE_AND_I, {"refusals": [*kept, steward]}).status_code == 422
    assert client.post(PEOPLE_AND_I, {"refusals": kept[:-1]}).status_code == 303
    assert refused(one) == set(many)
    dyad.refresh_from_db()
    assert not dyad.is_open
    assert services.begin(by=one, person=other, parent=congregation).is_open


def test_people_and_i_leads_on_when_it_is_about_the_other_of_a_dyad() -> None:
    dyad = make_pair(parent=make_congregation())
    one, other = people_of(dyad)
    client = signed_in(one)
    answer = client.post(PEOPLE_AND_I, {"refusals": [other.pk]})
    assert answer["Location"] == f"{dyad.get_absolute_url()}no-contact/"
    assert client.post(PEOPLE_AND_I, {"refusals": [other.pk]})["Location"] == "/you/"
    dyad.refresh_from_db()
    assert dyad.is_open


def test_it_also_works_where_the_other_has_left_already() -> None:
    dyad = make_pair()
    one, other = people_of(dyad)
    leave(circle=dyad, by=other)
    assert signed_in(one).post(f"{dyad.get_absolute_url()}no-contact/").status_code == 303
    assert refused(one) == {other}
    assert not dyad.memberships.present().exists()


# --- invitations ----------------------------------------------------------------------------


def test_what_one_had_asked_the_other_is_taken_back() -> None:
    dyad = make_pair()
    one, other = people_of(dyad)
    asked_by_mail = services.begin(by=one, email=other.email)
    # Also what the other does not see, who may think better of it one day.
    refuse(other, one)
    services.block(dyad=dyad, by=one)
    assert not Invitation.objects.waiting().to(other).exists()
    asked_by_mail.refresh_from_db()
    assert not asked_by_mail.is_open


def test_what_the_other_had_asked_stands_for_them_as_it_was() -> None:
    dyad = make_pair()
    one, other = people_of(dyad)
    again = services.begin(by=other, email=one.email)
    before = text(signed_in(other).get(again.get_absolute_url()))
    asks = "asks to be a dyad with you"
    assert asks in text(signed_in(one).get("/dyads/"))
    services.block(dyad=dyad, by=one)
    assert asks not in text(signed_in(one).get("/dyads/"))
    assert asks not in text(signed_in(one).get("/today/"))
    assert same_for_any(text(signed_in(other).get(again.get_absolute_url()))) == same_for_any(
        before
    )
    assert Dyad.objects.get(pk=again.pk).is_open


# --- support --------------------------------------------------------------------------------


def test_support_names_stewards_and_never_the_one_they_ran_from() -> None:
    kind, harsh = make_person("Kind Steward"), make_person("Harsh Steward")
    congregation = make_congregation(by=kind)
    take_seat(circle=congregation, person=harsh, is_steward=True)
    dyad = make_pair(make_person("Ana"), harsh, parent=congregation)
    client = signed_in(people_of(dyad)[0])
    assert "Harsh Steward" in text(client.get("/dyads/support/"))
    words = text(client.post(f"{dyad.get_absolute_url()}no-contact/", follow=True))
    assert "Kind Steward" in words
    assert "Harsh Steward" not in words
    assert "emergency number of the place where you are" in words


def test_a_look_back_that_waits_is_let_go(clock: Traveller) -> None:
    dyad = make_pair()
    look_back = asked(dyad, clock)
    one, other = people_of(dyad)
    say(look_back, 0, "close")
    say_nothing = text(signed_in(other).get("/today/"))
    assert look_back.get_absolute_url() in say_nothing
    services.block(dyad=dyad, by=one)
    assert look_back.get_absolute_url() not in text(signed_in(other).get("/today/"))
