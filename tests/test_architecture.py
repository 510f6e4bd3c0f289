"""The house keeps its plan: floors, sizes, and ways that are closed."""

import ast
import re
import shutil
import subprocess
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# An app imports only from floors below its own. docs/architecture.md draws it.
FLOORS = {
    "config": 9,
    "home": 8,
    "crews": 7,
    "dyads": 7,
    "congregation": 6,
    "selfwork": 6,
    "practice": 5,
    "library": 4,
    "circles": 3,
    "notifications": 2,
    "people": 1,
    "keystore": 0,
    "pages": 0,
}
# The admin site's first page shows what waits in congregations; it is wiring.
LONGEST_FILE = 400
LONGEST_VIEW = 32


def _all_files() -> list[Path]:
    made = {".venv", "var", "__pycache__", ".git"}
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not made & set(path.relative_to(ROOT).parts) and path.name != ".env"
    ]


def _fits(path: Path, pattern: str) -> bool:
    # As git reads a pattern: without a slash it fits in any folder, and * crosses folders.
    return fnmatch(str(path.relative_to(ROOT)), pattern)


@cache
def tracked(*patterns: str) -> list[Path]:
    """Files that are, or would be, committed; without git, all but what is made."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        return [path for path in _all_files() if any(_fits(path, one) for one in patterns or "*")]
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def python_of(app: str) -> list[Path]:
    return [path for path in tracked(f"{app}/*.py") if "migrations" not in path.parts]


@cache
def nodes(path: Path) -> list[ast.AST]:
    """Everything that stands in a file of Python."""
    return list(ast.walk(ast.parse(path.read_text())))


@cache
def imports(path: Path) -> set[str]:
    """The top names of everything a file imports, also inside its functions."""
    found: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_every_app_has_a_floor() -> None:
    folders = {path.parent.name for path in tracked("*/__init__.py") if path.parent.parent == ROOT}
    assert folders - {"tests"} == set(FLOORS)


@pytest.mark.parametrize("app", sorted(FLOORS))
def test_an_app_imports_only_what_lies_below(app: str) -> None:
    wrong = {
        (str(path.relative_to(ROOT)), other)
        for path in python_of(app)
        for other in imports(path) & FLOORS.keys()
        if other != app and FLOORS[other] >= FLOORS[app]
    }
    assert wrong == set()


def test_the_code_knows_nothing_of_its_tests() -> None:
    assert [path for app in FLOORS for path in python_of(app) if "tests" in imports(path)] == []


def test_no_file_is_too_long() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked("*.py", "*.html", "*.css", "*.js")
        if "migrations" not in path.parts
        and (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_no_view_is_too_long() -> None:
    long = {}
    for path in tracked("*/*views.py", "*/views/*.py", "home/today.py", "home/visitors.py"):
        for node in nodes(path):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= (
                LONGEST_VIEW
            ):
                long[f"{path.relative_to(ROOT)}:{node.name}"] = (node.end_lineno or 0) - node.lineno
    assert long == {}


CLOSED = [
    # What must not be there, where, and why.
    (r"\.delay\(", "*.py", "jobs are asked for after the commit, by notifications.services"),
    (
        r"(?<!def )\bsend_mail\(|\.send\(\)|EmailMessage\(\)\.send",
        "*.py",
        "mail goes through the ledger",
    ),
    (r"mark_safe|\|safe\b", "*.py", "format_html escapes"),
    (r"\|safe\b|autoescape off", "*.html", "templates escape"),
    (r"datetime\.now\(\)|utcnow\(|date\.today\(", "*.py", "time is aware"),
    (r"""\sstyle=["']|\son[a-z]+=["']|hx-on|javascript:""", "*.html", "the CSP forbids it"),
    (r"hx-[a-z-]+=[\"']js:", "*.html", "the CSP forbids it"),
    (r"""href=["']#["']""", "*.html", "a dead link"),
    (r"""(src|href)=["']https?://""", "*.html", "nothing is loaded from another host"),
    (r"url\(\s*[\"']?https?:|@import", "*.css", "nothing is loaded from another host"),
]


@pytest.mark.parametrize(("pattern", "files", "why"), CLOSED, ids=[row[2] for row in CLOSED])
def test_closed_ways(pattern: str, files: str, why: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in tracked(files)
        # A mail has its style inside, and a test may name what it forbids.
        if path.parts[len(ROOT.parts)] not in {"tests"} and "mail" not in path.parts
        for line in path.read_text().splitlines()
        if re.search(pattern, line)
    ]
    assert found == [], why


def test_no_registry_and_no_path_of_a_machine() -> None:
    """Built from pieces, so that this file does not name what it forbids."""
    hosts = "|".join(["py" + r"pi\.org", "pythonhos" + "ted", "npm" + r"js\.", "deb" + r"\.debian"])
    paths = "|".join(["/wo" + "rk/", "/ro" + "ot/", "/fa" + "rm/"])
    found = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix not in {".png", ".jpg", ".webp"}
        and re.search(f"({hosts})|(?:^|[^a-z])({paths})", path.read_text())
    ]
    assert found == []


def test_every_view_says_who_may_come() -> None:
    """No view may be open by accident: visitors come in only where it is written down."""
    open_ones = {
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in tracked("*.py")
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef)
        and any("login_not_required" in ast.unparse(one) for one in node.decorator_list)
    }
    assert open_ones == {
        "circles/views/invitations.py:invitation",
        "circles/views/invitations.py:link",
        "config/admin.py:login",
        "dyads/views/by_mail.py:say_met",
        "dyads/views/by_mail.py:take_time",
        "dyads/views/places.py:from_mail",
        "home/mailbox_views.py:file",
        "home/mailbox_views.py:html",
        "home/mailbox_views.py:index",
        "home/mailbox_views.py:mail",
        "home/visitors.py:idea",
        "home/visitors.py:privacy",
        "home/visitors.py:welcome",
        "library/views/programmes.py:index",
        "library/views/programmes.py:programme",
        "library/views/files.py:file",
        "library/views/history.py:edition",
        "library/views/history.py:history",
        "library/views/shelf.py:index",
        "library/views/shelf.py:practice",
        "notifications/views.py:healthz",
        "notifications/views.py:start",
        "notifications/views.py:stop",
        "practice/views/feed.py:read",
        "practice/views/reply.py:reply",
    }


@pytest.mark.parametrize(
    ("rules", "files"), [("practice/rules", 5), ("crews/rules", 5), ("dyads/rules", 1)]
)
def test_rules_ask_no_database_and_no_clock(rules: str, files: int) -> None:
    # A limit of time may be kept by a monotonic clock, which says nothing of the day.
    asked = re.compile(
        r"\.models import (?!TextChoices)|\.objects\b|timezone\.now|\.now\(\)|time\.time\(\)"
    )
    found = {path.name: asked.findall(path.read_text()) for path in python_of(rules)}
    assert len(found) > files
    assert not {name: words for name, words in found.items() if words}
