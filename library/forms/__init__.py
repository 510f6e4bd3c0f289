"""What people type in the library, by noun."""

from library.forms.search import SearchForm

__all__ = ["SearchForm"]
