"""What the tests of pages share."""

import re

from django.urls import reverse

from congregation.models import Congregation
from tests.reading import signed_in as signed_in
from tests.reading import text as text


def page(name: str, congregation: Congregation) -> str:
    return reverse(f"congregation:{name}", args=[congregation.pk])


def options(words: str, name: str) -> set[str]:
    """What the select of that name offers; elsewhere on a page stand other numbers."""
    select = words.partition(f'<select name="{name}"')[2].partition("</select>")[0]
    return set(re.findall(r'<option value="([^"]*)"', select))


def chosen(words: str, name: str) -> set[str]:
    """What is chosen there: of a select, of boxes to tick."""
    select = words.partition(f'<select name="{name}"')[2].partition("</select>")[0]
    picked = re.findall(r'<option value="([^"]*)"[^>]*\sselected', select)
    boxes = re.findall(rf'<input[^>]*\sname="{name}"[^>]*>', words)
    ticked = [box for box in boxes if re.search(r"\schecked\b", box)]
    return {*picked, *(re.findall(r'value="([^"]*)"', box)[0] for box in ticked)}
