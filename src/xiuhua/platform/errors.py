"""One base for every error a person may meet, each class with a stable code.

The first line of a class docstring is its default English message; `strings/*.yaml` hold both languages.
The domain knows nothing of HTTP: `platform/web.py` has the one table from class to status.
"""

from __future__ import annotations

import re
from typing import Any


class XiuhuaError(Exception):
    """Something went wrong."""

    def __init__(self, detail: str = "", /, **params: Any) -> None:
        """`detail` says what happened in this instance; `params` are safe to show (never personal data)."""
        self.params = params
        self.detail = detail or self.message()
        super().__init__(self.detail)

    @classmethod
    def code(cls) -> str:
        """The stable code: the class name in snake case, e.g. `not_found`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def message(cls) -> str:
        """The default message: the first line of the docstring."""
        return (cls.__doc__ or "").strip().splitlines()[0]


class NotFound(XiuhuaError):
    """There is no such thing, or it is not yours to see."""


class Invalid(XiuhuaError):
    """The input does not fit; `errors` lists each place."""


class NotAllowed(XiuhuaError):
    """Your posts do not allow this here."""


class NotSignedIn(XiuhuaError):
    """Sign in first."""


class SignInFailed(NotSignedIn):
    """Name or password is wrong, or the account is locked for a while after too many tries."""


class PasswordMustChange(NotAllowed):
    """Choose a password of your own first."""


class SecondFactorNeeded(NotSignedIn):
    """The password fits; send the code of the second factor as well."""


class SecondFactorWrong(NotSignedIn):
    """The code is wrong, or was used before."""


class SecondFactorMustBeSet(NotAllowed):
    """Set up a second factor first; one of your roles needs it."""


class ProviderRefused(NotSignedIn):
    """The sign-in through the provider did not succeed."""


class CrossSite(NotAllowed):
    """The request came from another site; it needs the header X-Requested-With."""


class NotNow(XiuhuaError):
    """The action is not open in the present state."""


class ConditionUnmet(XiuhuaError):
    """A condition of the procedure is not met."""


class Conflict(XiuhuaError):
    """Someone else was first; look again and decide anew."""


class AlreadyDone(XiuhuaError):
    """The same key was used before with other content."""


class TooMany(XiuhuaError):
    """Too many at once; try again later."""


class SignInLocked(TooMany):
    """Too many wrong tries with this name; wait before the next."""


class TooLarge(XiuhuaError):
    """The request is larger than this place takes."""


class MethodNotAllowed(XiuhuaError):
    """This address does not take that method."""


class Internal(XiuhuaError):
    """Something went wrong on our side; it is written down under the number given."""


class SettingsWrong(XiuhuaError):
    """A setting is missing or wrong."""


class DatabaseUnavailable(XiuhuaError):
    """The database does not answer."""


class DataFolderUnusable(XiuhuaError):
    """The data folder cannot be used as it is."""


class MediaUnavailable(XiuhuaError):
    """The store of photos does not answer."""


class LogBroken(XiuhuaError):
    """The event log does not verify."""


class PackInvalid(XiuhuaError):
    """The pack has errors; `errors` lists each file, line and path."""
