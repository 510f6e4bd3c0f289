"""Languages people speak with each other: ISO 639-1 codes and their own names."""

from collections.abc import Iterable

LANGUAGES: tuple[tuple[str, str], ...] = (
    ("ar", "العربية"), ("bg", "Български"), ("bn", "বাংলা"), ("ca", "Català"), ("cs", "Čeština"),
    ("cy", "Cymraeg"), ("da", "Dansk"), ("de", "Deutsch"), ("el", "Ελληνικά"), ("en", "English"),
    ("eo", "Esperanto"), ("es", "Español"), ("et", "Eesti"), ("eu", "Euskara"), ("fa", "فارسی"),
    ("fi", "Suomi"), ("fr", "Français"), ("ga", "Gaeilge"), ("gl", "Galego"), ("he", "עברית"),
    ("hi", "हिन्दी"), ("hr", "Hrvatski"), ("hu", "Magyar"), ("id", "Bahasa Indonesia"),
    ("is", "Íslenska"), ("it", "Italiano"), ("ja", "日本語"), ("ko", "한국어"), ("lt", "Lietuvių"),
    ("lv", "Latviešu"), ("mi", "Te reo Māori"), ("nl", "Nederlands"), ("no", "Norsk"),
    ("pl", "Polski"), ("pt", "Português"), ("ro", "Română"), ("ru", "Русский"),
    ("sk", "Slovenčina"), ("sl", "Slovenščina"), ("sr", "Српски"), ("sv", "Svenska"),
    ("sw", "Kiswahili"), ("ta", "தமிழ்"), ("tr", "Türkçe"), ("uk", "Українська"), ("ur", "اردو"),
    ("vi", "Tiếng Việt"), ("zh", "中文"),
)  # fmt: skip

NAMES = dict(LANGUAGES)


def with_first(codes: Iterable[str]) -> list[tuple[str, str]]:
    """All of them, these before the others, so that nobody looks for their own in a long list."""
    first = set(codes)
    return sorted(LANGUAGES, key=lambda row: row[0] not in first)


def names(codes: list[str]) -> list[str]:
    """The languages' own names, in the order given; unknown codes are left out."""
    return [NAMES[code] for code in codes if code in NAMES]
