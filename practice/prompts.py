"""Questions to arrive with and to leave with. Ours; a table may always ask another one."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHECK_IN = (
    _("How do you come, in three words?"),
    _("What would you have to say to be really here?"),
    _("Where in your body did today leave its mark?"),
    _("What are you carrying that you may put down beside the door?"),
    _("What was the best quarter of an hour since we last met?"),
    _("If you were weather, which would you be tonight?"),
    _("What has surprised you this week?"),
    _("Whom did you think of on your way here?"),
    _("What are you looking forward to, however small?"),
    _("What have you been putting off saying?"),
    _("What did you promise last time, and how is it?"),
    _("What is growing where you live?"),
    _("Which sound belonged to your day?"),
    _("What do you need from us, if anything?"),
    _("What are you tired of, and what are you not tired of?"),
    _("When did you laugh last, and with whom?"),
    _("What is unfinished, and may stay so for now?"),
    _("Which part of you came gladly, and which would rather have stayed at home?"),
    _("What did you learn from somebody younger than you?"),
    _("What have you repaired, thrown away or given away lately?"),
    _("What do you know today that you did not know a month ago?"),
    _("What is the kindest thing that was done to you this week?"),
    _("What makes it easy to be here, and what makes it hard?"),
    _("If you had stayed silent today, what would nobody know?"),
)
CHECK_OUT = (
    _("What do you take with you?"),
    _("How do you go, in three words?"),
    _("Which sentence stays with you?"),
    _("What was the moment you came alive?"),
    _("What will you do before we meet again, small enough to do?"),
    _("Whom do you want to thank, and for what?"),
    _("What is softer now than when you came?"),
    _("What did you not say, and is that all right?"),
    _("What would you like to remember in a year?"),
    _("What do you leave on the table?"),
    _("What did you hear for the first time?"),
    _("Where did you feel with us, and where alone?"),
    _("What do you want to sleep on?"),
    _("What did somebody give you tonight without knowing it?"),
    _("Which question goes home with you?"),
    _("What has moved, by a finger’s breadth?"),
    _("What could we do a little better next time?"),
    _("Whom will you tell about something of your own that you found here?"),
    _("What are you glad that you came for?"),
    _("What will be the first thing you do after this?"),
    _("What do you wish the person on your left?"),
    _("What was enough?"),
    _("If this evening were a dish, what would it taste of?"),
    _("What is one thing you now understand about yourself?"),
)


def prompt(prompts: Sequence[Promise | str], number: int) -> str:
    """The question for the meeting `number` of a circle; they come round again."""
    return str(prompts[number % len(prompts)])


def another(prompts: Sequence[Promise | str], words: str) -> str:
    """The one that follows on those words."""
    texts = [str(one) for one in prompts]
    return texts[(texts.index(words) + 1) % len(texts)] if words in texts else texts[0]
