"""Guided practices: what each asks, one calm step at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Step:
    """One page: a heading, a few words, and the question over the empty lines.

    `choices`: what one says first, with a tap; the empty lines may stay empty.
    """

    name: str
    heading: Words
    words: Words
    question: Words
    choices: Sequence[tuple[str, Words]] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """A guided practice. `practice`: the slug of the one in the library that it follows."""

    kind: str
    slug: str
    title: Words
    purpose: Words
    minutes: int
    steps: tuple[Step, ...] = field(repr=False)
    practice: str = ""

    def number_of(self, name: str) -> int:
        """Which step it is, from 1."""
        return [step.name for step in self.steps].index(name) + 1


CURIOUS, KIND, ELSE = "curious", "kind", "else"
FEEL = "feel"

MEET = Guide(
    kind="meet_a_part",
    slug="meet-a-part",
    title=_("Meet a part"),
    purpose=_("Get to know one of the voices in you, as you would get to know a new friend."),
    minutes=25,
    practice="meet-a-part",
    steps=(
        Step(
            "find",
            _("Find it"),
            _("Sit so that nothing presses. Three slow breaths. Which one in you is loudest now?"),
            _("Where in your body, or around it, do you notice it?"),
        ),
        Step(
            "focus",
            _("Focus on it"),
            _(
                "Turn toward it, as you would turn your chair toward somebody who has come in. "
                "There is nothing to do yet."
            ),
            _("What is there when you turn to it?"),
        ),
        Step(
            "flesh_out",
            _("Flesh it out"),
            _(
                "Let it become somebody. How old is it? What does it look like, sound like, say "
                "again and again?"
            ),
            _("What is it like?"),
        ),
        Step(
            FEEL,
            _("How do you feel toward it?"),
            _(
                "Honestly. Nothing is wrong here: annoyed, afraid, ashamed are answers, too. They "
                "only tell that another part is speaking."
            ),
            _("What comes up, if you like"),
            (
                (CURIOUS, _("Curious")),
                (KIND, _("Kind")),
                (ELSE, _("Anything else")),
            ),
        ),
        Step(
            "befriend",
            _("Befriend it"),
            _("Tell it that you see how hard it works. Listen longer than is comfortable."),
            _("What does it do for you, and since when?"),
        ),
        Step(
            "fear",
            _("What does it fear?"),
            _("Ask, and thank it for telling you. Say when you will come back, and mean it."),
            _("What is it afraid would happen if it stopped?"),
        ),
    ),
)

LETTER = Guide(
    kind="letter",
    slug="letter",
    title=_("A letter to a part"),
    purpose=_("Write to the one in you who worries, as you would write to a friend."),
    minutes=15,
    practice="letter-to-an-anxious-part",
    steps=(
        Step(
            "dear",
            _("Call it by name"),
            _(
                "If it has no name yet, use what it does: “Dear one who checks the door twice”. "
                "Whatever you would say first to a friend who calls and is afraid belongs here."
            ),
            _("Dear …"),
        ),
        Step(
            "notice",
            _("Say what you notice"),
            _("“I can tell that you are worried about Thursday.” Only what you see; no advice."),
            _("I can tell that …"),
        ),
        Step(
            "ask",
            _("Ask"),
            _("What does it need? What should you know that you keep not hearing?"),
            _("What I would like to ask you"),
        ),
        Step(
            "close",
            _("Close"),
            _("Thank it for something, and sign with your name."),
            _("How you end your letter"),
        ),
    ),
)

PODS = Guide(
    kind="pod_map",
    slug="pod-map",
    title=_("Pod map"),
    purpose=_("See who would come if you called, and who might, one day."),
    minutes=20,
    practice="pod-map",
    steps=(
        Step(
            "call",
            _("Who would I call?"),
            _(
                "The people you would really call at night, when something has gone wrong, or when "
                "you have done something wrong. Only people. Be strict: most find fewer than they "
                "thought. It is a picture of this month and not of you."
            ),
            _("Their names, one on each line"),
        ),
        Step(
            "could",
            _("Who could become that?"),
            _("People with whom it would take one honest talk, or three."),
            _("Their names, one on each line"),
        ),
        Step(
            "nearer",
            _("One step"),
            _("Choose one of them."),
            _("What is the smallest thing that would bring you nearer?"),
        ),
        Step("when", _("When?"), _("A day is enough."), _("When will you do it?")),
    ),
)

JOURNAL = Guide(
    kind="journal",
    slug="journal",
    title=_("Write for yourself"),
    purpose=_("A page that nobody else will read, with a question to begin with, or without."),
    minutes=10,
    steps=(
        Step(
            "write",
            _("Write"),
            _("As it comes. Nobody corrects it, and you need not finish."),
            _("Your words"),
        ),
    ),
)

GUIDES = (MEET, LETTER, PODS, JOURNAL)
BY_KIND = {guide.kind: guide for guide in GUIDES}
BY_SLUG = {guide.slug: guide for guide in GUIDES}
BY_PRACTICE = {guide.practice: guide for guide in GUIDES if guide.practice}

PROMPTS: tuple[Words, ...] = (
    _("What was I looking after today when I got loud, or when I went quiet?"),
    _("Whom did I want to please this week, and what did it cost me?"),
    _("What do I keep saying that I no longer quite believe?"),
    _("Where in my body is today? What would it say if it had a mouth?"),
    _("Which of my parts has had no turn for a long time?"),
    _("When did I feel safe with somebody lately? What did they do, or leave out?"),
    _("What am I grateful for to a part that I used to fight?"),
    _("What would I say to a friend who had had my day?"),
    _("Which “yes” of this week was a “no”?"),
    _("What did I learn as a child about anger, and from whom? Does it still serve?"),
    _("If nobody could be disappointed, what would I do on Sunday?"),
    _("What have I not yet forgiven myself, and who in me keeps the account?"),
    _("What is getting easier, so slowly that I nearly missed it?"),
    _("With whom am I a little more myself than elsewhere? What is different there?"),
)


def guide_of(kind: str) -> Guide:
    """The practice of that kind; a page of the journal for one that is not known any more."""
    return BY_KIND.get(kind, JOURNAL)


def prompt_for(day: date) -> int:
    """Which question a day offers; the next day offers the next."""
    return day.toordinal() % len(PROMPTS)


def another_prompt(number: int) -> int:
    """The one after it, and after the last the first."""
    return (number + 1) % len(PROMPTS)
