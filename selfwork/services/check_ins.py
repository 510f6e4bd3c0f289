"""How am I, which parts are here: kept, deleted."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people.models import Person
from selfwork.entry_words import CheckInWords, opened_check_in, sealed_check_in
from selfwork.models import CheckIn, Part
from selfwork.services.keys import hold, vault_for_writing

# The same said twice within this time was a second press of the button.
A_MOMENT = timedelta(minutes=1)


@transaction.atomic
def check_in(*, owner: Person, how: str, parts: Iterable[Part] = (), note: str = "") -> CheckIn:
    """Keep how one is. The same twice within a minute is kept once."""
    vault = vault_for_writing(owner)
    here = sorted(part.pk for part in parts if part.owner_id == owner.pk)
    words = CheckInWords(how, here, note)
    last = CheckIn.objects.filter(owner=owner, at__gt=timezone.now() - A_MOMENT).first()
    if last is not None and opened_check_in(vault, last.words) == words:
        return last
    return CheckIn.objects.create(owner=owner, words=sealed_check_in(vault, words))


@transaction.atomic
def delete_check_in(*, check_in: CheckIn, owner: Person) -> None:
    """Delete one for good."""
    hold(owner)
    CheckIn.objects.filter(pk=check_in.pk, owner=owner).delete()
