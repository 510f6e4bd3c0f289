"""What stewards press at the desk of a pairing."""

from django import forms

NOBODY = "nobody"


class SeenForm(forms.Form):
    """A press. `seen` is the version of the pairs that was on the page."""

    seen = forms.IntegerField(min_value=0, max_value=2_147_483_647)


class MoveForm(SeenForm):
    """With whom somebody is put: the number of a place, or nobody, which separates their pair."""

    to = forms.RegexField(rf"^([0-9]{{1,18}}|{NOBODY})$")


class AgainForm(SeenForm):
    """Pair again, with or without the pairs that were put together by hand."""

    keeps_by_hand = forms.BooleanField(required=False)
