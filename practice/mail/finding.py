"""When a time to meet is looked for."""

from django.urls import reverse
from django.utils.translation import gettext as _

from circles.models import Circle
from circles.services import present
from notifications.letters import Dropped, Letter
from notifications.links import absolute
from notifications.models import Notice


def hours(notice: Notice) -> Letter | Dropped:
    """To somebody who has not said which hours suit them."""
    circle = Circle.objects.open().filter(pk=notice.ref).first()
    if circle is None:
        return Dropped("the circle has ended")
    if notice.person is None or not present(circle, notice.person):
        return Dropped("no longer in the circle")
    if notice.person.suitable_hours:
        return Dropped("hours are set")
    heading = _("{circle} looks for a time to meet").format(circle=circle)
    asks = _("{who} asks which hours usually suit you.").format(who=notice.payload.get("who", ""))
    context = {
        "heading": heading,
        "paragraphs": [
            asks,
            _(
                "Tick the hours of a normal week by your own clock. They are used to find a "
                "time that suits all of you; nobody sees them as a timetable of yours."
            ),
        ],
        "button": {"label": _("Say my hours"), "url": absolute(reverse("people:hours"))},
    }
    return Letter(heading, "plain", context)
