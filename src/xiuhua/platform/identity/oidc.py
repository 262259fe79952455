"""Signing in through a provider of the office (OpenID Connect Core 1.0): authorization code with PKCE.

Everything that a stranger could turn is checked: the state is of this very browser and serves once, the nonce is in
the signed answer, the code is worth nothing without the verifier that never left here.
"""

from __future__ import annotations

import secrets
import time
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final, cast
from urllib.parse import urlencode

import httpx

from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import Conflict, NotFound, ProviderRefused
from xiuhua.platform.identity import service
from xiuhua.platform.identity.authentication import Identity
from xiuhua.platform.identity.events import tell
from xiuhua.platform.identity.lock import account_of
from xiuhua.platform.identity.model import Account, Client, NewAccount, system
from xiuhua.platform.identity.signin import SignedIn, open_session
from xiuhua.platform.sql import queries

CALLBACK: Final = "/api/session/oidc/callback"
FLOW_MINUTES: Final = 10
_METADATA_S: Final = 3600.0
_TIMEOUT_S: Final = 10.0
_LEEWAY_S: Final = 60


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """What an installation says of its provider."""

    issuer: str = ""
    client_id: str = ""
    client_secret: str | None = None
    claim: str = "preferred_username"
    create_roles: tuple[str, ...] = ()
    """Roles of accounts made for people unknown; none: nobody is let in who has no account."""
    public_url: str = ""


class Provider:
    """The provider as this process knows it: its addresses and keys are asked for once an hour."""

    def __init__(self, settings: ProviderSettings) -> None:
        self.settings = settings
        self._metadata: tuple[float, dict[str, Any]] = (-_METADATA_S, {})

    def begin(self, database: Database, base: str, city: str | None) -> tuple[str, str]:
        """Where to send the browser, and the state that it keeps in a cookie. Raises `NotFound` without a provider."""
        metadata = self._asked()
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        with self._client(base) as client:
            url, _ = client.create_authorization_url(
                metadata["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
            )
        values = {"state": _digest(state), "city": city, "nonce": nonce, "verifier": verifier}
        with database.transaction() as tx:
            tx.execute(_sql()["begin_flow"], {**values, "now": tx.now})
        return str(url), state

    def finish(
        self, database: Database, identity: Identity, base: str, state: str, code: str, client: Client
    ) -> SignedIn:  # fmt: skip
        """A session for whom the provider vouches for. Raises `ProviderRefused`; why stands in its detail."""
        with database.transaction() as tx:
            since = tx.now - timedelta(minutes=FLOW_MINUTES)
            flow = tx.execute(_sql()["take_flow"], {"state": _digest(state), "since": since}).fetchone()
        if flow is None:
            raise ProviderRefused("The sign-in took too long or was finished already; begin anew.")
        claims = self._claims(base, code, flow.verifier, flow.nonce)
        with database.transaction() as tx:
            account = self._account(tx, identity, claims, flow.city)
            return open_session(tx, identity, account, client, str(claims["sub"]))

    def sign_out_url(self, base: str) -> str | None:
        """Where the browser signs out of the provider as well (RP-Initiated Logout); None where it has no such."""
        address = self._asked().get("end_session_endpoint")
        wanted = {"client_id": self.settings.client_id, "post_logout_redirect_uri": f"{self._base(base)}/"}
        return f"{address}?{urlencode(wanted)}" if address else None

    def _claims(self, base: str, code: str, verifier: str, nonce: str) -> Mapping[str, Any]:
        """What the provider's signed answer says, once it is proved to be meant for us and for this sign-in."""
        from authlib.common.errors import AuthlibBaseError  # noqa: PLC0415 - heavy, and for few installations
        from authlib.oidc.core import CodeIDToken  # noqa: PLC0415
        from joserfc import jwt  # noqa: PLC0415
        from joserfc.errors import JoseError  # noqa: PLC0415
        from joserfc.jwk import KeySet  # noqa: PLC0415

        metadata = self._asked()
        try:
            with self._client(base) as client:
                token = client.fetch_token(metadata["token_endpoint"], code=code, code_verifier=verifier)
            keys = KeySet.import_key_set(cast(Any, _fetched(metadata["jwks_uri"])))
            algorithms = metadata.get("id_token_signing_alg_values_supported", ["RS256"])
            decoded = jwt.decode(token["id_token"], keys, [one for one in algorithms if one[:2] in _SIGNED])
            options = {"iss": {"values": [metadata["issuer"]]}, "aud": {"values": [self.settings.client_id]}}
            params = {"nonce": nonce, "client_id": self.settings.client_id}
            claims = CodeIDToken(decoded.claims, decoded.header, options, params)
            claims.validate(now=int(time.time()), leeway=_LEEWAY_S)
        except (AuthlibBaseError, JoseError, httpx.HTTPError, KeyError, ValueError) as error:
            raise ProviderRefused(f"The provider's answer does not hold: {type(error).__name__}.") from error
        return dict(claims) | self._more(claims, metadata, token["access_token"])

    def _more(self, claims: Mapping[str, Any], metadata: dict[str, Any], access_token: str) -> dict[str, Any]:
        """What the signed answer leaves out and the provider tells whoever holds the token, of the same person."""
        address = metadata.get("userinfo_endpoint")
        if self.settings.claim in claims or not address:
            return {}
        try:
            told = _fetched(address, Authorization=f"Bearer {access_token}")
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderRefused("The provider does not tell who it is.") from error
        return {name: value for name, value in told.items() if name not in claims} if _same(told, claims) else {}

    def _account(self, tx: Tx, identity: Identity, claims: Mapping[str, Any], city: str | None) -> Account:
        issuer, subject = self.settings.issuer, str(claims["sub"])
        bound = {"issuer": issuer, "subject": subject, "city": city}
        rows = tx.execute(_sql()["account_of_subject"], bound).fetchall()
        if not rows:
            name = service.normal_name(self._name(claims))
            values = {"name": name, "city": city, "device": None}
            rows = tx.execute(_sql()["find_accounts"], values).fetchall()
            if not rows and self.settings.create_roles:
                rows = [self._made(tx, identity, name, claims, city)]
            if len(rows) == 1:
                binding = {**bound, "city": rows[0].city, "account": rows[0].name, "now": tx.now}
                if tx.execute(_sql()["bind_subject"], binding).fetchone() is None:
                    raise ProviderRefused("The account belongs to another person of the provider.")
                tell(tx, system(rows[0].city), "", "ProviderBound", [(rows[0].person, {"issuer": issuer})])
        if len(rows) != 1:
            raise ProviderRefused("There is no account for this person, or in several cities.")
        return account_of(rows[0])

    def _name(self, claims: Mapping[str, Any]) -> str:
        claim = self.settings.claim
        if claim == "email" and claims.get("email_verified") is not True:
            raise ProviderRefused("The provider has not verified the address.")
        if not isinstance(claims.get(claim), str):
            raise ProviderRefused(f"The provider does not tell {claim}.")
        return str(claims[claim])

    def _made(self, tx: Tx, identity: Identity, name: str, claims: Mapping[str, Any], city: str | None) -> Any:
        cities = [city] if city else [row.city for row in tx.execute(_sql()["cities_of_accounts"])]
        if len(cities) != 1:
            raise ProviderRefused("There is no account for this person, and no city was told.")
        new = NewAccount(name, name, str(claims.get("name", ""))[:64], self.settings.create_roles)
        try:
            service.create_accounts(tx, system(cities[0]), [new], identity.hasher)
        except Conflict as error:
            raise ProviderRefused("The person has another account.") from error
        return tx.execute(_sql()["find_accounts"], {"name": name, "city": cities[0], "device": None}).fetchone()

    def _client(self, base: str) -> Any:
        with warnings.catch_warnings():
            # The library announces another HTTP client for its next version; loaded first, its filter is below ours.
            import authlib.deprecate  # noqa: PLC0415

            warnings.simplefilter("ignore", authlib.deprecate.AuthlibDeprecationWarning)
            from authlib.integrations.httpx_client import OAuth2Client  # noqa: PLC0415 - heavy

        chosen = self.settings
        return OAuth2Client(
            chosen.client_id, chosen.client_secret, scope="openid profile email", code_challenge_method="S256",
            redirect_uri=f"{self._base(base)}{CALLBACK}", timeout=_TIMEOUT_S,
            token_endpoint_auth_method="client_secret_basic" if chosen.client_secret else "none",
        )  # fmt: skip

    def _base(self, base: str) -> str:
        return (self.settings.public_url or base).rstrip("/")

    def _asked(self) -> dict[str, Any]:
        issuer = self.settings.issuer
        if not issuer:
            raise NotFound
        at, metadata = self._metadata
        if time.monotonic() - at > _METADATA_S:
            try:
                metadata = _fetched(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            except (httpx.HTTPError, ValueError) as error:
                raise ProviderRefused("The provider does not answer.") from error
            if metadata.get("issuer") != issuer:
                raise ProviderRefused("The provider names another issuer.")
            self._metadata = (time.monotonic(), metadata)
        return metadata


_SIGNED: Final = ("RS", "ES", "PS", "Ed")
"""Algorithms with a public key; never `none` and never a shared secret."""


def _same(told: Mapping[str, Any], claims: Mapping[str, Any]) -> bool:
    return told.get("sub") == claims.get("sub")


def _fetched(url: str, **headers: str) -> dict[str, Any]:
    answer = httpx.get(url, timeout=_TIMEOUT_S, headers=headers)
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found


def _digest(state: str) -> bytes:
    return sha256(state.encode()).digest()


def _sql() -> dict[str, str]:
    return queries("xiuhua.platform.identity")
