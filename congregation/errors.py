"""What can stand in the way of a wish about a congregation, in words for who wished it."""

from django.utils.translation import gettext_lazy as _

from circles.errors import CircleError


class OnlySteward(CircleError):
    text = _("A congregation needs somebody who looks after it. Make another steward first.")


class StillSteward(CircleError):
    text = _("This person is a steward. End that first, and then their seat.")


class HelpGone(CircleError):
    text = _("This is not asked for any more. Thank you for being ready.")


class AlreadyAskedForHelp(CircleError):
    text = _("You have asked for this already, and somebody may still offer.")


class SomebodyOffered(CircleError):
    text = _("Somebody offered a moment before you. Thank you for being ready.")


class StandsInside(CircleError):
    text = _("Help comes from outside this table, and you sit at it, or did when it was asked for.")


class NobodyBeside(CircleError):
    text = _("A mediator sits between two sides. There is only one here so far.")


class OfferChanged(CircleError):
    text = _("Who offers has changed in the meantime. This is how it stands now.")


class TalkHasPassed(CircleError):
    text = _("That moment has passed. Choose one that is still to come.")
