"""What can stand in the way of a wish about a crew, in words for the person who wished it."""

from django.utils.translation import gettext_lazy as _

from circles.errors import CircleError


class FirstTimeIsSet(CircleError):
    text = _("One of you was a moment quicker: you have a time already. This is it.")


class NoneKnown(CircleError):
    text = _("We know of no hour that suits you all. Find a time together, or set one.")


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


class TooLateToGoOn(CircleError):
    text = _("A round that was called off can go on within a day. You can open another one.")


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


class NobodyIsAsked(CircleError):
    text = _("Nobody is asked yet. The question comes near the last meeting of the cycle.")


class AnswersAreOpen(CircleError):
    text = _("The answers are open already. You can say it to each other now.")


class AnswersAreClosed(CircleError):
    text = _("The answers are not open yet. Then you decide together.")


class DecidedAlready(CircleError):
    text = _("Somebody was a moment quicker. Look at what was decided: it can be taken back.")


class TooLateToTakeBack(CircleError):
    text = _("A decision can be taken back for a day. Now decide anew, together.")


class AtTheTable(CircleError):
    text = _("Your table is meeting just now. Let the meeting end first.")


class NotBegun(CircleError):
    text = _("This crew has not begun yet.")


class RestsAlready(CircleError):
    text = _("Your crew rests already.")


class DoesNotRest(CircleError):
    text = _("Your crew does not rest.")


class NotToCome(CircleError):
    text = _("Choose a day that is still to come, or leave it open.")


class HasBegun(CircleError):
    text = _("This crew has begun already.")


class TooFewYet(CircleError):
    text = _("A crew begins with three people at the table. Somebody is still missing.")


class CallRests(CircleError):
    text = _("This table rests just now, so it takes no hands.")


class CallDoesNotRest(CircleError):
    text = _("This call is open already.")


class TooFewForTwo(CircleError):
    text = _("Two crews need three people each: from six on you can become two.")


class NotEnded(CircleError):
    text = _("This page opens when a crew has come to its end.")


class LastPageClosed(CircleError):
    text = _("The last page of this crew is closed now. What stands on it stays with you.")


class NowhereToShare(CircleError):
    text = _("This crew stands alone: there is no congregation that would read it.")


class EnoughShared(CircleError):
    text = _("You have shared three sentences from this crew. Take one back first.")


class AlreadySplitting(CircleError):
    text = _("A proposal for two tables lies there already. Look at that one.")


class NoSplit(CircleError):
    text = _("This proposal was called off, or you are two already.")


class NothingWritten(CircleError):
    text = _("Write at least one line: what did you agree?")


class WrittenMeanwhile(CircleError):
    """Carries the names of the texts that somebody else changed at the same time."""

    text = _(
        "Somebody wrote here while you did. What stands now is above your words, and yours are "
        "kept: put the two together, then keep it."
    )

    def __init__(self, fields: tuple[str, ...] = ()) -> None:
        super().__init__(self.text)
        self.fields = fields


class WrittenAnew(CircleError):
    text = _("Somebody changed this a moment ago. Read it once more, as it stands now.")


class NothingToReopen(CircleError):
    text = _("Nothing is written down yet. Begin with that.")


class ReopenedAlready(CircleError):
    text = _("Somebody has asked for that already. Talk about it when you meet.")
