"""Data of practice, by noun."""

from practice.models.answer import Answer, Attendance
from practice.models.feed import Feed
from practice.models.guest import Guest
from practice.models.holding import Holding, SessionRole
from practice.models.news import Change, News
from practice.models.note import SessionNote
from practice.models.pause import Pause
from practice.models.poll import Poll, PollAnswer, PollOption
from practice.models.reminders import ReminderRules
from practice.models.rhythm import Rhythm
from practice.models.session import PracticeSession
from practice.models.standing import StandingRole

__all__ = [
    "Answer",
    "Attendance",
    "Change",
    "Feed",
    "Guest",
    "Holding",
    "News",
    "Pause",
    "Poll",
    "PollAnswer",
    "PollOption",
    "PracticeSession",
    "ReminderRules",
    "Rhythm",
    "SessionNote",
    "SessionRole",
    "StandingRole",
]
