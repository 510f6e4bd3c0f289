"""A mail as it travels, read by Python's own parser as a mail program would."""

from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

import pytest
from django.core import mail
from django.core.mail import mailers
from hypothesis import given
from hypothesis import strategies as st

from notifications.mime import Mail, named

# What a person can type: no lone surrogates, no line breaks in one line.
LINE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=80)
TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n"))


def written(**fields: Any) -> tuple[bytes, EmailMessage]:
    """As bytes, and as a mail program reads them."""
    fields.setdefault("to", ["friend@example.org"])
    message = Mail(**{"subject": "Good evening", "body": "Come in.", **fields})
    raw = message.message(policy=policy.SMTP).as_bytes()
    read = message_from_bytes(raw, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return raw, read


def content(read: EmailMessage, kind: str) -> str:
    part = read.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


@given(LINE.map(lambda text: " ".join(text.split())), TEXT, TEXT)
def test_every_word_arrives_as_it_was_meant(subject: str, text: str, html: str) -> None:
    raw, read = written(subject=subject, body=text, alternatives=[(html, "text/html")])
    assert read["Subject"] == subject
    assert content(read, "plain").rstrip("\n") == text.rstrip("\n")
    assert content(read, "html").rstrip("\n") == html.rstrip("\n")
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


@given(LINE.filter(lambda name: name.strip() == name and "  " not in name))
def test_every_name_arrives_as_it_is_written(name: str) -> None:
    raw, _ = written(to=[named(name, "friend@example.org")])
    # The older policy knows that the space between two encoded words is none (RFC 2047, 6.2).
    read = message_from_bytes(raw, policy=policy.compat32)
    written_name, address = parseaddr(read["To"])
    decoded = str(make_header(decode_header(written_name)))
    assert (decoded, address) == (name, "friend@example.org")


def test_an_address_in_any_script_goes_by_its_plain_name() -> None:
    assert (
        named("Jürgen", "j@münchen.example") == "=?utf-8?q?J=C3=BCrgen?= <j@xn--mnchen-3ya.example>"
    )


@pytest.mark.parametrize("broken", ["a\nBcc: everybody@example.org", "a\rb", "é\nBcc: x@y.z"])
def test_a_line_break_makes_no_header(broken: str) -> None:
    with pytest.raises(ValueError, match="line break"):
        written(subject=broken)
    with pytest.raises(ValueError, match="line break"):
        written(headers={"List-Unsubscribe": broken})


def test_a_file_arrives_byte_by_byte() -> None:
    file = "BEGIN:VCALENDAR\r\nSUMMARY:Küche 🌿\r\nEND:VCALENDAR\r\n"
    _, read = written(attachments=[("table.ics", file.encode(), "text/calendar")])
    (part,) = read.iter_attachments()
    assert part.get_filename() == "table.ics"
    assert part.get_content_type() == "text/calendar"
    assert part.get_payload(decode=True) == file.encode()


def test_what_looks_like_the_end_of_a_part_is_words_all_the_same() -> None:
    text = "--=_alternative\n--=_mixed--\nafter"
    _, read = written(body=text, alternatives=[(text, "text/html")])
    assert content(read, "plain") == content(read, "html") == text


def test_the_backend_of_the_settings_reads_addresses_as_they_are_written(settings: Any) -> None:
    settings.MAILERS = {
        "default": {"BACKEND": "notifications.mime.SmtpBackend", "OPTIONS": {"host": "localhost"}}
    }
    backend: Any = mailers.default
    assert backend.prep_address(named("Zoë, of the table", "zoe@example.org")) == "zoe@example.org"
    assert backend.prep_address(mail.EmailMessage(to=["a@b.example"]).to[0]) == "a@b.example"
