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
