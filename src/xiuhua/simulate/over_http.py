"""Actions of simulated people over real HTTP, each with a personal token."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import httpx

from xiuhua.flow.model import Attempt
from xiuhua.platform.database import Database
from xiuhua.platform.errors import XiuhuaError
from xiuhua.platform.identity import service as identity
from xiuhua.platform.identity import tokens
from xiuhua.platform.identity.authentication import Identity
from xiuhua.platform.identity.model import Actor, NewAccount, system

_SCOPES = ("case.act", "case.read", "report.read", "report.submit")


class RefusedOverHttp(XiuhuaError):
    """The server refused what a simulated person did."""


class OverHttp:
    """A client for everybody; tokens are made when first needed."""

    def __init__(self, database: Database, known: Identity, city: str, address: str) -> None:
        self._database, self._identity, self._city = database, known, city
        self._client = httpx.Client(base_url=address, timeout=30)
        self._tokens: dict[str, str] = {}

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def act(self, kind: str, id_: str, attempt: Attempt, actor: Actor) -> None:
        """Do it as that person; raises `RefusedOverHttp` with what the server said."""
        body = {"fields": dict(attempt.fields), "reason": attempt.reason, "n": attempt.n}
        answer = self._client.post(
            f"/api/{kind}s/{id_}/actions/{attempt.action}",
            json=body,
            headers={"Authorization": f"Bearer {self._token(actor.id)}"},
        )
        if answer.status_code >= 400:
            told = answer.json()
            raise RefusedOverHttp(f"{answer.status_code} {told.get('code')}: {told.get('detail')}")

    def _token(self, person: str) -> str:
        if person not in self._tokens:
            self._tokens[person] = token_for(self._database, self._city, person)
        return self._tokens[person]


def token_for(database: Database, city: str, person: str, scopes: Sequence[str] = _SCOPES) -> str:
    """A token of a person, made with an account that has no password where there is none."""
    with database.transaction() as tx:
        name = identity.normal_name(person)
        known = {one.account.name for one in identity.list_accounts(tx, city, limit=1000)}
        if name not in known:
            hasher = Identity().hasher
            identity.create_accounts(tx, system(city), [NewAccount(person, person)], hasher)
        [(_, text)] = tokens.make_tokens(tx, city, [name], "simulation", scopes, tx.now + timedelta(days=365))
    return text
