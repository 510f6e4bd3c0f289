"""The steward's panel: Django's admin, open to stewards, each for their own congregations."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from circles.seats import seats_of
from people.models import Person
from people.signed_in import person_of

# Addresses of Django's admin that this panel does not have. Passwords are changed on the account
# pages; "view on site" would hand out the address of any row, also of an invitation.
LEFT_OUT = {"view_on_site", "autocomplete", "password_change", "password_change_done"}


class StewardSite(AdminSite):
    """Open to installation staff and to whoever stewards a congregation.

    What each of them sees inside is decided by the querysets of the model admins.
    """

    site_header = _("The steward’s panel")
    site_title = _("Common Table")
    index_title = _("What is waiting")
    site_url = "/today/"
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take only classes written for this panel: a package's own may show secrets."""
        if getattr(admin_class, "belongs_to_panel", False):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        person = request.user
        if not isinstance(person, Person) or not person.is_active:
            return False
        seats = [] if person.is_staff else seats_of(person)
        return person.is_staff or any(seat.is_steward and seat.circle.is_open for seat in seats)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """As Django's, but somebody signed in who is no steward is told so."""

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            response: HttpResponseBase = inner(request, *args, **kwargs)
            return response

        inner = super().admin_view(view, cacheable)
        return guarded

    def get_urls(self) -> list[Any]:
        return [url for url in super().get_urls() if getattr(url, "name", "") not in LEFT_OUT]

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Visitors sign in where everybody does, with its rate limit and second factor."""
        if self.has_permission(request):
            wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
            safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()})
            return redirect(wanted if safe else "admin:index")
        answer: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return answer

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_logout")

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> Any:
        return redirect("admin:index")

    def get_log_entries(self, request: HttpRequest) -> Any:
        return []

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        inside = self.has_permission(request)
        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "site_url": reverse("home:today"),
            "has_permission": inside,
            "is_popup": False,
            "is_nav_sidebar_enabled": False,
            "panel_lists": self._lists(request) if inside else [],
        }

    def _lists(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The lists that this person may open, in the order in which they are needed."""
        ours: list[Any] = [
            one for one in self._registry.values() if one.has_module_permission(request)
        ]
        return [
            {
                "name": one.list_name,
                "url": reverse(
                    f"admin:{one.opts.app_label}_{one.opts.model_name}_changelist",
                    current_app=self.name,
                ),
            }
            for one in sorted(ours, key=lambda one: one.panel_order)
        ]

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """What is waiting, for a steward with twenty minutes."""
        from congregation.waiting.stewards import waiting_for

        context = {
            **self.each_context(request),
            "title": self.index_title,
            "waiting": waiting_for(person_of(request)),
            **(extra_context or {}),
        }
        request.current_app = self.name
        return TemplateResponse(request, "admin/index.html", context)
