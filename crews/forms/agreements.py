"""What came of the three conversations, and asking to talk about it again."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from crews.models import Reopening
from crews.models.agreements import LONGEST_TEXT
from crews.rules.agreements import FIELDS, Texts
from pages.forms import ModelForm


def _text(label: Any, help_text: Any, rows: int) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST_TEXT, required=False, widget=widget
    )


class AgreementsForm(forms.Form):
    """Three texts, each introduced by its conversation; with the marks of what the writer saw."""

    # Not each must be filled in, yet none is by the way.
    one_of_several = FIELDS
    together = _text(
        _("How you want to be together"),
        _(
            "Imagine the last evening, and it was wonderful: what did you do? And what would "
            "spoil it? A line for each thing that all can say yes to."
        ),
        6,
    )
    meeting = _text(
        _("When you meet"),
        _("Which rhythm is bearable for everyone, at which hour, and where?"),
        3,
    )
    commitment = _text(
        _("What you commit to, and for how long"),
        _("How many meetings? What do you do when somebody cannot come? How does it end?"),
        4,
    )

    def __init__(self, *args: Any, now: Texts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            self.fields[f"seen_{name}"] = forms.CharField(
                max_length=16, required=False, widget=forms.HiddenInput()
            )
            self.initial[name] = getattr(now, name)
            self.initial[f"seen_{name}"] = now.marks[name]

    @property
    def texts(self) -> Texts:
        """What was written."""
        return Texts(**{name: self.cleaned_data[name] for name in FIELDS})

    @property
    def seen(self) -> dict[str, str]:
        """The marks of what the writer began from."""
        return {name: self.cleaned_data[f"seen_{name}"] for name in FIELDS}

    def show_clash(self, fields: tuple[str, ...], now: Texts, words: str) -> None:
        """Keep what was written, say beside it what stands now, and let the next press decide."""
        data = self.data.dict() if isinstance(self.data, QueryDict) else dict(self.data)
        self.data = data
        for name in FIELDS:
            data[f"seen_{name}"] = now.marks[name]
            if name not in fields and self.cleaned_data[f"seen_{name}"] != now.marks[name]:
                # Somebody else's text that this writer left alone.
                data[name] = getattr(now, name)
        for name in fields:
            self.add_error(name, words)


class ReopeningForm(ModelForm[Reopening]):
    """A word about what should be talked of."""

    class Meta:
        model = Reopening
        fields = ("word",)
        labels = {"word": _("A word about it")}
        help_texts = {"word": _("The others read it on the crew’s page.")}
        widgets = {"word": forms.Textarea(attrs={"rows": 3})}
