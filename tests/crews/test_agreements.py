"""What a crew agreed: written down, accepted, talked of again."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from time_machine import Traveller

from circles.errors import CircleClosed, NotAllowed
from circles.services import close, leave
from crews import errors, services
from crews.models import Acceptance, Agreements, Crew, Reopening
from crews.rules.agreements import Texts
from crews.showing.agreements import acceptance_sentence, to_accept
from crews.showing.page import crew_page
from notifications.models import Notice
from notifications.services import send_due
from people.models import Person
from tests.congregation.pages import signed_in, text
from tests.crews.tables import join, make_crew
from tests.crews.test_pages import mate
from tests.factories import make_congregation, make_person
from tests.practice.tables import questions

pytestmark = pytest.mark.django_db

KIND = Texts("Kind <first>.\nThen clever.", "Tuesdays.", "Six times.")


def write_page(crew: Crew) -> str:
    return reverse("crews:agreements", args=[crew.pk])


def typed(seen: Texts | None = None, **fields: str) -> dict[str, str]:
    """What a browser sends that was given `seen`."""
    seen = seen or Texts()
    marks = {f"seen_{name}": found for name, found in seen.marks.items()}
    return {
        "together": seen.together,
        "meeting": seen.meeting,
        "commitment": seen.commitment,
        **marks,
        **fields,
    }


def say_yes(edition: Agreements, *people: Person) -> None:
    for person in people:
        services.accept(
            crew=edition.crew, by=person, number=edition.number, version=edition.version
        )


def latest(crew: Crew) -> Agreements:
    return Agreements.objects.filter(crew=crew).latest("number")


def step_of(crew: Crew, person: Person) -> str:
    step = crew_page(crew, person).step
    return step.heading if step else ""


# --- writing ------------------------------------------------------------------------------------


def test_each_conversation_is_kept_as_one_goes_and_all_are_one_edition() -> None:
    crew = make_crew(people=2)
    client, url = signed_in(mate(crew)), write_page(crew)
    wish = typed(together="Kind <first>.", then="meeting")
    response = client.post(url, wish)
    assert response.status_code == 303
    assert response["Location"].endswith("#id_meeting")
    second = typed(latest(crew).texts, meeting="Tuesdays.", then="commitment")
    assert client.post(url, second)["Location"].endswith("#id_commitment")
    third = typed(latest(crew).texts, commitment="Six times.")
    words = text(client.post(url, third, follow=True))
    for line in ("Kind &lt;first&gt;.", "Tuesdays.", "Six times."):
        assert f"<li>{line}</li>" in words
    edition = Agreements.objects.get(crew=crew)
    assert (edition.number, edition.version) == (1, 3)


def test_two_phones_write_two_conversations_at_once() -> None:
    crew = make_crew(people=2)
    url = write_page(crew)
    signed_in(mate(crew)).post(url, typed(together="Kind first."))
    assert signed_in(mate(crew, 2)).post(url, typed(meeting="Tuesdays.")).status_code == 303
    assert latest(crew).texts == Texts("Kind first.", "Tuesdays.")


def test_two_who_write_the_same_text_at_once_lose_nothing() -> None:
    crew = make_crew(people=2)
    url = write_page(crew)
    signed_in(mate(crew)).post(url, typed(together="Kind first.", meeting="Tuesdays."))
    client = signed_in(mate(crew, 2))
    response = client.post(url, typed(together="On time."))
    assert response.status_code == 422
    words = text(response)
    assert "Somebody wrote here while you did." in words
    assert "As it stands now:" in words
    assert "Kind first." in words
    form = response.context["form"]
    assert form["together"].value() == "On time."
    assert form["meeting"].value() == "Tuesdays."
    assert latest(crew).together == "Kind first."
    # Having seen it, their next press decides.
    again = {name: form[name].value() for name in form.fields}
    assert client.post(url, {**again, "together": "Kind, on time."}).status_code == 303
    assert latest(crew).texts == Texts("Kind, on time.", "Tuesdays.")


def test_nothing_at_all_and_too_much_are_explained_and_kept() -> None:
    crew = make_crew(people=2)
    client = signed_in(mate(crew))
    empty = client.post(write_page(crew), typed(together="  \n "))
    assert empty.status_code == 422
    assert "Write at least one line" in text(empty)
    long = client.post(write_page(crew), typed(meeting="x" * 2001))
    assert long.status_code == 422
    assert "x" * 2001 in text(long)
    assert not Agreements.objects.exists()


def test_the_same_again_is_no_new_edition() -> None:
    crew = make_crew(people=2)
    edition = services.agree(crew=crew, by=mate(crew), texts=KIND)
    say_yes(edition, mate(crew, 2))
    assert services.agree(crew=crew, by=mate(crew, 3), texts=KIND) == edition
    assert Acceptance.objects.count() == 2


def test_once_somebody_said_yes_a_change_is_a_new_edition_and_the_old_one_stays() -> None:
    crew = make_crew(people=2)
    edition = services.agree(crew=crew, by=mate(crew), texts=KIND)
    say_yes(edition, mate(crew, 2))
    services.agree(crew=crew, by=mate(crew, 3), texts=Texts("On time."))
    client = signed_in(mate(crew, 2))
    assert [one.number for one in crew.editions.order_by("number")] == [1, 2]
    words = text(client.get(reverse("crews:edition", args=[crew.pk, 1])))
    assert "Kind &lt;first&gt;." in words
    assert "What you agreed before" in words
    assert "I can say yes to this" not in words
    assert reverse("crews:edition", args=[crew.pk, 2]) in words
    assert "What it was before" in text(client.get(crew.get_absolute_url()))


def test_only_those_inside_an_open_crew_write_accept_and_ask() -> None:
    crew = make_crew(parent=make_congregation(), people=2)
    edition = services.agree(crew=crew, by=mate(crew), texts=KIND)
    gone = mate(crew, 3)
    leave(circle=crew, by=gone)
    for outsider in (gone, make_person()):
        with pytest.raises(NotAllowed):
            services.agree(crew=crew, by=outsider, texts=Texts("Mine."))
        with pytest.raises(NotAllowed):
            say_yes(edition, outsider)
        with pytest.raises(NotAllowed):
            services.reopen(crew=crew, by=outsider)
    close(circle=crew, by=mate(crew))
    with pytest.raises(CircleClosed):
        services.reopen(crew=crew, by=mate(crew))


# --- accepting --------------------------------------------------------------------------------


def test_the_others_are_asked_on_todays_page_and_on_the_crews_and_say_yes_with_one_tap() -> None:
    crew = make_crew(people=2)
    services.agree(crew=crew, by=mate(crew), texts=KIND)
    assert to_accept(mate(crew)) == []
    other = mate(crew, 2)
    assert [one.action for one in to_accept(other)] == ["Read and accept"]
    assert step_of(crew, other) == "Read what you agreed"
    client = signed_in(other)
    words = text(client.get(to_accept(other)[0].url))
    assert "I can say yes to this" in words
    yes = reverse("crews:accept_agreements", args=[crew.pk, 1])
    for _ in range(2):
        words = text(client.post(yes, {"version": 1}, follow=True))
    assert f"Two of three have accepted, {mate(crew, 3).first_name} not yet." in words
    assert "I can say yes to this" not in words
    assert to_accept(other) == []
    assert step_of(crew, other) != "Read what you agreed"


@pytest.mark.parametrize("version", ["1", "", "x", "99999999999999999999"])
def test_nobody_says_yes_to_what_they_have_not_read(version: str) -> None:
    crew = make_crew(people=2)
    services.agree(crew=crew, by=mate(crew), texts=KIND)
    services.agree(crew=crew, by=mate(crew), texts=Texts("On time."))
    yes = reverse("crews:accept_agreements", args=[crew.pk, 1])
    words = text(signed_in(mate(crew, 2)).post(yes, {"version": version}, follow=True))
    assert "Read it once more, as it stands now." in words
    assert "On time." in words
    assert not Acceptance.objects.filter(person=mate(crew, 2)).exists()


def test_whoever_comes_later_reads_and_accepts_it_too() -> None:
    crew = make_crew(people=2)
    edition = services.agree(crew=crew, by=mate(crew), texts=KIND)
    say_yes(edition, mate(crew, 2), mate(crew, 3))
    newcomer = make_person("Rory")
    join(crew, newcomer)
    assert step_of(crew, newcomer) == "Read what you agreed"
    words = text(signed_in(mate(crew)).get(crew.get_absolute_url()))
    assert "Three of four have accepted, Rory not yet." in words
    say_yes(latest(crew), newcomer)
    words = text(signed_in(mate(crew)).get(crew.get_absolute_url()))
    assert "All of you have accepted." in words


@pytest.mark.parametrize(
    ("yes", "said"),
    [
        (0, "Nobody has accepted yet."),
        (1, "One of three has accepted, you and Rory not yet."),
        (2, "Two of three have accepted, you not yet."),
        (3, "All of you have accepted."),
    ],
)
def test_who_has_accepted_is_said_quietly(yes: int, said: str) -> None:
    people = [Person(pk=1, name="Ama"), Person(pk=2, name="Rory"), Person(pk=3, name="Mere")]
    accepted = frozenset(person.pk for person in people[:yes])
    assert acceptance_sentence(people, accepted, people[2]) == said


def test_the_database_itself_counts_a_yes_once_and_a_number_once() -> None:
    crew = make_crew(people=2)
    edition = services.agree(crew=crew, by=mate(crew), texts=KIND)
    with pytest.raises(IntegrityError), transaction.atomic():
        Acceptance.objects.create(edition=edition, person=mate(crew))
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreements.objects.create(crew=crew, number=1, together="x")
    services.reopen(crew=crew, by=mate(crew))
    with pytest.raises(IntegrityError), transaction.atomic():
        Reopening.objects.create(crew=crew, asked_by=mate(crew))


# --- mail ---------------------------------------------------------------------------------------


def told(kind: str) -> list[str]:
    sent = Notice.objects.filter(kind=kind, sent_at__isnull=False).order_by("pk")
    return [str(notice.person) for notice in sent]


@pytest.fixture
def clock(time_machine: Traveller) -> Traveller:
    time_machine.move_to(timezone.now().replace(hour=12), tick=False)
    return time_machine


def later(clock: Traveller, minutes: int = 6) -> None:
    clock.shift(timedelta(minutes=minutes))
    send_due(seconds=60)


def test_the_others_hear_once_a_few_minutes_later_and_not_what_it_says(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_crew(people=2)
    services.agree(crew=crew, by=mate(crew), texts=Texts("Kind first."))
    later(clock, 2)
    assert mailoutbox == []
    services.agree(crew=crew, by=mate(crew), texts=Texts("Kind first.", "Tuesdays."))
    later(clock)
    later(clock)
    assert told("crews.agreements") == [str(mate(crew, 2)), str(mate(crew, 3))]
    assert len(mailoutbox) == 2
    for mail in mailoutbox:
        assert "has written down what you agreed" in mail.subject
        assert "Kind first." not in str(mail.message())
        assert reverse("crews:edition", args=[crew.pk, 1]) in str(mail.body)


def test_who_has_accepted_left_or_is_overtaken_gets_no_mail(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_crew(people=3)
    edition = services.agree(crew=crew, by=mate(crew), texts=KIND)
    say_yes(edition, mate(crew, 2))
    leave(circle=crew, by=mate(crew, 3))
    later(clock)
    assert told("crews.agreements") == [str(mate(crew, 4))]
    services.agree(crew=crew, by=mate(crew), texts=Texts("On time."))
    close(circle=crew, by=mate(crew))
    later(clock)
    assert len(told("crews.agreements")) == 1


# --- talking again ----------------------------------------------------------------------------


def test_anybody_may_ask_to_talk_again_and_all_hear_once(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    crew = make_crew(people=2)
    edition = services.agree(crew=crew, by=mate(crew), texts=KIND)
    say_yes(edition, mate(crew, 2), mate(crew, 3))
    client = signed_in(mate(crew, 2))
    ask = reverse("crews:reopen_agreements", args=[crew.pk])
    words = text(client.post(ask, {"word": "The <hour>?"}, follow=True))
    assert "You would like to talk about this again." in words
    others = text(signed_in(mate(crew)).get(crew.get_absolute_url()))
    assert "would like to talk about this again." in others
    assert "The &lt;hour&gt;?" in others
    assert "Let it be" not in others
    assert signed_in(mate(crew)).post(ask, {"word": ""}).status_code == 422
    later(clock)
    later(clock)
    assert sorted(told("crews.reopened")) == sorted([str(mate(crew)), str(mate(crew, 3))])
    assert not [mail for mail in mailoutbox if "hour" in str(mail.message())]
    with pytest.raises(NotAllowed):
        services.leave_it(crew=crew, by=mate(crew))
    be = reverse("crews:leave_agreements", args=[crew.pk])
    assert "You let it be." in text(client.post(be, follow=True))
    assert not Reopening.objects.open().exists()


def test_a_new_edition_settles_it_even_where_nobody_had_accepted(clock: Traveller) -> None:
    crew = make_crew(people=2)
    services.agree(crew=crew, by=mate(crew), texts=KIND)
    services.reopen(crew=crew, by=mate(crew, 2))
    edition = services.agree(crew=crew, by=mate(crew), texts=Texts("On time."))
    assert edition.number == 2
    assert not Reopening.objects.open().exists()
    later(clock)
    assert told("crews.reopened") == []


def test_whoever_asked_and_leaves_lets_it_be() -> None:
    crew = make_crew(people=2)
    services.agree(crew=crew, by=mate(crew), texts=KIND)
    services.reopen(crew=crew, by=mate(crew, 2))
    leave(circle=crew, by=mate(crew, 2))
    assert not Reopening.objects.open().exists()


def test_before_anything_is_written_there_is_nothing_to_reopen() -> None:
    crew = make_crew(people=2)
    with pytest.raises(errors.NothingToReopen):
        services.reopen(crew=crew, by=mate(crew))


# --- the page -----------------------------------------------------------------------------------


def test_as_many_queries_for_a_long_history_as_for_a_first_edition() -> None:
    crew = make_crew(people=5)
    client = signed_in(mate(crew))
    edition = services.agree(crew=crew, by=mate(crew), texts=KIND)
    services.reopen(crew=crew, by=mate(crew))
    few = questions(client, crew.get_absolute_url())
    url = reverse("crews:edition", args=[crew.pk, 1])
    few_there = questions(client, url)
    for number in range(6):
        say_yes(edition, mate(crew, 2), mate(crew, 3))
        edition = services.agree(crew=crew, by=mate(crew), texts=Texts(f"{number}"))
    services.reopen(crew=crew, by=mate(crew))
    assert questions(client, crew.get_absolute_url()) == few
    assert questions(client, url) == few_there
