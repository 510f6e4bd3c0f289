"""The steward's panel, as far as it is about seats: asking and inviting."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circles import services
from circles.errors import CircleError
from circles.models import Circle, Invitation, JoinRequest
from circles.seats import once
from people.admin import PanelAdmin
from people.signed_in import person_of

MOST = 100
# As many as every database can look up as a row's number.
MOST_DIGITS = 18


def congregations_of(request: HttpRequest) -> list[Circle]:
    """The congregations that the person looks after, by name; asked once a request."""
    person = person_of(request)
    mine = Circle.objects.looked_after_by(person).order_by("name", "pk")
    return once(person, "looked after", lambda: list(mine[:MOST]))


class CongregationFilter(admin.SimpleListFilter):
    """Offers a steward their own congregations, and nobody else's names."""

    title = gettext_lazy("congregation")
    parameter_name = "congregation"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        mine = congregations_of(request)
        return [(str(circle.pk), circle.name) for circle in mine] if len(mine) > 1 else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        if chosen is None or not chosen.isdecimal() or len(chosen) > MOST_DIGITS:
            return queryset
        return queryset.filter(**{self.path: int(chosen)})

    path: ClassVar[str] = "circle"


class StewardAdmin(PanelAdmin):
    """Rows of the congregations that the person looks after, and no others.

    `congregation` is the lookup from a row to its congregation.
    """

    congregation: ClassVar[str] = "circle"
    # Most rows say everything in their list, and have no page of their own.
    has_page: ClassVar[bool] = False
    list_display_links: Any = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        mine = Circle.objects.looked_after_by(person_of(request))
        return super().get_queryset(request).filter(**{f"{self.congregation}__in": mine})

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Without the congregation, when there is only one."""
        columns = list(super().get_list_display(request))
        if len(congregations_of(request)) < 2 and "where" in columns:
            columns.remove("where")
        return columns

    @admin.display(description=gettext_lazy("Congregation"))
    def where(self, row: Any) -> str:
        """The row's congregation."""
        return str(getattr(row, self.congregation))

    def ours_or_404(self, request: HttpRequest, pk: int | str) -> Any:
        """The row `pk`, if it is the steward's; Http404 otherwise."""
        found = self.get_object(request, str(pk)) if len(str(pk)) <= MOST_DIGITS else None
        if found is None:
            raise Http404
        return found

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> Any:
        self.ours_or_404(request, object_id)
        if self.has_page:
            return super().change_view(request, object_id, form_url, extra_context)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        raise Http404


class ButtonsAdmin(StewardAdmin):
    """With buttons in each row that do one thing at once, by POST."""

    # name of the button → what it says
    buttons: ClassVar[dict[str, Any]] = {}

    def press(self, request: HttpRequest, row: Any, name: str) -> str:
        """Do what the button says, and say what was done; may raise CircleError."""
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        pressing = [
            path(
                f"<row:pk>/{name}/",
                self.admin_site.admin_view(self._pressed(name)),
                name=f"{self.opts.app_label}_{self.opts.model_name}_{name.replace('-', '_')}",
            )
            for name in self.buttons
        ]
        return [*pressing, *super().get_urls()]

    def _pressed(self, name: str) -> Callable[..., HttpResponseBase]:
        def view(request: HttpRequest, pk: int) -> HttpResponseBase:
            if request.method != "POST":
                return HttpResponseNotAllowed(["POST"])
            self.press_all(request, [self.ours_or_404(request, pk)], name)
            if "index" in request.GET:
                return redirect("admin:index")
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

        return view

    def press_all(self, request: HttpRequest, rows: Any, name: str) -> None:
        """Press one button of several rows; each says what became of it."""
        for row in rows:
            try:
                self.message_user(request, self.press(request, row, name), messages.SUCCESS)
            except CircleError as error:
                self.message_user(request, f"{row}: {error}", messages.WARNING)

    @admin.display(description=gettext_lazy("What now?"))
    def row_buttons(self, row: Any) -> SafeString:
        """The buttons; the list's own form carries the token."""
        return format_html(
            '<div class="row-buttons">{}</div>',
            format_html_join(
                "",
                '<button class="small-btn" formaction="{}/{}/" formnovalidate>{}'
                '<span class="visually-hidden"> {}</span></button>',
                ((row.pk, name, says, row) for name, says in self.buttons.items()),
            ),
        )


@admin.register(JoinRequest)
class JoinRequestAdmin(ButtonsAdmin):
    """Those who ask to join, the longest waiting first."""

    panel_order = 10
    list_display = ("who", "words", "asked", "where", "row_buttons")
    list_filter = (CongregationFilter,)
    list_select_related = ("person", "circle")
    search_fields = ("person__name",)
    search_help_text = gettext_lazy("Look for a name")
    ordering = ("asked_at", "pk")
    actions = ("say_yes", "say_not_now")
    buttons = {"yes": gettext_lazy("Say yes"), "not-now": gettext_lazy("Not now")}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        waiting = JoinRequest.State.WAITING
        return super().get_queryset(request).filter(state=waiting)

    @admin.display(description=gettext_lazy("Who"), ordering="person__name")
    def who(self, asked: JoinRequest) -> SafeString:
        """Name, place and what they say of themselves."""
        return format_html(
            '<strong>{}</strong> <span class="quiet">{}</span>{}',
            asked.person,
            " · ".join(filter(None, [asked.person.pronouns, asked.person.city])),
            format_html('<p class="quiet">{}</p>', asked.person.about)
            if asked.person.about
            else "",
        )

    @admin.display(description=gettext_lazy("Their words"))
    def words(self, asked: JoinRequest) -> SafeString | str:
        """What they wrote with it."""
        return format_html('<p class="said">“{}”</p>', asked.message) if asked.message else ""

    @admin.display(description=gettext_lazy("Since"), ordering="asked_at")
    def asked(self, asked: JoinRequest) -> str:
        """How long they have waited."""
        return _("{time} ago").format(time=timesince(asked.asked_at, depth=1))

    def press(self, request: HttpRequest, row: JoinRequest, name: str) -> str:
        person = person_of(request)
        if name == "yes":
            services.accept_request(request=row, by=person)
            said = _("{who} has a seat at {circle} now, and hears from us by mail.")
        else:
            services.decline_request(request=row, by=person)
            said = _("{who} hears from us, kindly, that it is not now.")
        return said.format(who=row.person, circle=row.circle)

    @admin.action(description=gettext_lazy("Say yes to those who are ticked"))
    def say_yes(self, request: HttpRequest, queryset: QuerySet[JoinRequest]) -> None:
        """Yes to several at once."""
        self.press_all(request, queryset, "yes")

    @admin.action(description=gettext_lazy("“Not now” to those who are ticked"))
    def say_not_now(self, request: HttpRequest, queryset: QuerySet[JoinRequest]) -> None:
        """Not now to several at once."""
        self.press_all(request, queryset, "not-now")


@admin.register(Invitation)
class InvitationAdmin(ButtonsAdmin):
    """Invitations on their way to a congregation."""

    panel_order = 40
    list_display = ("whom", "invited_by", "open_until", "where", "row_buttons")
    list_filter = (CongregationFilter,)
    list_select_related = ("person", "circle", "invited_by")
    search_fields = ("person__name", "email")
    search_help_text = gettext_lazy("Look for a name or an address")
    ordering = ("-invited_at", "-pk")
    actions = ("take_back",)
    buttons = {"take-back": gettext_lazy("Take back")}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        waiting = Invitation.objects.waiting()
        return super().get_queryset(request).filter(pk__in=waiting.values("pk"))

    @admin.display(description=gettext_lazy("For"))
    def whom(self, invitation: Invitation) -> str:
        """The person, or the address it went to."""
        return str(invitation.person or invitation.email)

    @admin.display(description=gettext_lazy("Open until"), ordering="expires_at")
    def open_until(self, invitation: Invitation) -> str:
        """The day on which it grows too old."""
        return date_format(timezone.localtime(invitation.expires_at), "j F")

    def press(self, request: HttpRequest, row: Invitation, name: str) -> str:
        services.withdraw_invitation(invitation=row, by=person_of(request))
        return _("The invitation for {whom} is taken back.").format(whom=self.whom(row))

    @admin.action(description=gettext_lazy("Take back those that are ticked"))
    def take_back(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        """Withdraw several at once."""
        self.press_all(request, queryset, "take-back")
