"""Run in a process of its own: fills a database so that many reminders are due at once."""

import sys
from datetime import timedelta

import django

PEOPLE_IN_ONE = 200


def fill(reminders: int) -> None:
    """Gatherings that begin in an hour; everybody said yes two days ago."""
    from django.utils import timezone

    from circles.models import Membership
    from circles.scales import Scale
    from congregation.models import Congregation
    from notifications.models import Notice
    from people.models import Person
    from practice.models import Answer, PracticeSession

    now = timezone.now()
    long_ago = now - timedelta(days=2)
    for number in range(reminders // PEOPLE_IN_ONE):
        people = Person.objects.bulk_create(
            Person(email=f"person{number}-{seat}@example.org", name=f"Person {number}-{seat} 🌿")
            for seat in range(PEOPLE_IN_ONE)
        )
        circle = Congregation.objects.create(name=f"Estuary {number}", created_by=people[0])
        Membership.objects.bulk_create(
            Membership(circle=circle, person=person, scale=Scale.CONGREGATION, seat=seat + 1)
            for seat, person in enumerate(people)
        )
        starts_at = now + timedelta(minutes=59)
        session = PracticeSession.objects.create(
            circle=circle,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            time_zone="UTC",
            made_by=people[0],
            made_at=long_ago,
        )
        Answer.objects.bulk_create(
            Answer(session=session, person=person, choice="yes", answered_at=long_ago)
            for person in people
        )
    Notice.objects.all().delete()


if __name__ == "__main__":
    django.setup()
    fill(int(sys.argv[1]))
