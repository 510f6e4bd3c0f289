"""Practices whose roles are letters are read by name, once it is known who is who."""

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from practice import services
from practice.models import PracticeSession
from practice.rules.letters import is_letter, with_names
from practice.showing.opening import openings_each
from tests.practice.held import begun
from tests.practice.tables import (
    DAY,
    SOON,
    mails_to,
    meet,
    page,
    people_of,
    signed_in,
    text,
    tick,
)
from tests.practice.two import looping, make_two

NAMES = {"A": "Inês", "B": "Mere"}


@pytest.mark.parametrize(
    ("words", "whose", "read"),
    [
        ("A speaks", "A", "Inês speaks"),
        ("In B’s own words", "B", "In Mere’s own words"),
        ("Until A says “yes”.", "A", "Until Inês says “yes”."),
        ("A minute of quiet. A breath, and B.", "B", "A minute of quiet. A breath, and Mere."),
        ("Plan AB, Abby and C", "A", "Plan AB, Abby and C"),
    ],
)
def test_letters_become_names_and_words_stay(words: str, whose: str, read: str) -> None:
    assert with_names(words, NAMES, whose=whose) == read
    assert with_names(words, {}, whose=whose) == words


def test_a_letter_is_one_capital() -> None:
    assert [is_letter(role) for role in ("A", "b", "AB", "", "timekeeper")] == [
        True,
        *[False] * 4,
    ]


@pytest.mark.django_db
def test_the_meetings_page_and_its_table_say_who_speaks(clock: Traveller) -> None:
    first, *_ = meet(make_two(), meetings=2, practice=looping())
    inês, mere = people_of(first.circle)
    for name in ("session", "hold"):
        words = text(signed_in(mere).get(page(name, first)))
        assert "Inês speaks" in words
        assert "A speaks" not in words
        assert "In Mere’s own words" in words
    begun(first, clock)
    words = text(signed_in(inês).get(page("hold", first)))
    assert "Your turn" in words
    assert "Inês speaks" in words
    assert "Mere says it back" in words
    assert "Mere, B" not in words


@pytest.mark.django_db
def test_the_reminder_of_a_meeting_of_two_says_who_speaks_first(
    clock: Traveller, mailoutbox: list[EmailMessage]
) -> None:
    first, *_ = meet(make_two(), meetings=3, practice=looping())
    inês, mere = people_of(first.circle)
    for person in (inês, mere):
        services.answer(session=first, by=person, choice="yes")
    tick(clock, SOON - DAY)
    for person, said in ((inês, "You speak first this time."), (mere, "Inês speaks first")):
        mail = mails_to(person, mailoutbox)[-1]
        assert said in str(mail.body)
        assert isinstance(mail, EmailMultiAlternatives)
        assert said in str(mail.alternatives[0][0])
        other = "Mere" if person == inês else "Inês"
        assert mail.subject == f"You and {other} meet tomorrow at 18:30"
        assert "Your part this time" not in str(mail.body)


def _asked(sessions: list[PracticeSession]) -> int:
    pks = [session.pk for session in sessions]
    with CaptureQueriesContext(connection) as asked:
        found = openings_each(
            PracticeSession.objects.filter(pk__in=pks)
            .select_related("circle", "practice")
            .prefetch_related("roles", "practice__steps")
        )
    assert len(found) == len(sessions)
    return len(asked)


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
def test_who_begins_at_many_tables_is_asked_as_often_as_at_one() -> None:
    pairs = [("Inês", "Mere"), ("Oisín", "Ama"), ("Rory", "Nina")]
    each = [meet(make_two(*pair), meetings=2, practice=looping())[0] for pair in pairs]
    assert _asked(each[:1]) == _asked(each)
