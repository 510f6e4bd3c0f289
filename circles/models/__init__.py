"""Data of circles, by noun."""

from circles.models.circle import Circle
from circles.models.invitation import Invitation, InvitationLink
from circles.models.membership import Membership
from circles.models.preference import Preference
from circles.models.request import JoinRequest

__all__ = [
    "Circle",
    "Invitation",
    "InvitationLink",
    "JoinRequest",
    "Membership",
    "Preference",
]
