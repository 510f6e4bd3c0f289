"""The partnership mirror: asking, answering alone, opening to both, taking back."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from time_machine import Traveller, travel

from circles.errors import CircleClosed, NotAllowed
from circles.services import leave
from dyads import errors, services
from dyads.models import Dyad, Mirror, MirrorAnswer
from dyads.my_data import mirrors as taken_along
from dyads.rules.mirror import GROWS_OLD
from notifications.models import Notice
from notifications.services import send_due
from practice.models import PracticeSession
from tests.dyads.mirrors import CANARY, FAR, NEAR, address, answer, history, looked_into, make_two
from tests.factories import make_person
from tests.practice.tables import NOW, questions, signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def clock() -> Iterator[Traveller]:
    with travel(NOW, tick=False) as traveller:
        yield traveller


def told(kind: str) -> list[str]:
    notices = Notice.objects.filter(kind=f"dyads.mirror_{kind}")
    return sorted(str(one.person) for one in notices)


def readable(mirror: Mirror, person: object) -> set[str]:
    found = MirrorAnswer.objects.readable_by(person).filter(mirror=mirror)  # type: ignore[arg-type]
    return {one.person.first_name for one in found}


# --- asking -----------------------------------------------------------------------------------


def test_either_asks_and_the_other_hears_of_it_once(mailoutbox: list[EmailMessage]) -> None:
    dyad, nina, oisín = make_two()
    client = signed_in(nina)
    assert "Ask Oisín to look into it with you" in text(client.get(history(dyad)))
    page = client.post(reverse("dyads:ask_mirror", args=[dyad.pk]), follow=True)
    assert "How is it between you and Oisín?" in text(page)
    signed_in(oisín).post(reverse("dyads:ask_mirror", args=[dyad.pk]))
    assert Mirror.objects.count() == 1
    assert told("asked") == ["Oisín"]
    send_due(seconds=5)
    (mail,) = mailoutbox
    assert oisín.email in mail.to[0]
    assert mail.subject == "Nina asks you to look into the partnership mirror"
    words = text(signed_in(oisín).get(dyad.get_absolute_url()))
    assert "Your partnership mirror is here" in words
    assert "your partnership mirror" in text(signed_in(oisín).get("/today/"))


def test_whoever_is_not_one_of_two_who_go_on_cannot_ask() -> None:
    dyad, nina, oisín = make_two()
    with pytest.raises(NotAllowed):
        services.ask_mirror(dyad=dyad, by=make_person())
    leave(circle=dyad, by=oisín)
    dyad.refresh_from_db()
    with pytest.raises((errors.NotTwoYet, CircleClosed)):
        services.ask_mirror(dyad=dyad, by=nina)


# --- answering and opening --------------------------------------------------------------------


def test_it_opens_to_both_when_both_have_answered(mailoutbox: list[EmailMessage]) -> None:
    dyad, nina, oisín = make_two()
    mirror = services.ask_mirror(dyad=dyad, by=nina)
    hers, his = signed_in(nina), signed_in(oisín)
    url = address("mirror", mirror)
    page = hers.post(url, {**NEAR, "would_try": CANARY}, follow=True)
    assert "Kept, for you alone until both have answered." in text(page)
    assert "Change my answers" in text(page)
    assert CANARY in text(page)
    before = text(his.get(url))
    assert CANARY not in before
    assert (
        "answered" not in before.split("Nobody sees what you say until you have both answered")[0]
    )
    page = his.post(url, {**FAR, "would_try": "Nothing."}, follow=True)
    for client in (hers, his):
        words = text(client.get(url))
        assert "Your mirror is open" in words
        assert CANARY in words
        assert "Mostly together." in words
        assert "One of us mostly decides, and sometimes asks." in words
    assert told("opened") == ["Nina", "Oisín"]
    send_due(seconds=5)
    assert mailoutbox
    assert not any(CANARY in str(one.message()) for one in mailoutbox)
    late = hers.post(url, {**FAR, "would_try": ""}, follow=True)
    assert "This mirror takes no answers any more." in text(late)


def test_what_is_missing_is_said_at_its_question_and_nothing_is_lost() -> None:
    dyad, nina, _ = make_two()
    mirror = services.ask_mirror(dyad=dyad, by=nina)
    typed = {**NEAR, "needs": "", "would_try": CANARY}
    page = signed_in(nina).post(address("mirror", mirror), typed)
    assert page.status_code == 422
    assert "Choose the sentence that is nearest to it." in text(page)
    assert CANARY in text(page)
    for odd in ({"needs": 6}, {"needs": "0"}, {"needs": "x"}, {"would_try": "x" * 301}):
        assert signed_in(nina).post(address("mirror", mirror), {**NEAR, **odd}).status_code == 422
    assert not MirrorAnswer.objects.exists()


def test_answers_may_be_changed_until_it_opens() -> None:
    dyad, nina, oisín = make_two()
    mirror = services.ask_mirror(dyad=dyad, by=nina)
    answer(mirror, nina, FAR)
    answer(mirror, nina, NEAR)
    answer(mirror, oisín)
    assert MirrorAnswer.objects.get(person=nina).needs == 4
    with pytest.raises(errors.MirrorIsOpen):
        answer(mirror, nina, FAR)


# --- not now ----------------------------------------------------------------------------------


def test_not_now_is_nobody_elses_business() -> None:
    dyad, nina, oisín = make_two()
    mirror = services.ask_mirror(dyad=dyad, by=nina)
    answer(mirror, nina)
    before = text(signed_in(nina).get(address("mirror", mirror)))
    his = signed_in(oisín)
    page = his.post(address("mirror_not_now", mirror), follow=True)
    assert "Put aside. Nobody is told." in text(page)
    assert "partnership mirror" not in text(his.get("/today/"))
    assert "Your partnership mirror is here" not in text(his.get(dyad.get_absolute_url()))
    after = text(signed_in(nina).get(address("mirror", mirror)))
    assert _bare(before) == _bare(after)
    # They may look into it after all.
    assert answer(mirror, oisín).is_open


def _bare(words: str) -> str:
    """A page without what changes each time."""
    words = re.sub(r'nonce="[^"]*"', "", words)
    return "".join(line for line in words.splitlines() if "csrf" not in line)


def test_when_neither_wants_to_it_is_put_away_and_another_may_be_asked_for() -> None:
    dyad, nina, oisín = make_two()
    mirror = services.ask_mirror(dyad=dyad, by=nina)
    for person in (nina, oisín):
        services.not_now(mirror=mirror, by=person)
    with pytest.raises(errors.MirrorIsAway):
        answer(mirror, nina)
    assert "This mirror is closed" in text(signed_in(nina).get(address("mirror", mirror)))
    assert services.ask_mirror(dyad=dyad, by=oisín) != mirror


def test_what_nobody_looks_into_grows_old_and_each_keeps_their_own() -> None:
    dyad, nina, oisín = make_two()
    mirror = services.ask_mirror(dyad=dyad, by=nina)
    answer(mirror, nina, NEAR, CANARY)
    now = timezone.now()
    services.put_old_away(now + GROWS_OLD - timedelta(minutes=1))
    mirror.refresh_from_db()
    assert mirror.is_waiting
    services.put_old_away(now + GROWS_OLD + timedelta(minutes=1))
    hers = text(signed_in(nina).get(address("mirror", mirror)))
    assert "This mirror is closed" in hers
    assert CANARY in hers
    assert CANARY not in text(signed_in(oisín).get(address("mirror", mirror)))


# --- taking back ------------------------------------------------------------------------------


def test_whoever_takes_their_answers_back_closes_it_for_both(
    mailoutbox: list[EmailMessage],
) -> None:
    dyad, nina, oisín = make_two()
    mirror = services.ask_mirror(dyad=dyad, by=nina)
    answer(mirror, nina, NEAR, CANARY)
    answer(mirror, oisín, FAR, "His own 🌾")
    page = signed_in(nina).get(address("mirror_take_back", mirror))
    assert "The mirror closes for both of you" in text(page)
    signed_in(nina).post(address("mirror_take_back", mirror))
    his, hers = (text(signed_in(one).get(address("mirror", mirror))) for one in (oisín, nina))
    assert "This mirror is closed" in his
    assert "His own 🌾" in his
    assert CANARY not in his + hers
    assert "His own 🌾" not in hers
    assert not MirrorAnswer.objects.filter(person=nina).exists()
    send_due(seconds=5)
    assert not [one for one in mailoutbox if "open" in one.subject]


def test_taking_back_before_it_opens_tells_nobody_and_it_can_be_answered_anew() -> None:
    dyad, nina, oisín = make_two()
    mirror = services.ask_mirror(dyad=dyad, by=nina)
    answer(mirror, nina)
    services.withdraw_answers(mirror=mirror, by=nina)
    assert not answer(mirror, oisín).is_open
    assert answer(mirror, nina).is_open


# --- who reads --------------------------------------------------------------------------------


def test_the_others_answers_need_both_seats() -> None:
    dyad, nina, oisín = make_two()
    mirror = looked_into(dyad, NEAR, FAR)
    assert readable(mirror, nina) == readable(mirror, oisín) == {"Nina", "Oisín"}
    assert readable(mirror, make_person()) == set()
    leave(circle=dyad, by=oisín)
    assert readable(mirror, nina) == {"Nina"}
    assert readable(mirror, oisín) == {"Oisín"}


def test_a_dyad_that_has_ended_keeps_its_mirrors_for_the_two() -> None:
    dyad, nina, oisín = make_two()
    mirror = looked_into(dyad, NEAR, FAR)
    Dyad.objects.update(closed_at=timezone.now())
    assert "Your mirror is open" in text(signed_in(nina).get(address("mirror", mirror)))
    assert "Ask Oisín" not in text(signed_in(nina).get(history(dyad)))
    services.withdraw_answers(mirror=mirror, by=oisín)
    assert readable(mirror, nina) == {"Nina"}
    assert readable(mirror, oisín) == set()


def test_no_more_contact_closes_it_at_once() -> None:
    dyad, nina, oisín = make_two()
    mirror = looked_into(dyad, NEAR, FAR)
    services.block(dyad=dyad, by=nina)
    assert readable(mirror, oisín) == {"Oisín"}
    assert readable(mirror, nina) == {"Nina"}
    theirs = text(signed_in(oisín).get(address("mirror", mirror)))
    assert "This mirror is closed" in theirs


def test_what_one_takes_along_are_ones_own_answers() -> None:
    dyad, nina, oisín = make_two()
    mirror = services.ask_mirror(dyad=dyad, by=nina)
    answer(mirror, nina, NEAR, CANARY)
    answer(mirror, oisín)
    assert [row["would_try"] for row in taken_along(nina)] == [CANARY]
    assert CANARY not in str(taken_along(oisín))


def test_where_there_is_help_is_said_to_that_person_alone() -> None:
    dyad, nina, oisín = make_two()
    mirror = services.ask_mirror(dyad=dyad, by=nina)
    answer(mirror, nina, NEAR)
    answer(mirror, oisín, FAR)
    his = text(signed_in(oisín).get(address("mirror", mirror)))
    assert "A word to you alone" in his
    assert reverse("congregation:ask_help", args=[dyad.pk]) in his
    assert "A word to you alone" not in text(signed_in(nina).get(address("mirror", mirror)))


def test_in_stewarding_the_words_fit_a_way_that_goes_one_way() -> None:
    dyad, nina, _ = make_two(kind=Dyad.Kind.STEWARDING, steward_seat=1)
    mirror = services.ask_mirror(dyad=dyad, by=nina)
    words = text(signed_in(nina).get(address("mirror", mirror)))
    assert "Mostly those of the one who is supported." in words
    assert "Mostly both ways." not in words


# --- by the rhythm ----------------------------------------------------------------------------


@pytest.fixture
def monthly(clock: Traveller) -> Dyad:
    """Two who met two weeks ago for the first time, and look every four weeks."""
    dyad, nina, _ = make_two()
    signed_in(nina).post(reverse("dyads:mirror_often", args=[dyad.pk]), {"often": 4})
    dyad.refresh_from_db()
    assert dyad.mirror_every == 4
    begun = timezone.now() - timedelta(weeks=2)
    PracticeSession.objects.create(
        circle=dyad, starts_at=begun - timedelta(hours=1), ends_at=begun, time_zone="UTC"
    )
    return dyad


def test_the_rhythm_asks_both_once_and_again_after_its_weeks(
    monthly: Dyad, clock: Traveller
) -> None:
    services.ask_by_rhythm(timezone.now())
    assert not Mirror.objects.exists()
    clock.shift(timedelta(weeks=2))
    for _ in range(2):
        services.ask_by_rhythm(timezone.now())
    assert Mirror.objects.get().asked_by is None
    assert told("asked") == ["Nina", "Oisín"]
    clock.shift(GROWS_OLD)
    services.put_old_away(timezone.now())
    services.ask_by_rhythm(timezone.now())
    assert Mirror.objects.count() == 1
    clock.shift(timedelta(weeks=1))
    services.ask_by_rhythm(timezone.now())
    assert Mirror.objects.count() == 2


@pytest.mark.parametrize("change", ["rests", "closed", "alone", "not met", "asked only"])
def test_the_rhythm_asks_nobody_where_it_would_be_out_of_place(
    monthly: Dyad, clock: Traveller, change: str
) -> None:
    clock.shift(timedelta(weeks=8))
    now = timezone.now()
    if change == "rests":
        Dyad.objects.update(resting_since=now)
    elif change == "closed":
        Dyad.objects.update(closed_at=now)
    elif change == "alone":
        monthly.memberships.filter(seat=2).update(left_at=now)
    elif change == "not met":
        PracticeSession.objects.update(cancelled_at=now)
    else:
        Dyad.objects.update(mirror_every=0)
    services.ask_by_rhythm(now)
    assert not Mirror.objects.exists()


def test_a_dropped_mail_is_not_sent_to_whoever_answered_meanwhile(
    mailoutbox: list[EmailMessage],
) -> None:
    dyad, nina, oisín = make_two()
    mirror = services.ask_mirror(dyad=dyad, by=nina)
    answer(mirror, oisín)
    send_due(seconds=5)
    assert not [one for one in mailoutbox if "mirror" in one.subject]


# --- over time --------------------------------------------------------------------------------


def test_movement_is_told_in_words_and_drawn_without_numbers() -> None:
    dyad, nina, _ = make_two()
    spring, autumn = timezone.now() - timedelta(days=200), timezone.now() - timedelta(days=3)
    low = {"decisions": 2, "care": 4, "disagreeing": 3, "needs": 3}
    looked_into(dyad, low, {**low, "disagreeing": 4}, spring)
    assert "What moved" not in text(signed_in(nina).get(history(dyad)))
    looked_into(dyad, {**low, "decisions": 4, "needs": 4}, {**low, "decisions": 3}, autumn)
    words = text(signed_in(nina).get(history(dyad)))
    when = timezone.localtime(spring)
    assert "How you decide: you see it as more shared than on" in words
    assert "and so does Oisín." in words
    assert "How care flows: you both see it as you did on" in words
    assert "; Oisín sees it as less safe." in words
    assert "as more balanced than on" in words
    assert f"{when.year}" in words
    assert words.count("spectrum-mine") == 1 + 4 * 2
    picture = words.partition('<svg class="spectrum"')[2].partition("</svg>")[0]
    assert "You" not in picture
    assert "Mostly together." in words


def test_eight_mirrors_ask_as_much_as_two() -> None:
    dyad, nina, _ = make_two()
    for days in (30, 20):
        looked_into(dyad, NEAR, FAR, timezone.now() - timedelta(days=days))
    few = (
        questions(signed_in(nina), history(dyad)),
        questions(signed_in(nina), dyad.get_absolute_url()),
    )
    for days in range(10):
        looked_into(dyad, NEAR, FAR, timezone.now() - timedelta(days=days))
    many = (
        questions(signed_in(nina), history(dyad)),
        questions(signed_in(nina), dyad.get_absolute_url()),
    )
    assert many == few
