"""What can be wrong with a wish about a dyad, in words for people."""

from django.utils.translation import gettext_lazy as _

from circles.errors import CircleError, NotAllowed
from circles.models import Circle, Invitation
from people.models import Person


class AlreadyADyad(CircleError):
    """The two are a dyad, or `by` has asked for one: where that is known, it is `dyad`."""

    text = _("You two are a dyad already.")

    def __init__(self, dyad: Circle | None = None, said: str = "") -> None:
        super().__init__(said or str(self.text))
        self.dyad = dyad


class AskedThem(AlreadyADyad):
    text = _("You have asked them already: your invitation is on its way.")


class AskedByThem(AlreadyADyad):
    """The other was quicker: their `invitation` waits for an answer."""

    text = _("{who} has asked you already. Here is their invitation.")

    def __init__(self, invitation: Invitation) -> None:
        said = str(self.text).format(who=invitation.invited_by.first_name)
        super().__init__(invitation.circle, said)
        self.invitation = invitation


class AskedNotLongAgo(CircleError):
    text = _("You asked them not long ago. Let a month pass before you ask again.")


class AtTheSameMoment(CircleError):
    text = _("The two of you pressed at the same moment. Look at your dyads once more, please.")


class NoLongerTogether(NotAllowed):
    text = _("The two of you share no congregation any more. You can still ask them by mail.")


class NotWithOneself(CircleError):
    text = _("That is your own address. For talks with yourself there is self-work.")


class NotLooking(CircleError):
    text = _("{who} does not look for another dyad at the moment.")

    def __init__(self, who: Person) -> None:
        super().__init__(str(self.text).format(who=who.first_name))


class StewardingStays(CircleError):
    text = _(
        "Who supports whom was agreed at the beginning, and stays. For another kind of dyad, "
        "thank each other and begin anew."
    )


class NotProposed(CircleError):
    text = _("The pairs of this round are not on the desk at the moment.")


class PairsChanged(CircleError):
    text = _("The pairs changed in the meantime. This is how they stand; nothing of yours is lost.")


class DoNotPair(CircleError):
    """Said alike for no shared hour, a dyad, a refusal, and a blank: see docs/privacy.md."""

    text = _("These two do not make a pair this time. More we cannot say.")


class PairedAlready(CircleError):
    text = _("This round is being paired, or was paired, already.")


class TimeIsSet(CircleError):
    text = _("One of you was a moment quicker: you two have a time already. This is it.")


class TimeHasPassed(CircleError):
    text = _("That time is too near now, or has passed. Take another one, or ask for new ones.")


class NoLongerTwo(CircleError):
    text = _("You two are no dyad any more, so there is nothing to set.")


class NothingToSay(CircleError):
    text = _("There is nothing to say about this yet: your first meeting is still to come.")


class PairingGoingOn(CircleError):
    text = _("A pairing is going on here already. One at a time, so that everybody can follow.")


class TooLateToGoOn(CircleError):
    text = _("A pairing that was called off can go on within a day. You can open another one.")


class NotThatDay(CircleError):
    text = _("Give people a day at least, and ninety days at most. Choose another day.")


class NotThatFirstDay(CircleError):
    text = _("The next pairing is a day away at least, and a year at most. Choose another day.")


class NoticeTooLong(CircleError):
    text = _("That notice would begin before the pairing before it. Choose fewer days.")


class TooLateToAnswer(CircleError):
    text = _("This pairing is being made, or has been. The next one comes.")


class TooLateToChange(CircleError):
    text = _("Nobody can change this round any more: its day has come, or it was called off.")


class NoSuchPause(CircleError):
    text = _("Choose a day that is still to come, within a year.")


class NotTwoYet(CircleError):
    text = _("The other seat is empty. This takes two.")


class LookBackIsOpen(CircleError):
    text = _("You have both answered, so it is open for both of you. Read it together.")


class LookBackIsOver(CircleError):
    text = _("This look back is over.")


class SettledAlready(CircleError):
    text = _("The other was a moment quicker. Look at how it stands now.")


class NothingToRepeat(CircleError):
    text = _("You have not met yet, so there is nothing to set again. Set a rhythm first.")


class NoSuchDay(CircleError):
    text = _("Choose a day that is still to come, within a year.")


class LastPageClosed(CircleError):
    text = _("The last page has been closed. What stands there stays with you two.")


class MirrorIsOpen(CircleError):
    text = _("Both of you have answered, so this is open already.")


class MirrorIsAway(CircleError):
    text = _("This mirror was put away. There is always another one.")


class NotLeftOver(CircleError):
    text = _("There is nothing to choose any more: the next round is open to you.")


class TrioDecided(CircleError):
    text = _("This is decided already. Below is how it stands.")
