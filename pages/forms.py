"""What every form shares: how it is drawn, and classes of Django's that tell their type."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core import validators
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

if TYPE_CHECKING:
    ModelForm = forms.ModelForm
    ModelChoiceField = forms.ModelChoiceField
else:

    class ModelChoiceField(forms.ModelChoiceField):
        """Django's, which type checkers know as generic and Python does not."""

        def __class_getitem__(cls, model: Any) -> Any:
            return cls

    class ModelForm(forms.ModelForm):
        """Django's, which type checkers know as generic and Python does not."""

        def __class_getitem__(cls, model: Any) -> Any:
            return cls


def offer(form: forms.BaseForm, name: str, choices: Any) -> None:
    """Let the field of that name be chosen from these choices, or rows of the database.

    Raises TypeError for a field that is typed.
    """
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = choices
    elif isinstance(field, forms.ChoiceField):
        field.choices = choices
    else:
        raise TypeError(f"{name} is not chosen from a list")


class FormRenderer(TemplatesSetting):
    """Label, hint, field, and beside it what to put right."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


def say_it_our_way() -> None:
    """Give Django's own fields our words for what is most often to be put right."""
    forms.Field.default_error_messages["required"] = _("Please fill this in.")
    forms.ChoiceField.default_error_messages["invalid_choice"] = _("Choose one from the list.")
    forms.IntegerField.default_error_messages["invalid"] = _("Write a whole number.")
    forms.DateField.default_error_messages["invalid"] = _("Choose a day.")
    forms.TimeField.default_error_messages["invalid"] = _("Choose a time.")
    validators.EmailValidator.message = _("That is no e-mail address yet. Look at it once more.")
    validators.MaxLengthValidator.message = ngettext_lazy(
        "That is %(show_value)d letters; there is room for %(limit_value)d.",
        "That is %(show_value)d letters; there is room for %(limit_value)d.",
        "limit_value",
    )
