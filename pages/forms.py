"""What every form shares: how it is drawn, and classes of Django's that tell their type."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.renderers import TemplatesSetting

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


class FormRenderer(TemplatesSetting):
    """Label, hint, field, and beside it what to put right."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
