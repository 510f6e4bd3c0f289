"""What a crew learned: sharing a sentence with the congregation, taking it back, hiding it."""

from django.db import transaction
from django.utils import timezone

from circles.errors import NotAllowed
from circles.models import Membership
from circles.services import present
from crews import errors
from crews.models import Crew, Learned
from people.models import Person

MOST_SHARED = 3


@transaction.atomic
def share_learned(*, crew: Crew, by: Person, words: str, names_crew: bool) -> Learned:
    """Share a sentence with the crew's congregation.

    Raises NotAllowed without a seat in both, NowhereToShare without a congregation, EnoughShared.
    """
    crew = Crew.objects.select_for_update(of=("self",)).select_related("parent").get(pk=crew.pk)
    if not present(crew, by):
        raise NotAllowed
    if crew.parent is None:
        raise errors.NowhereToShare
    if not present(crew.parent, by):
        raise NotAllowed
    if crew.learned.filter(person=by).count() >= MOST_SHARED:
        raise errors.EnoughShared
    return Learned.objects.create(crew=crew, person=by, words=words, names_crew=names_crew)


@transaction.atomic
def take_learned_back(*, learned: Learned, by: Person) -> None:
    """Remove what one has said oneself. Raises NotAllowed."""
    if learned.person_id != by.pk:
        raise NotAllowed
    learned.delete()


@transaction.atomic
def hide_learned(*, learned: Learned, by: Person) -> None:
    """For stewards: take it off the page. Its writer keeps it. Raises NotAllowed."""
    stewards = Membership.objects.present().stewards().filter(circle=learned.crew.parent_id)
    if not stewards.of(by).exists():
        raise NotAllowed
    Learned.objects.filter(pk=learned.pk, hidden_at__isnull=True).update(hidden_at=timezone.now())
