"""A private address that a calendar program reads: what is in it, and for whom."""

import logging
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import Traveller

from circles.models import Circle
from circles.services import close, leave, take_seat
from library.models import Practice
from people.models import Person
from people.services import delete_account
from practice import services
from practice.models import Answer, Feed, PracticeSession
from tests.factories import make_congregation, make_person
from tests.practice.feeds import FEEDS, address_of, in_feed, made_on_the_page, read
from tests.practice.tables import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    SOON,
    WEEK,
    detail,
    events,
    make_table,
    meet,
    meet_once,
    people_of,
    signed_in,
    stand,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_an_address_made_on_the_page_is_read_without_signing_in() -> None:
    session = meet_once(make_table(), place="The mill")
    reader = people_of(session.circle)[1]
    response = read(made_on_the_page(reader))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar"
    assert response["Cache-Control"] == "private, max-age=0, must-revalidate"
    (event,) = events(response.content)
    assert event["dtstart"].to_ical() == b"20270111T183000Z"
    assert str(event["uid"]) == f"{session.uid}@localhost"
    assert str(event["location"]) == "The mill"


def test_the_address_is_shown_once_and_kept_nowhere() -> None:
    reader = people_of(make_table())[0]
    secret = made_on_the_page(reader).removesuffix(".ics").rsplit("/", 1)[-1]
    # 43 letters of 64 kinds: 256 bits.
    assert re.fullmatch(r"[\w-]{43}", secret)
    assert secret not in text(signed_in(reader).get(FEEDS))
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            assert secret not in repr(cursor.fetchall()), table


def test_the_page_offers_to_subscribe() -> None:
    words = text(signed_in(make_person()).post(FEEDS))
    assert re.search(r'href="webcal://localhost/sessions/feed/[\w-]{43}\.ics"', words)


def test_an_unknown_secret_opens_nothing_and_is_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    address = address_of(make_person())
    near = address.replace(".ics", "x.ics")
    with caplog.at_level(logging.DEBUG):
        assert read(near).status_code == 404
        assert read(address).status_code == 200
    assert "Not Found: /sessions/feed/…" in caplog.text
    assert near.rsplit("/", 1)[-1] not in caplog.text
    assert address.rsplit("/", 1)[-1] not in caplog.text


def test_a_renewed_address_replaces_the_old_one() -> None:
    reader = make_person()
    old = made_on_the_page(reader)
    feed = reader.feeds.get()
    words = text(signed_in(reader).post(reverse("practice:renew_feed", args=[feed.pk])))
    (new,) = re.findall(r">(http[^<]+\.ics)<", words)
    assert read(old).status_code == 404
    assert read(new).status_code == 200


def test_a_removed_address_is_gone() -> None:
    reader = make_person()
    address = made_on_the_page(reader)
    signed_in(reader).post(reverse("practice:remove_feed", args=[reader.feeds.get().pk]))
    assert read(address).status_code == 404


def test_an_address_ends_with_its_owner() -> None:
    barred, leaver = make_person(is_active=False), make_person()
    addresses = [address_of(barred), address_of(leaver)]
    delete_account(person=leaver)
    assert [read(address).status_code for address in addresses] == [404, 404]


def test_nobody_touches_somebody_elses_addresses() -> None:
    owner, other = make_person(), make_person()
    feed, secret = services.make_feed(by=owner)
    client = signed_in(other)
    assert client.get(reverse("practice:change_feed", args=[feed.pk])).status_code == 404
    for name in ("change_feed", "renew_feed", "remove_feed"):
        assert client.post(reverse(f"practice:{name}", args=[feed.pk])).status_code == 404
    assert read(reverse("practice:feed", args=[secret])).status_code == 200


def test_the_page_says_when_an_address_was_read_last_to_the_day(clock: Traveller) -> None:
    reader = make_person(time_zone="Pacific/Auckland")
    address = made_on_the_page(reader)
    assert "Not read yet." in text(signed_in(reader).get(FEEDS))
    read(address)
    # Noon in Greenwich is the day after in Auckland.
    assert reader.feeds.get().last_read_on == date(2027, 1, 5)
    assert "Last read on 5 January 2027." in text(signed_in(reader).get(FEEDS))


def test_reading_twice_a_day_writes_once() -> None:
    address = address_of(make_person())
    read(address)
    with CaptureQueriesContext(connection) as asked:
        read(address)
    assert [one["sql"] for one in asked if "UPDATE" in one["sql"]] == []


def test_ten_addresses_are_enough_and_nothing_is_lost() -> None:
    reader = make_person()
    for _ in range(10):
        address_of(reader)
    response = signed_in(reader).post(FEEDS, {"shows_names": "on"})
    assert response.status_code == 422
    assert "Remove one first." in text(response)
    assert "checked" in text(response)
    assert reader.feeds.count() == 10


# --- what it shows --------------------------------------------------------------------------


def titles(address: str) -> list[str]:
    return [str(event["summary"]) for event in in_feed(address)]


def test_titles_are_neutral_unless_names_are_wished() -> None:
    practice = Practice.objects.get(slug="case-clinic")
    session = meet_once(make_table(), practice=practice)
    reader = people_of(session.circle)[0]
    neutral, named = made_on_the_page(reader), made_on_the_page(reader, shows_names="on")
    assert titles(neutral) == ["Crew, Common Table"]
    assert "Kettle" not in read(neutral).content.decode()
    assert practice.title not in read(neutral).content.decode()
    assert titles(named) == ["Slow Kettle 🫖"]
    assert str(in_feed(named)[0]["description"]) == f"Practice: {practice.title}"


def two_circles() -> tuple[Person, Circle, Circle]:
    """Somebody with a meeting at two tables."""
    reader = make_person()
    one = make_table(reader, make_person(), make_person())
    other = make_table(reader, make_person(), make_person())
    Circle.objects.filter(pk=other.pk).update(name="Other")
    meet_once(one)
    meet_once(other, SOON + DAY)
    return reader, one, other


def test_chosen_circles_only() -> None:
    reader, one, _ = two_circles()
    address = made_on_the_page(reader, circles=[one.pk], shows_names="on")
    assert titles(address) == ["Slow Kettle 🫖"]
    assert titles(made_on_the_page(reader, shows_names="on")) == ["Slow Kettle 🫖", "Other"]


def test_what_an_address_shows_can_change_while_it_stays() -> None:
    reader, one, other = two_circles()
    address = made_on_the_page(reader, circles=[one.pk])
    change = reverse("practice:change_feed", args=[reader.feeds.get().pk])
    assert text(signed_in(reader).get(change)).count("checked") == 1
    signed_in(reader).post(change, {"circles": [other.pk], "shows_names": "on"})
    assert titles(address) == ["Other"]
    signed_in(reader).post(change, {"shows_names": "on"})
    assert len(titles(address)) == 2


def test_a_circle_that_is_not_mine_cannot_be_chosen() -> None:
    theirs = make_table()
    reader = make_person()
    response = signed_in(reader).post(FEEDS, {"circles": [theirs.pk], "shows_names": "on"})
    assert response.status_code == 422
    assert not reader.feeds.exists()


def test_only_meetings_of_circles_i_sit_in() -> None:
    estuary = make_congregation()
    member = make_person()
    take_seat(circle=estuary, person=member)
    meet_once(make_table())
    assert in_feed(address_of(member)) == []


def test_who_leaves_a_circle_no_longer_reads_of_it() -> None:
    session = meet_once(make_table())
    _, leaver, _ = people_of(session.circle)
    address = address_of(leaver, circles=[session.circle])
    assert len(in_feed(address)) == 1
    leave(circle=session.circle, by=leaver)
    assert in_feed(address) == []


def test_what_i_declined_is_not_in_my_calendar_until_i_think_again() -> None:
    first, second, third = meet(make_table())
    reader = people_of(first.circle)[1]
    address = address_of(reader)
    services.answer(session=second, by=reader, choice=Answer.Choice.NO)
    uids = [str(event["uid"]).split("@")[0] for event in in_feed(address)]
    assert uids == [str(first.uid), str(third.uid)]
    services.answer(session=second, by=reader, choice=Answer.Choice.MAYBE)
    assert len(in_feed(address)) == 3


def test_past_meetings_stay_four_weeks(clock: Traveller) -> None:
    session = meet_once(make_table())
    address = address_of(people_of(session.circle)[0])
    clock.move_to(session.ends_at + 4 * WEEK - MINUTE)
    assert len(in_feed(address)) == 1
    clock.move_to(session.ends_at + 4 * WEEK)
    assert in_feed(address) == []


def test_called_off_ones_stay_four_weeks_as_called_off(clock: Traveller) -> None:
    session = meet_once(make_table(), SOON + 20 * WEEK)
    inês = people_of(session.circle)[0]
    address = address_of(inês)
    services.cancel(session=session, by=inês)
    clock.move_to(NOW + 4 * WEEK - MINUTE)
    (event,) = in_feed(address)
    assert (str(event["status"]), int(event["sequence"])) == ("CANCELLED", 1)
    clock.move_to(NOW + 4 * WEEK)
    assert in_feed(address) == []


def test_a_meeting_that_a_rhythm_left_out_from_the_first_was_in_no_calendar() -> None:
    first, *others = meet(make_table())
    address = address_of(people_of(first.circle)[0])
    PracticeSession.objects.filter(pk=first.pk).update(cancelled_at=NOW)
    assert len(in_feed(address)) == len(others)


def test_of_a_circle_that_ended_only_what_was_stays(clock: Traveller) -> None:
    first, *_ = meet(make_table())
    inês = people_of(first.circle)[0]
    address = address_of(inês)
    clock.move_to(first.ends_at + HOUR)
    close(circle=first.circle, by=inês)
    (event,) = in_feed(address)
    assert str(event["uid"]).startswith(str(first.uid))


def test_every_change_raises_the_sequence_and_the_stamp_and_keeps_the_uid(
    clock: Traveller,
) -> None:
    session = meet_once(make_table())
    inês = people_of(session.circle)[0]
    address = address_of(inês)
    seen = []

    def look() -> None:
        (event,) = in_feed(address)
        seen.append((str(event["uid"]), int(event["sequence"]), event.decoded("dtstamp")))
        assert event.decoded("last-modified") == event.decoded("dtstamp")
        clock.shift(HOUR)

    look()
    services.move(session=session, by=inês, starts_at=SOON + DAY, minutes=90)
    look()
    for changed in ({"place": "The mill"}, {"link": "https://room.example"}):
        fields = {"practice": None, "host": None, "place": "", "link": "", **changed}
        services.change_details(session=stand(session), by=inês, **fields)  # type: ignore[arg-type]
        look()
    practice = Practice.objects.get(slug="case-clinic")
    signed_in(inês).post(
        reverse("practice:details", args=[session.pk]),
        detail(practice=practice.pk, seen=stand(session).sequence),
    )
    look()
    services.cancel(session=stand(session), by=inês)
    look()
    uids, sequences, stamps = zip(*seen, strict=True)
    assert set(uids) == {f"{session.uid}@localhost"}
    assert sequences == (0, 1, 2, 3, 4, 5)
    assert list(stamps) == [NOW + number * HOUR for number in range(6)]


def test_a_feed_of_many_asks_no_more_questions_than_one_of_few() -> None:
    def questions(address: str) -> int:
        read(address)
        with CaptureQueriesContext(connection) as asked:
            assert read(address).status_code == 200
        return len(asked)

    session = meet_once(make_table())
    reader = people_of(session.circle)[0]
    practice = Practice.objects.get(slug="case-clinic")
    few = address_of(reader), address_of(reader, circles=[session.circle])
    counted = [questions(address) for address in few]
    for number in range(2, 6):
        crew = make_table(reader, make_person(), make_person())
        meet(crew, SOON + number * HOUR, meetings=8, practice=practice)
        for feed in reader.feeds.filter(has_all=False):
            feed.circles.add(crew)
    assert [questions(address) for address in few] == counted
    assert max(counted) <= 3


def test_my_data_tells_of_addresses_and_not_what_opens_them() -> None:
    reader = make_person()
    address = made_on_the_page(reader)
    kept = text(signed_in(reader).get(reverse("people:my_data")))
    assert '"calendar addresses"' in kept
    assert Feed.objects.get().digest not in kept
    assert address.rsplit("/", 1)[-1] not in kept
