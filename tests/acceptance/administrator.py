"""Somebody who may do everything in a city."""

from __future__ import annotations

from datetime import timedelta

from tests.acceptance.installation import Installation

from xiuhua.platform.identity import service, tokens
from xiuhua.platform.identity.model import NewAccount, system
from xiuhua.platform.identity.permissions import known_permissions, roles


class Administrator:
    """Holds every role and permission; appears anew where a request has ended the sign-in it came by."""

    def __init__(self, town: Installation) -> None:
        self._town = town
        self.token = ""
        self.appear()

    def appear(self) -> None:
        """A new account with a new token."""
        city, held = self._town.city, tuple(set(roles()) - {"system"})
        with self._town.database.transaction() as tx:
            name = f"admin-{tx.new_id()[-12:]}"
            new = NewAccount(name, name.upper(), roles=held)
            service.create_accounts(tx, system(city), [new], self._town.services.identity.hasher)
            until = tx.now + timedelta(days=1)
            [(_, self.token)] = tokens.make_tokens(tx, city, [name], "contract", sorted(known_permissions()), until)
