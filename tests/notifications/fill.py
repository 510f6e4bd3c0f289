"""Run in a process of its own: fills a database so that many reminders are due at once."""

import sys
from datetime import datetime, timedelta

import django

# Half of the reminders are for gatherings of a congregation, half for crews.
IN_A_GATHERING = 200
IN_A_CREW = 5


def fill(reminders: int) -> None:
    """Meetings that begin in an hour; everybody said yes two days ago."""
    from django.utils import timezone

    from circles.scales import Scale

    now = timezone.now()
    for size, scale in ((IN_A_GATHERING, Scale.CONGREGATION), (IN_A_CREW, Scale.CREW)):
        fill_circles(scale, reminders // 2 // size, size, now)


def fill_circles(scale: str, circles: int, size: int, now: datetime) -> None:
    """Circles of one size, each with a meeting. Only the rows a reminder looks at."""
    from circles.models import Circle, Membership
    from circles.scales import LAWS
    from people.models import Person
    from practice.models import Answer, PracticeSession

    long_ago = now - timedelta(days=2)
    starts_at = now + timedelta(minutes=59)
    people = Person.objects.bulk_create(
        Person(email=f"{scale}{number}@example.org", name=f"Person {number} 🌿")
        for number in range(circles * size)
    )
    made = Circle.objects.bulk_create(
        Circle(scale=scale, name=f"Estuary {number}", seats=LAWS[scale].most)
        for number in range(circles)
    )
    sessions = PracticeSession.objects.bulk_create(
        PracticeSession(
            circle=circle,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            time_zone="UTC",
            made_at=long_ago,
        )
        for circle in made
    )
    seats = [(person, number // size, number % size) for number, person in enumerate(people)]
    Membership.objects.bulk_create(
        Membership(circle=made[circle], person=person, scale=scale, seat=seat + 1)
        for person, circle, seat in seats
    )
    Answer.objects.bulk_create(
        Answer(session=sessions[circle], person=person, choice="yes", answered_at=long_ago)
        for person, circle, _ in seats
    )


if __name__ == "__main__":
    django.setup()
    fill(int(sys.argv[1]))
