"""What can stand in the way of a wish about a practice, in words for the person who wished it."""

from django.utils.translation import gettext_lazy as _

from circles.errors import CircleError


class NotReady(CircleError):
    text = _("Something is still missing. Go on writing, and look at what it says at the fields.")


class Offered(CircleError):
    text = _("It is with those who publish it. Take it back, then go on writing.")


class NotOffered(CircleError):
    text = _("Its writer has taken it back, or somebody has answered already.")


class TooManyDrafts(CircleError):
    text = _("Your desk is full. Finish or delete something you have begun.")


class WordMissing(CircleError):
    text = _("Say in a word why it comes back; silence is hard to answer.")


class ChangedMeanwhile(CircleError):
    text = _("Somebody published another edition a moment ago. Look at it once more.")


class NotHeld(CircleError):
    text = _("Your circle has not tried it yet. Come back when you have.")


class LatestAlready(CircleError):
    text = _("It says that already.")
