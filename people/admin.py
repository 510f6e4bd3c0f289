"""People in the panel: for those who look after the installation, and without anything private.

`PanelAdmin` is what every class of the panel has in common.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from people.models import Person

if TYPE_CHECKING:
    AnyModelAdmin = admin.ModelAdmin[Any]
else:
    AnyModelAdmin = admin.ModelAdmin


class PanelAdmin(AnyModelAdmin):
    """Nothing is added or deleted here, and what is not one's own is not there.

    Permission rows of Django play no part. `config.admin.StewardSite` takes only classes that
    say `belongs_to_panel`, so that no package shows its tables by accident.
    """

    belongs_to_panel: ClassVar[bool] = True
    # Place in the panel's navigation; the lowest number first.
    panel_order: ClassVar[int] = 100
    # What the panel calls the list, when that is not the model's own name.
    panel_name: ClassVar[Any] = ""
    list_per_page = 50
    list_max_show_all = 200
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False
    save_on_top = False
    empty_value_display = "–"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.is_ours(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def is_ours(self, request: HttpRequest, obj: Any) -> bool:
        """Whether the row is among those that this person may see; without a row, the list."""
        return obj is None or self.get_queryset(request).filter(pk=obj.pk).exists()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        title = {"title": capfirst(self.list_name)}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    @property
    def list_name(self) -> str:
        """What the list is called in the navigation and above it."""
        return str(self.panel_name or self.opts.verbose_name_plural)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponseRedirect:
        raise Http404


@admin.register(Person)
class PersonAdmin(PanelAdmin):
    """To help somebody who cannot sign in. Stewards never see this."""

    panel_order = 90
    list_display = ("name", "email", "date_joined", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name", "email")
    search_help_text = gettext_lazy("Look for a name or an address")
    ordering = ("name", "pk")
    fields = ("name", "email", "is_active", "date_joined", "last_login")
    readonly_fields = ("email", "date_joined", "last_login")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return isinstance(request.user, Person) and request.user.is_staff

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        person = request.user
        if not isinstance(person, Person) or not person.is_staff:
            return False
        return person.is_superuser or obj is None or not obj.is_superuser
