"""Practices travel as text files, and nothing but small text comes in."""

import io
import tracemalloc
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from library.forms.writing import Writing, content_of
from library.models import Draft, Practice
from library.reading import read
from library.services import begin_draft, offer
from library.services.drafts import MOST_DRAFTS
from library.uploads import LARGEST
from library.writing import write
from tests.factories import make_congregation, make_person
from tests.library.shelf import make_draft, make_whole, signed_in, text

pytestmark = pytest.mark.django_db

DESK = "/practices/desk/"
BRING = f"{DESK}bring/"
GOOD = """---
title: Slow walk 🚶
scale: crew
purpose: To think at the pace of feet, à deux ou à cinq.
people: 3 to 5
minutes: 10
roles: giver
source: 歩く
---

Side by side.

## Steps

- 10 min · giver · Walk: nobody hurries.
"""


def upload(content: bytes | str, name: str = "walk.md") -> SimpleUploadedFile:
    raw = content.encode() if isinstance(content, str) else content
    return SimpleUploadedFile(name, raw, "text/markdown")


@pytest.fixture
def client() -> Client:
    return signed_in(make_person())


# --- taking along ---------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["troika", "case-clinic", "noticing-game"])
def test_a_practice_is_taken_along_as_a_file_that_says_the_same(slug: str) -> None:
    response = Client().get(f"/practices/{slug}/file/")
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{slug}.md"'
    assert read(text(response)) == Practice.objects.get(slug=slug).text


def test_all_of_a_congregations_are_taken_along_in_a_zip() -> None:
    person = make_person()
    estuary = make_congregation(by=person)
    one, two = make_whole(estuary, number=1), make_whole(estuary, number=2)
    make_whole(make_congregation(name="Delta"), number=3)
    url = f"/practices/desk/all/{estuary.pk}/"
    client = signed_in(person)
    assert url in text(client.get("/practices/desk/"))
    with zipfile.ZipFile(io.BytesIO(client.get(url).content)) as bundle:
        files = {name: read(bundle.read(name).decode()) for name in bundle.namelist()}
    assert files == {"practice-1.md": one.text, "practice-2.md": two.text}
    assert signed_in(make_person()).get(url).status_code == 404


def test_it_travels_from_one_congregation_to_another() -> None:
    here, there = make_person(), make_person()
    delta = make_congregation(by=there, name="Delta")
    original = make_whole(make_congregation(by=here), here, title="Troika")
    file = text(signed_in(here).get(f"{original.get_absolute_url()}file/"))
    client = signed_in(there)
    page = client.post(BRING, {"file": upload(file)})
    assert page.status_code == 200
    client.post(BRING, {"text": file, "do": "keep"})
    arrived = offer(draft=Draft.objects.get(), by=there, home=delta)
    assert arrived is not None
    assert arrived.slug not in {original.slug, "troika"}
    assert arrived.text == original.text


# --- bringing -------------------------------------------------------------------------------


def test_a_file_is_looked_at_before_anything_is_kept(client: Client) -> None:
    page = text(client.post(BRING, {"file": upload("\ufeff" + GOOD.replace("\n", "\r\n"))}))
    assert "This is what the file says" in page
    assert "<h1>Slow walk 🚶</h1>" in page
    assert "à deux ou à cinq" in page
    assert "From: 歩く" in page
    assert not Draft.objects.exists()
    client.post(BRING, {"text": GOOD, "do": "keep"})
    draft = Draft.objects.get()
    assert draft.content == content_of(read(GOOD))
    assert "Only you can see this" in text(client.get(draft.get_absolute_url()))


def test_text_can_be_pasted(client: Client) -> None:
    assert "This is what the file says" in text(client.post(BRING, {"text": GOOD}))


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        ("scale: crew", "scale: boat", "Line 3: scale is one of"),
        ("people: 3 to 5", "people: 3 to 9", "Line 5: at this scale"),
        ("minutes: 10", "minutes: 11", "Line 6: the steps take 10 minutes, the head says 11"),
        ("title: Slow walk 🚶", f"title: {'x' * 121}", "Line 2: that is 121 letters"),
        ("- 10 min", "10 min", "Line 15: a step reads"),
        ("---\ntitle", "title", "Line 1: the file begins with"),
        ("## Steps", "## <script>alert(1)</script>", "Line 13: unknown section"),
    ],
)
def test_what_is_wrong_is_named_by_its_line_and_can_be_put_right_at_once(
    client: Client, good: str, bad: str, says: str
) -> None:
    response = client.post(BRING, {"file": upload(GOOD.replace(good, bad, 1))})
    assert response.status_code == 422
    page = text(response)
    assert says in page
    assert "nobody hurries." in page.partition("<textarea")[2]
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "raw",
    [
        "Straße".encode("latin-1") + GOOD.encode(),
        GOOD.encode("utf-16"),
        b"PK\x03\x04" + bytes(range(256)),
        GOOD.encode() + b"\x00",
        b"\x89PNG\r\n\x1a\n" + bytes(200),
    ],
    ids=["latin-1", "utf-16", "zip", "nul", "png"],
)
def test_what_is_no_text_is_told_so(client: Client, raw: bytes) -> None:
    response = client.post(BRING, {"file": upload(raw)})
    assert response.status_code == 422
    assert "no plain text that can be read here" in text(response)
    assert not Draft.objects.exists()


def test_a_bomb_in_a_zip_is_not_opened(client: Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("walk.md", b"0" * 50_000_000)
    assert len(packed.getvalue()) < LARGEST
    response = client.post(BRING, {"file": upload(packed.getvalue(), "walk.zip")})
    assert "out of a zip, take one file" in text(response)


@pytest.mark.parametrize("data", [{}, {"text": ""}, {"text": "  "}, {"text": GOOD[:40]}], ids=str)
def test_nothing_and_half_of_it_are_explained(client: Client, data: dict[str, str]) -> None:
    response = client.post(BRING, data)
    assert response.status_code == 422
    assert 'id="id_text_error"' in text(response)


def test_an_empty_file_is_explained(client: Client) -> None:
    response = client.post(BRING, {"file": upload(b"")})
    assert response.status_code == 422
    assert "Choose a file, or paste its text here." in text(response)


def test_script_in_a_file_is_words_and_nothing_else(client: Client) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    file = GOOD.replace("Slow walk 🚶", evil).replace("Side by side.", evil)
    file = file.replace("nobody hurries.", f"{evil} javascript:alert(3)").replace("歩く", evil)
    file = file.replace("giver", '"><b onclick=x>')
    looked = text(client.post(BRING, {"file": upload(file)}))
    client.post(BRING, {"text": file, "do": "keep"})
    draft = Draft.objects.get()
    pages = [
        looked,
        text(client.get(draft.get_absolute_url())),
        text(client.get("/practices/desk/")),
    ]
    pages.append(text(client.get(f"{draft.get_absolute_url()}edit/")))
    for page in pages:
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b onclick" not in page
        assert 'href="javascript' not in page


# --- what is large --------------------------------------------------------------------------


def test_fifty_megabytes_are_refused_without_being_kept_anywhere(client: Client) -> None:
    body = _Endless(50 * 1024 * 1024)
    client.post(BRING, {})  # so that templates are read before anything is measured
    tracemalloc.start()
    response = client.generic(
        "POST",
        BRING,
        **{
            "wsgi.input": body,
            "CONTENT_LENGTH": str(body.length),
            "CONTENT_TYPE": f"multipart/form-data; boundary={_Endless.BOUNDARY}",
        },  # type: ignore[arg-type]
    )
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert response.status_code == 422
    assert "far more than one practice" in text(response)
    assert body.left == 0
    assert peak < 4 * 1024 * 1024, peak


class _Endless(io.RawIOBase):
    """The body of an upload that is made while it is read."""

    BOUNDARY = "table"

    def __init__(self, size: int) -> None:
        self.head = (
            f'--{self.BOUNDARY}\r\nContent-Disposition: form-data; name="file"; '
            'filename="walk.md"\r\nContent-Type: text/markdown\r\n\r\n'
        ).encode()
        self.tail = f"\r\n--{self.BOUNDARY}--\r\n".encode()
        self.length = len(self.head) + size + len(self.tail)
        self.left = self.length

    def read(self, size: int = -1) -> bytes:
        size = self.left if size < 0 else min(size, self.left)
        at = self.length - self.left
        self.left -= size
        raw = self.head[at : at + size]
        raw += b"-" * min(size - len(raw), max(0, self.length - len(self.tail) - at - len(raw)))
        return raw + self.tail[len(self.tail) - (self.left + size - len(raw)) :][: size - len(raw)]


def test_many_files_at_once_are_no_way_around_it(client: Client) -> None:
    files = [upload("x" * (LARGEST // 2), f"{number}.md") for number in range(3)]
    response = client.post(BRING, {"file": files})
    assert "far more than one practice" in text(response)


def test_the_largest_practice_there_can_be_still_fits(client: Client) -> None:
    text_of = read(GOOD)
    fields = {name: getattr(text_of, name) for name in type(text_of).__dataclass_fields__}
    step = text_of.steps[0]
    words = type(step)(title="𝓐" * 120, words="𝓐" * 1_000, minutes=8, who="giver")
    fields |= {"opening": "𝓐" * 10_000, "caution": "𝓐" * 2_000, "steps": (words,) * 60}
    large = type(text_of)(**{**fields, "minutes": 480})
    file = write(large)
    assert len(file.encode()) < LARGEST
    assert "This is what the file says" in text(client.post(BRING, {"file": upload(file)}))
    client.post(BRING, {"text": file, "do": "keep"})
    writing = Writing(Draft.objects.get().content, checked=True)
    assert writing.is_complete()
    assert writing.text() == large


def test_a_pasted_text_that_is_far_too_long_is_refused_too(client: Client) -> None:
    for letters in (301_000, 3_000_000):
        response = client.post(BRING, {"text": "x" * letters})
        assert response.status_code == 422
        assert "far more than one practice" in text(response)


def test_without_the_token_nothing_is_taken() -> None:
    person = make_person()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)
    assert strict.post(BRING, {"text": GOOD, "do": "keep"}).status_code == 403
    assert not Draft.objects.exists()
    strict.get(BRING)
    token = strict.cookies["csrftoken"].value
    answer = strict.post(BRING, {"text": GOOD, "do": "keep", "csrfmiddlewaretoken": token})
    assert answer.status_code == 303
    assert Draft.objects.count() == 1


def test_a_full_desk_says_so_and_keeps_the_text() -> None:
    person = make_person()
    for _number in range(MOST_DRAFTS):
        make_draft(person)
    response = signed_in(person).post(BRING, {"text": GOOD, "do": "keep"})
    assert response.status_code == 422
    assert "Your desk is full" in text(response)
    assert "nobody hurries." in text(response)


def test_what_was_brought_keeps_where_it_comes_from() -> None:
    person = make_person()
    estuary = make_congregation(by=person)
    draft = begin_draft(by=person, content=content_of(read(GOOD)))
    practice = offer(draft=draft, by=person, home=estuary)
    assert practice is not None
    assert practice.source == "歩く"
