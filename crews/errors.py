"""What can stand in the way of a wish about a crew, in words for the person who wished it."""

from django.utils.translation import gettext_lazy as _

from circles.errors import CircleError


class NotBeingSet(CircleError):
    text = _("The tables of this round are not being set at the moment.")


class BeingDrawn(CircleError):
    text = _("Tables are being drawn just now. Wait until that is done, or stop it.")


class TablesChanged(CircleError):
    text = _(
        "The tables changed in the meantime. This is how they stand; nothing of yours is lost."
    )


class TableFull(CircleError):
    text = _("Six people sit at that table, and six is the most for one conversation.")


class TableLocked(CircleError):
    text = _("That table is locked. Unlock it first.")


class DoesNotFit(CircleError):
    """Said alike for no shared hour, for a refusal, and for a blank: see docs/privacy.md."""

    text = _("These people do not fit one table. More we cannot say.")


class TablesDoNotHold(CircleError):
    text = _("A table does not work as it stands. Move somebody or draw again, then publish.")


class NothingToPublish(CircleError):
    text = _("There is no table to publish yet.")


class RoundGoingOn(CircleError):
    text = _("A round is going on here already. One at a time: people have only so many evenings.")


class NotToOpen(CircleError):
    text = _("Hands go up for a day at least and for ninety days at most. Choose another day.")


class AlreadyConsented(CircleError):
    text = _("Another steward has answered in the meantime.")


class HandsAreDown(CircleError):
    text = _("This round is closed: no hand goes up or comes down any more.")


class NoHours(CircleError):
    text = _("Without hours nobody can find you a table. Tick at least one.")


class TooLateToChange(CircleError):
    text = _("The tables of this round are published: it can no longer be changed.")


class NotFresh(CircleError):
    text = _("That gathering is not of the last thirty days. Open a round without it.")


class TooLate(CircleError):
    text = _("The day to answer has passed, or this table did not come about.")


class InACrew(CircleError):
    text = _("Your crew has begun, and you sit in it. You can leave it on its own page.")


class StillWaiting(CircleError):
    text = _("Not all have answered yet. When they have, or when the day has come, it goes on.")
