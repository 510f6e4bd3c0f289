"""What can stand in the way of a wish about a meeting, in words for the person who wished it."""

from django.utils.translation import gettext_lazy as _

from circles.errors import CircleError


class TooFewPeople(CircleError):
    text = _("A crew begins with three and a dyad with two: somebody is still missing.")


class InThePast(CircleError):
    text = _("That moment has passed already. Choose one that is still to come.")


class TooFarAway(CircleError):
    text = _("That is more than two years away. Choose a nearer day.")


class NoSuchRhythm(CircleError):
    text = _("A rhythm comes by the week, up to twelve weeks apart, or by the month.")


class AlreadyMeeting(CircleError):
    text = _("You already meet at that very time. Look at the list of meetings.")


class SessionOver(CircleError):
    text = _("This meeting is over.")


class SessionCancelled(CircleError):
    text = _("This meeting was called off.")


class NotCalledOff(CircleError):
    text = _("This meeting takes place already.")


class Rests(CircleError):
    text = _("This meeting rests while you pause. Take the pause back, and it takes place.")


class NoRhythm(CircleError):
    text = _("This meeting stands alone: nothing follows it. Move only this one.")


class HasBegun(CircleError):
    text = _("This meeting has begun. Move the next one, and all that follow it.")


class NothingRests(CircleError):
    text = _("You would not meet on these days anyway. Choose days on which a meeting falls.")


class PauseIsOver(CircleError):
    text = _("These days have passed. Choose a last day that is still to come.")


class PauseTooLong(CircleError):
    text = _("That is longer than a year. Call the meetings off, and set a rhythm when you return.")


class ChangedMeanwhile(CircleError):
    text = _("Somebody changed this meeting a moment ago. This is how it stands now.")


class MeetingsChanged(CircleError):
    text = _("Your meetings changed a moment ago. Look at how it would fall now.")


class TooFewMeetings(CircleError):
    text = _("There are fewer meetings than the programme has parts. Add some first.")


class NotYet(CircleError):
    text = _("This meeting has not begun yet.")


class TooManyFeeds(CircleError):
    text = _("You have as many calendar addresses as one can keep track of. Remove one first.")


class TableNotOpen(CircleError):
    text = _("The table opens ten minutes before the meeting and closes some hours after it.")


class PressedMeanwhile(CircleError):
    text = _("Somebody pressed a moment before you. This is how it stands now.")


class NotAtThisTable(CircleError):
    text = _("One of them does not sit at this table. Look once more.")


class KeepsOwnTime(CircleError):
    text = _("Nobody can keep the time of their own turn. Choose somebody else for one of the two.")


class TooManyRoles(CircleError):
    text = _("You have as many roles as people fit round the table. Let one of them go first.")


class RoleThereAlready(CircleError):
    text = _("You have a role of that name already. Call this one something else.")


class NoSuchRole(CircleError):
    text = _("Somebody let go of this role a moment ago.")


class NoGuestsHere(CircleError):
    text = _("Guests come from the congregation that a crew stands in; this circle has none.")


class AlreadyGuest(CircleError):
    text = _("This person is invited to this meeting already.")


class NotOfTheCongregation(CircleError):
    text = _("Only somebody from your congregation can be a guest. Choose from the list.")


class TableFull(CircleError):
    text = _("You would be eight, and at eight a table breaks in two. Ask for another evening.")


class PollClosed(CircleError):
    text = _("This question is closed already. This is how it ended.")


class PollChangedMeanwhile(CircleError):
    text = _(
        "Somebody changed this question a moment ago. Look at it once more below, then keep it."
    )


class TimeWithdrawn(CircleError):
    text = _("This time is no longer proposed. These are the ones that are.")


class TooFewTimes(CircleError):
    text = _("Propose at least two times, so that there is something to choose.")


class TooManyTimes(CircleError):
    text = _("Ten times are the most: more of them, and nobody answers.")


class TooManyPolls(CircleError):
    text = _("You look for three times already. Close one of those questions first.")


class RemindedToday(CircleError):
    text = _("They were reminded less than a day ago. Give them until tomorrow.")
