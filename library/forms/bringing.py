"""Bringing a practice from a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from library.reading import PracticeText, PracticeTextError, read

# In letters; the largest practice there can be is a quarter of it.
MOST_LETTERS = 300_000


class BringForm(forms.Form):
    """A file, or its text."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("The file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".md,.txt,text/plain,text/markdown"}),
    )
    text = forms.CharField(
        label=_("Or its text, pasted here"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        error_messages={"required": _("Choose a file, or paste its text here.")},
    )

    practice: PracticeText

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text) > MOST_LETTERS:
            raise forms.ValidationError(TOO_LARGE)
        try:
            self.practice = read(text)
        except PracticeTextError as error:
            raise forms.ValidationError(str(error)) from error
        return text


TOO_LARGE = _("That is far more than one practice. Take a file that holds one of them.")
NOT_TEXT = _(
    "That is no plain text that can be read here. Save it as text in “UTF-8” and try once more; "
    "out of a zip, take one file."
)
