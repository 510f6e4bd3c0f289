"""A person's own rule for being reminded."""

from django.db import transaction
from django.utils import timezone

from notifications.models import Notice, Switch
from people.models import Person
from practice.models import ReminderRules
from practice.reminders import KINDS, due_reminders
from practice.rules.reminding import Reminder, without


def reminder_rules(person: Person) -> dict[str, str]:
    """The rule by scale as it holds: what the person chose, less what they stopped by the link
    in a mail."""
    chosen = ReminderRules.objects.of_person(person)
    off = Switch.objects.filter(person=person, kind__in=KINDS.values(), is_on=False)
    kinds = set(off.values_list("kind", flat=True))
    stopped = frozenset(reminder for reminder in Reminder if KINDS[reminder] in kinds)
    return {scale: without(chosen.of(scale), stopped) for scale in chosen.SCALES}


@transaction.atomic
def choose_reminders(*, person: Person, dyad: str, crew: str, congregation: str) -> None:
    """Keep a person's rule for each scale.

    What the old rules made due until this moment is written first, so that a change loses
    nothing between two ticks; after it the new rules hold, and nothing that they would have
    made due earlier is sent. A reminder that was stopped on its own and is chosen again comes
    again.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    rules = {"dyad": dyad, "crew": crew, "congregation": congregation}
    if rules == reminder_rules(person):
        return
    now = timezone.now()
    for reminder in Reminder:
        due = list(due_reminders(reminder, now, only=person))
        Notice.objects.bulk_create(due, ignore_conflicts=True)
    ReminderRules.objects.update_or_create(person=person, defaults={**rules, "chosen_at": now})
    Switch.objects.filter(person=person, kind__in=KINDS.values()).delete()
