"""The steward's panel, as far as it is about a congregation, its people and its crews."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from circles.admin import ButtonsAdmin, CongregationFilter, StewardAdmin
from circles.errors import CircleError
from circles.models import Circle, Membership
from circles.scales import LAWS, Scale
from congregation import services
from congregation.forms.congregation import EditForm
from congregation.models import Congregation, ItsCrew
from people.signed_in import person_of
from practice.models import PracticeSession

MOST_CREWS = 60


class PanelForm(EditForm):
    """The congregation's own form, which also says when seats are fewer than people."""

    def clean_seats(self) -> int:
        seats: int = self.cleaned_data["seats"]
        people = self.instance.memberships.present().count()
        if seats < people:
            self.add_error("seats", _("{people} people are here already.").format(people=people))
        return seats


@admin.register(Congregation)
class CongregationAdmin(StewardAdmin):
    """What it says about itself, its bounds, and how many there are."""

    panel_order = 50
    congregation = "pk"
    has_page = True
    form = PanelForm
    list_display = ("name", "people", "crews", "is_listed")
    list_display_links = ("name",)
    search_fields = ("name",)
    search_help_text = gettext_lazy("Look for a name")
    ordering = ("name", "pk")
    fields = ("name", "intention", "about", "is_listed", "least", "seats", "people", "its_crews")
    readonly_fields = ("people", "its_crews")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        open_children = Q(children__closed_at__isnull=True)
        congregations: Any = super().get_queryset(request)
        counted: QuerySet[Any] = congregations.with_size().annotate(
            crew_count=Count("children", open_children & Q(children__scale=Scale.CREW)),
        )
        return counted

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.is_ours(request, obj)

    @admin.display(description=gettext_lazy("people"))
    def people(self, congregation: Any) -> str:
        """How many are there, and for how many there is room."""
        return _("{size} of {seats} seats").format(size=congregation.size, seats=congregation.seats)

    @admin.display(description=gettext_lazy("crews"))
    def crews(self, congregation: Any) -> int:
        """How many crews."""
        return int(congregation.crew_count)

    @admin.display(description=gettext_lazy("its crews"))
    def its_crews(self, congregation: Congregation) -> SafeString | str:
        """Names and seats."""
        crews = congregation.children.open().filter(scale=Scale.CREW).with_size()
        rows = [(crew, at_table(crew)) for crew in crews.order_by("name", "pk")[:MOST_CREWS]]
        if not rows:
            return _("None yet.")
        return format_html(
            '<ul class="plain">{}</ul>',
            format_html_join("", '<li>{} <span class="quiet">{}</span></li>', rows),
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        services.change(congregation=obj, by=person_of(request), **form.cleaned_data)

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra: Any = None
    ) -> Any:
        try:
            return super().changeform_view(request, object_id, form_url, extra)
        except CircleError as error:
            self.message_user(request, str(error), messages.WARNING)
            return HttpResponseRedirect(request.get_full_path())


@admin.register(Membership)
class MembershipAdmin(ButtonsAdmin):
    """Who is there, and who looks after the place."""

    panel_order = 20
    panel_name = gettext_lazy("members")
    list_display = ("who", "place", "since", "turn", "where")
    list_filter = (CongregationFilter, "is_steward")
    list_select_related = ("person", "circle")
    search_fields = ("person__name",)
    search_help_text = gettext_lazy("Look for a name")
    ordering = ("person__name", "pk")
    actions = ("make_steward", "end_stewarding", "release")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(left_at__isnull=True)

    @admin.display(description=gettext_lazy("Who"), ordering="person__name")
    def who(self, seat: Membership) -> SafeString:
        """Name, and a way to the page that every member sees."""
        return format_html(
            '<a href="{}">{}</a> <span class="quiet">{}</span>',
            reverse("congregation:person", args=[seat.circle_id, seat.person_id]),
            seat.person,
            seat.person.pronouns,
        )

    @admin.display(description=gettext_lazy("Place"), ordering="person__time_zone")
    def place(self, seat: Membership) -> str:
        """The place that names their zone."""
        return seat.person.city

    @admin.display(description=gettext_lazy("Here since"), ordering="joined_at")
    def since(self, seat: Membership) -> str:
        """The day they sat down."""
        return _day(seat.joined_at)

    @admin.display(description=gettext_lazy("Looks after it"), ordering="-is_steward")
    def turn(self, seat: Membership) -> str:
        """Whether they are a steward now."""
        return _("steward") if seat.is_steward else ""

    def press(self, request: HttpRequest, row: Membership, name: str) -> str:
        change, said = {
            "make-steward": (services.make_steward, _("{who} looks after {circle} too now.")),
            "end-stewarding": (
                services.release_steward,
                _("{who} is no steward of {circle} any more, and keeps the seat."),
            ),
            "release": (
                services.release_member,
                _("{who} has no seat at {circle} any more, and hears from us by mail."),
            ),
        }[name]
        change(congregation=row.circle, person=row.person, by=person_of(request))
        return said.format(who=row.person, circle=row.circle)

    @admin.action(description=gettext_lazy("Make them stewards"))
    def make_steward(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """Ask members to look after the congregation too."""
        self.press_all(request, queryset, "make-steward")

    @admin.action(description=gettext_lazy("End their turn as stewards"))
    def end_stewarding(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """They keep their seats; the last steward stays."""
        self.press_all(request, queryset, "end-stewarding")

    @admin.action(description=gettext_lazy("Release them from the congregation …"))
    def release(
        self, request: HttpRequest, queryset: QuerySet[Membership]
    ) -> HttpResponseBase | None:
        """End memberships, after a page that says what it means."""
        if "confirmed" in request.POST:
            self.press_all(request, queryset, "release")
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Release from the congregation"),
            "seats": queryset.order_by("person__name", "pk"),
            "checkbox": ACTION_CHECKBOX_NAME,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/release.html", context)


@admin.register(ItsCrew)
class CrewAdmin(StewardAdmin):
    """That crews meet, and whether they still look for people. Not what they say."""

    panel_order = 30
    congregation = "parent"
    list_display = ("called", "seats_taken", "next_meeting", "last_met", "where")
    list_select_related = ("parent",)
    search_fields = ("name",)
    search_help_text = gettext_lazy("Look for a crew’s name")
    ordering = ("name", "pk")

    class ParentFilter(CongregationFilter):
        """By the congregation that the crew belongs to."""

        path = "parent"

    list_filter = (ParentFilter,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        now = timezone.now()
        meetings = PracticeSession.objects.filter(circle=OuterRef("pk"))
        crews: Any = super().get_queryset(request).filter(scale=Scale.CREW)
        found: QuerySet[Any] = (
            crews.open()
            .with_size()
            .annotate(
                next_at=Subquery(meetings.to_come(now).values("starts_at")[:1]),
                last_at=Subquery(meetings.past(now).values("starts_at")[:1]),
            )
        )
        return found

    @admin.display(description=gettext_lazy("Crew"), ordering="name")
    def called(self, crew: Circle) -> SafeString:
        """Name, and a way to what every member of the congregation sees."""
        return format_html('<a href="{}">{}</a>', crew.get_absolute_url(), crew)

    @admin.display(description=gettext_lazy("At the table"))
    def seats_taken(self, crew: Any) -> str:
        """How many sit there; whether it is still forming."""
        return at_table(crew)

    @admin.display(description=gettext_lazy("Meets next"), ordering="next_at")
    def next_meeting(self, crew: Any) -> str:
        """The day of its next meeting, on the reader's calendar."""
        return _day(crew.next_at) or _("no date yet")

    @admin.display(description=gettext_lazy("Met last"), ordering="last_at")
    def last_met(self, crew: Any) -> str:
        """The day of its last meeting, on the reader's calendar."""
        return _day(crew.last_at) or _("not yet")


def _day(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "j F Y") if moment else ""


def at_table(crew: Any) -> str:
    """Seats of a crew loaded `with_size()`: "4 of 6", and how many it still looks for."""
    taken = _("{size} of {seats}").format(size=crew.size, seats=crew.seats)
    missing = LAWS[Scale.CREW].missing(crew.size)
    if not missing:
        return taken
    looks = ngettext("forming, looks for {count} more", "forming, looks for {count} more", missing)
    return f"{taken}, {looks.format(count=missing)}"
