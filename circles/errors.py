"""What can stand in the way of a wish about a circle, in words for the person who wished it."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CircleError(Exception):
    """Something a person should read; `str()` of it is that text."""

    text: ClassVar[str | Promise] = _("That did not work. Look at the page again, please.")

    def __str__(self) -> str:
        return str(self.args[0] if self.args else self.text)


class NoSeatLeft(CircleError):
    text = _("Somebody was a moment quicker: every seat here is taken now.")


class TooFewSeats(CircleError):
    text = _("More people than that are here already.")


class AlreadyInside(CircleError):
    text = _("This person already has a seat here.")


class AlreadyAsked(CircleError):
    text = _("You have already asked. You will hear by mail as soon as somebody answers.")


class AlreadyInvited(CircleError):
    text = _("This person has an open invitation already.")


class AlreadyAnswered(CircleError):
    text = _("This was answered, taken back, or has grown too old in the meantime.")


class CircleClosed(CircleError):
    text = _("This circle has come to its end.")


class NotAllowed(CircleError):
    text = _("This is for somebody else to decide.")


class OutsideParent(CircleError):
    text = _("This table stands in {parent}. Join {parent} first; your seat is kept meanwhile.")


class LastSteward(CircleError):
    text = _("You are the only steward. Ask somebody to be one before you leave.")


class TooManyToday(CircleError):
    text = _("That is enough for one day. Go on tomorrow.")


class TooManyInvitations(CircleError):
    text = _("There are as many open invitations as seats. Take one back first.")


class WishedAndRefused(CircleError):
    text = _("Somebody stands in both lists. Leave them in one.")


class TooManyWishes(CircleError):
    text = _("Five wishes at most, in all your circles. Choose those that matter most.")


class TooManyRefusals(CircleError):
    text = _("Ten people at most, in all your circles. Take somebody out first.")
