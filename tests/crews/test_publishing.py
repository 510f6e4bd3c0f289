"""Publishing: who hears what, and that it happens once."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from circles.errors import NotAllowed
from crews import errors, services
from crews.models import FormingRound, Participant, ProposedSeat
from notifications.models import Notice
from notifications.services import send_due
from people.models import Person
from tests.congregation.pages import signed_in, text
from tests.crews.desks import (
    MONDAY,
    SATURDAY,
    THURSDAY,
    TUESDAY,
    hand,
    hands,
    make_round,
    on,
    refuse,
    table,
    wish,
)
from tests.crews.test_desk_pages import url, words

pytestmark = pytest.mark.django_db


def steward(forming: FormingRound) -> Person:
    person = forming.congregation.created_by
    assert person is not None
    return person


@pytest.fixture
def forming() -> FormingRound:
    """Three on Tuesday evenings, and Halvard, whose Thursday mornings nobody shares."""
    forming = make_round()
    freya = hand(forming, "Freya L", on(TUESDAY), interests=["grief", "boats"])
    nneka = hand(forming, "Nneka O", on(TUESDAY, 20, 23), "Africa/Lagos", interests=["grief"])
    daniel = hand(forming, "Daniel H", on(TUESDAY))
    hand(forming, "Halvard B", on(THURSDAY, 6, 8), "Europe/Oslo")
    wish(freya, nneka)
    wish(nneka, freya)
    wish(daniel, freya)
    table(forming, [freya, nneka, daniel])
    return forming


def publish(forming: FormingRound) -> FormingRound:
    return services.publish(forming=forming, by=steward(forming), version=forming.version)


def mails() -> dict[str, str]:
    """What each person got, by the first name in the address line, on one line."""
    send_due(seconds=60)
    return {
        message.to[0].split()[0].strip('"'): " ".join(str(message.body).split())
        for message in mail.outbox
    }


def test_everybody_hears_their_table_or_why_there_is_none(forming: FormingRound) -> None:
    publish(forming)
    sent = mails()
    assert set(sent) == {"Freya", "Nneka", "Daniel", "Halvard"}
    for sentence in (
        "A table for you: Tuesday evenings",
        "It could meet every second week, Tuesdays at 19:00 your time.",
        "- Nneka O, Lagos - Daniel H, UTC",
        "You and Nneka chose grief and endings.",
        "You and Nneka wished for each other.",
        "Say yes, or step out, until",
    ):
        assert sentence in sent["Freya"], sent["Freya"]
    assert "Tuesdays at 20:00 your time" in sent["Nneka"]
    assert "You wished to sit with Freya." in sent["Daniel"]
    assert "wished for you" not in sent["Freya"]
    for sentence in (
        "No seat for you yet in “Winter round”",
        "At your hours nobody else could stay for a whole meeting.",
        "One more hour would help: Tuesdays at 20:00 your time would open a table to you.",
    ):
        assert sentence in sent["Halvard"]


def test_nobody_hears_or_sees_anything_before(forming: FormingRound) -> None:
    assert mails() == {}
    freya = Person.objects.get(name="Freya L")
    shown = text(signed_in(freya).get(forming.get_absolute_url()))
    assert "Tuesday evenings" not in shown
    assert "wished" not in shown


def test_it_stands_on_the_round_until_when_people_answer(forming: FormingRound) -> None:
    before = timezone.now()
    published = publish(forming)
    assert published.published_at is not None
    assert published.published_at >= before
    assert published.answers_due == published.published_at + timedelta(days=7)
    proposed = published.proposed.get()
    assert proposed.name == "Tuesday evenings"
    assert set(proposed.seats.values_list("answer", flat=True)) == {ProposedSeat.Answer.WAITING}
    assert all(proposed.seats.values_list("told_at", flat=True))


def test_it_happens_once_however_often_one_presses(forming: FormingRound) -> None:
    publish(forming)
    with pytest.raises(errors.NotBeingSet):
        publish(forming)
    assert Notice.objects.filter(kind="crews.seat_proposed").count() == 3


def test_only_a_steward_and_only_what_they_saw(forming: FormingRound) -> None:
    member = forming.participants.earliest("pk").person
    with pytest.raises(NotAllowed):
        services.publish(forming=forming, by=member, version=1)
    with pytest.raises(errors.TablesChanged):
        services.publish(forming=forming, by=steward(forming), version=2)


def test_tables_that_do_not_work_are_not_published(forming: FormingRound) -> None:
    table(forming, hands(forming, 2, on(MONDAY)))
    with pytest.raises(errors.TablesDoNotHold):
        publish(forming)
    forming.proposed.all().delete()
    with pytest.raises(errors.NothingToPublish):
        publish(forming)


def test_whoever_said_rather_not_meanwhile_is_heard(forming: FormingRound) -> None:
    one, other = forming.participants.order_by("pk")[:2]
    refuse_after_a_wish(one, other)
    with pytest.raises(errors.TablesDoNotHold):
        publish(forming)


def refuse_after_a_wish(one: Participant, other: Participant) -> None:
    one.person.preferences.filter(whom=other.person).delete()
    refuse(one, other)


def test_empty_tables_and_hands_that_came_down_leave_nothing_behind(forming: FormingRound) -> None:
    gone = hand(forming, "Gone", on(TUESDAY))
    full = forming.proposed.get()
    ProposedSeat.objects.create(proposed=full, participant=gone)
    empty = table(forming, [], also=[gone])
    Participant.objects.filter(pk=gone.pk).update(withdrawn_at=timezone.now())
    publish(forming)
    assert not forming.proposed.filter(pk=empty.pk).exists()
    assert not gone.seats.exists()
    assert "Gone" not in mails()


def test_what_is_no_longer_true_is_not_sent(forming: FormingRound) -> None:
    publish(forming)
    freya, nneka, _daniel, halvard = forming.participants.order_by("pk")
    freya.seats.update(answer=ProposedSeat.Answer.YES)
    Participant.objects.filter(pk__in=[nneka.pk, halvard.pk]).update(withdrawn_at=timezone.now())
    assert set(mails()) == {"Daniel"}


def test_as_many_questions_for_many_mails_as_for_few() -> None:
    asked = []
    for count in (6, 30):
        forming = make_round()
        people = hands(forming, count, on(TUESDAY))
        for first in range(0, count, 3):
            table(forming, people[first : first + 3])
        publish(forming)
        # The clock stands still: a run is never given back for a machine that is slow.
        with (
            time_machine.travel(timezone.now(), tick=False),
            CaptureQueriesContext(connection) as queries,
        ):
            send_due(seconds=60)
        asked.append(len([row for row in queries if row["sql"].startswith("SELECT")]))
    assert asked[1] <= asked[0] + 5


# --- the page -------------------------------------------------------------------------------


def test_one_looks_once_more_and_publishes(forming: FormingRound) -> None:
    client = signed_in(steward(forming))
    said = words(client.get(url("desk_publish", forming)))
    for sentence in (
        "Three people get a letter",
        "Halvard hears why there is no seat yet, and what would help.",
        "It cannot be taken back",
        "Tuesday evenings Every second week, 19:00 your time Freya, Nneka, Daniel",
    ):
        assert sentence in said
    response = client.post(url("desk_publish", forming), {"seen": 1}, follow=True)
    assert "Published. Everybody hears by mail, and reads it here." in words(response)
    again = client.post(url("desk_publish", forming), {"seen": 1})
    assert (again.status_code, again["Location"]) == (303, forming.get_absolute_url())


def test_the_later_steward_is_led_back_to_the_tables(forming: FormingRound) -> None:
    client = signed_in(steward(forming))
    response = client.post(url("desk_publish", forming), {"seen": 7}, follow=True)
    assert "The tables changed in the meantime." in words(response)
    forming.refresh_from_db()
    assert forming.published_at is None


def test_a_desk_that_cannot_be_published_leads_back(forming: FormingRound) -> None:
    table(forming, hands(forming, 2, on(SATURDAY)))
    client = signed_in(steward(forming))
    assert client.get(url("desk_publish", forming)).status_code == 303


def test_letters_have_no_odd_marks_in_them(forming: FormingRound) -> None:
    Person.objects.filter(name="Nneka O").update(name="Nneka <b>O</b> & Co")
    publish(forming)
    send_due(seconds=60)
    html = next(
        str(message.alternatives[0][0])
        for message in mail.outbox
        if isinstance(message, mail.EmailMultiAlternatives) and "Freya" in message.to[0]
    )
    assert "Nneka &lt;b&gt;O&lt;/b&gt; &amp; Co" in html
    assert not re.search(r"\{[a-z_]+\}", html.partition("<body")[2])
