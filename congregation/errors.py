"""What can stand in the way of a steward's wish."""

from django.utils.translation import gettext_lazy as _

from circles.errors import CircleError


class OnlySteward(CircleError):
    text = _("A congregation needs somebody who looks after it. Make another steward first.")


class StillSteward(CircleError):
    text = _("This person is a steward. End that first, and then their seat.")
