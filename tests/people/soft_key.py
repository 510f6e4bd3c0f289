"""A passkey made of software, which answers as a phone would: for tests of the server alone."""

import json
from hashlib import sha256
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from people.models import Person

HOST, ORIGIN = "localhost", "http://localhost"
FLAG = AuthenticatorData.FLAG
SESSION = "mfa.webauthn.state"


def _handle(person: Person) -> str:
    """As allauth names a person to a passkey; also numbers that no person has."""
    return user_pk_to_url_str(person) if person.pk >= 0 else str(person.pk)


class SoftKey:
    """One passkey; `verifies` says whether it asks its owner for a finger."""

    def __init__(self, host: str = HOST, origin: str = ORIGIN, *, verifies: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = sha256(str(id(self)).encode()).digest()
        self.host, self.origin = host, origin
        self.flags = FLAG.UP | FLAG.UV if verifies else FLAG.UP

    def made(self, challenge: bytes) -> dict[str, Any]:
        """The answer to "make a passkey"."""
        public = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        data = AttestedCredentialData.create(bytes(16), self.id, public)
        seen = AuthenticatorData.create(self._host(), self.flags | FLAG.AT, 0, data)
        response = {"attestationObject": websafe_encode(AttestationObject.create("none", seen, {}))}
        return self._answer("webauthn.create", challenge, response)

    def shown(self, challenge: bytes, person: Person) -> dict[str, Any]:
        """The answer to "show it"."""
        seen = AuthenticatorData.create(self._host(), self.flags, 1)
        said = self._said("webauthn.get", challenge)
        signed = self.key.sign(bytes(seen) + said.hash, ec.ECDSA(hashes.SHA256()))
        response = {
            "authenticatorData": websafe_encode(seen),
            "signature": websafe_encode(signed),
            "userHandle": websafe_encode(_handle(person).encode()),
        }
        return self._answer("webauthn.get", challenge, response)

    def _host(self) -> bytes:
        return sha256(self.host.encode()).digest()

    def _said(self, kind: str, challenge: bytes) -> CollectedClientData:
        return CollectedClientData.create(kind, challenge, self.origin)

    def _answer(self, kind: str, challenge: bytes, response: dict[str, Any]) -> dict[str, Any]:
        said = websafe_encode(self._said(kind, challenge))
        name = websafe_encode(self.id)
        whole = {"clientDataJSON": said, **response}
        return {"id": name, "rawId": name, "type": "public-key", "response": whole}


def challenge_of(client: Client) -> bytes:
    """What the page that was opened last asked for."""
    return websafe_decode(client.session[SESSION]["challenge"])


def give_passkey(person: Person, name: str = "My phone") -> tuple[SoftKey, Authenticator]:
    """A passkey the account knows."""
    key = SoftKey()
    kept = Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": name, "credential": key.made(b"long ago, and far away")},
    )
    return key, kept


def posted(answer: object) -> dict[str, str]:
    """As the form sends it."""
    return {"credential": json.dumps(answer)}
