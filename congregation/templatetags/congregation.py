"""Words about people, for templates."""

from django import template

from people.languages import names

register = template.Library()


@register.filter
def language_names(codes: list[str]) -> str:
    """Languages by their own names: "Português, English"."""
    return ", ".join(names(codes))
