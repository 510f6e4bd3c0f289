"""The mails of a congregation, each built from the state at the moment it goes."""

from django.utils.translation import gettext_lazy as _

from congregation.mail import help as helping
from congregation.mail import helping_clock as clock
from congregation.mail import stewards
from congregation.services.help.shared import HELP, WANTED
from notifications.kinds import Kind
from notifications.kinds import register as register_kind


def register() -> None:
    """Make the kinds known, with their clocks."""
    stewards.register()
    register_kind(
        Kind(
            WANTED,
            _("Help that is asked for"),
            helping.wanted,
            _("When you have said that you are glad to visit or to mediate."),
        )
    )
    register_kind(Kind(HELP, _("Help that concerns you"), helping.concerning, can_be_stopped=False))
    register_kind(
        Kind(
            clock.WAITS,
            _("Help that has not come yet"),
            clock.to_stewards,
            _("For stewards: once, when help was asked for a week ago and nobody has offered."),
            due=clock.due_to_stewards,
        )
    )
    register_kind(
        Kind(
            clock.MEANWHILE,
            _("Nobody has offered yet"),
            clock.to_asker,
            can_be_stopped=False,
            due=clock.due_to_askers,
        )
    )
    register_kind(
        Kind(
            clock.LOOK_AGAIN,
            _("A day to look again"),
            clock.to_look_again,
            can_be_stopped=False,
            due=clock.due_to_look_again,
        )
    )
