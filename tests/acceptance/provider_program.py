"""A real OpenID Connect provider on loopback: Canaille, run by the Python of an environment of its own.

`python provider_program.py <redirect uri> <home>`: prints its address, then serves until it is ended. People `wang`
and `zhao` with the password `a long enough one`; the client `xiuhua` with the secret `between us`.
"""

from __future__ import annotations

import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend

PASSWORD = "a long enough one"


class Silent(WSGIRequestHandler):
    """Logs nothing."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


def main(redirect_uri: str, home: str) -> None:
    """Serve on a free port."""
    server = make_server("127.0.0.1", 0, lambda environ, start: app(environ, start), handler_class=Silent)
    app = create_app(
        {
            "SECRET_KEY": "of a test",
            "SERVER_NAME": f"127.0.0.1:{server.server_port}",
            "PREFERRED_URL_SCHEME": "http",
            "CACHE_TYPE": "SimpleCache",
            "CANAILLE": {"DATABASE": "memory", "ENABLE_REGISTRATION": False},
            "CANAILLE_OIDC": {},
        },
        backend=None,
    )
    with app.app_context():
        backend = Backend.instance
        for name, title in (("wang", "王五"), ("zhao", "赵六")):
            user = models.User(
                user_name=name, formatted_name=title, family_name=title, emails=[f"{name}@example.org"],
                password=PASSWORD,
            )  # fmt: skip
            backend.save(user)
        client = models.Client(
            client_id="xiuhua", client_secret="between us", client_name="xiuhua", client_uri=home,
            redirect_uris=[redirect_uri], post_logout_redirect_uris=[home], grant_types=["authorization_code"],
            response_types=["code"], scope=["openid", "profile", "email"],
            token_endpoint_auth_method="client_secret_basic",
        )  # fmt: skip
        backend.save(client)
        client.audience = [client]
        backend.save(client)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


main(*sys.argv[1:])
