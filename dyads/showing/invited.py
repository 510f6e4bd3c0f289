"""What an invitation to a dyad says of it: who they would be to each other, how often, how long."""

from django.utils.translation import gettext as _

from circles.models import Invitation
from circles.scales import Scale
from dyads.models import Dyad
from dyads.rules.plan import ASKED
from dyads.showing.plan import plan_in_words, who_supports


def particulars(invitation: Invitation) -> list[str]:
    """Sentences for whoever is invited; none for another scale."""
    if invitation.circle.scale != Scale.DYAD:
        return []
    dyad = Dyad.objects.get(pk=invitation.circle_id)
    return [f"{_kind(dyad, invitation)} {plan_in_words(dyad)}.", _what_that_is(dyad)]


def _kind(dyad: Dyad, invitation: Invitation) -> str:
    if dyad.goes_one_way:
        return who_supports(dyad, ASKED, invitation.invited_by.first_name, is_agreed=False)
    return {
        Dyad.Kind.FRIENDS: _("As friends."),
        Dyad.Kind.PEERS: _("As peers."),
        Dyad.Kind.COACHING: _("To coach each other."),
        Dyad.Kind.PRACTICE: _("As practice partners."),
        Dyad.Kind.OWN: f"{dyad.own_kind}.",
    }[Dyad.Kind(dyad.kind)]


def _what_that_is(dyad: Dyad) -> str:
    if dyad.goes_one_way:
        return _(
            "In stewarding the time belongs to one of the two: how the last month was, what is "
            "wished for in the next, and what would support it. It goes one way."
        )
    return _("A dyad is two people who take equal turns: one speaks, one listens, then you swap.")
