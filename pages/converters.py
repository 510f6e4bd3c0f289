"""Parts of addresses."""


class RowConverter:
    """The number of a row: as many digits as every database can look up."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)
