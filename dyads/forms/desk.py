"""What stewards press at the desk of a pairing."""

from django import forms


class SeenForm(forms.Form):
    """A press. `seen` is the version of the pairs that was on the page."""

    seen = forms.IntegerField(min_value=0, max_value=2_147_483_647)


class MoveForm(SeenForm):
    """With whom somebody is put: the number of a place; none, to separate their pair."""

    to = forms.IntegerField(min_value=1, max_value=2**62, required=False)


class AgainForm(SeenForm):
    """Pair again, with or without the pairs that were put together by hand."""

    keeps_by_hand = forms.BooleanField(required=False)
