"""All that this room answers."""

from __future__ import annotations

from typing import Final

from xiuhua.platform.identity.api import router as api
from xiuhua.platform.identity.audit_api import router as audit
from xiuhua.platform.identity.oidc_api import router as oidc
from xiuhua.platform.identity.own_api import router as own
from xiuhua.platform.web import Router

ROUTERS: Final[tuple[Router, ...]] = (api, own, oidc, audit)
