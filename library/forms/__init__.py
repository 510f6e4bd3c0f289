"""What people type in the library, by noun."""

from library.forms.search import SearchForm
from library.forms.writing import Writing

__all__ = ["SearchForm", "Writing"]
