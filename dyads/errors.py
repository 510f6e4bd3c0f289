"""What can be wrong with a wish about a dyad, in words for people."""

from django.utils.translation import gettext_lazy as _

from circles.errors import CircleError


class AlreadyADyad(CircleError):
    text = _("You two are a dyad already, or one of you has asked the other.")


class NotWithOneself(CircleError):
    text = _("That is your own address. For talks with yourself there is self-work.")
