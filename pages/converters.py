"""Numbers of rows, in addresses and in what a browser sends."""

import re


class RowConverter:
    """The number of a row: as many digits as every database can look up."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


A_ROW = re.compile(RowConverter.regex)


def row_in(sent: object) -> int | None:
    """The number of a row in what was sent; None when there is no such thing in it."""
    text = str(sent)
    return int(text) if A_ROW.fullmatch(text) else None
