"""What must be read again, and yet not from the database alone: secrets of second factors, encrypted."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from xiuhua.platform import keys
from xiuhua.platform.errors import DataFolderUnusable


class Vault:
    """AES-CBC with HMAC (Fernet) by a key in `<data>/keys/factors.key` (0600), made when first needed.

    Processes on several machines need the same file. Without it the second factors have to be set up anew.
    """

    def __init__(self, folder: Path | None) -> None:
        """`folder` is `keys/` in the data folder; None: nothing can be kept."""
        self._folder = folder

    def seal(self, secret: bytes) -> bytes:
        """Encrypted, to be kept. Raises `DataFolderUnusable`."""
        return self._fernet.encrypt(secret)

    def open(self, sealed: bytes) -> bytes:
        """As it was. Raises `DataFolderUnusable` when the key is another one."""
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken as error:
            raise DataFolderUnusable("keys/factors.key is not the key that the second factors need.") from error

    @cached_property
    def _fernet(self) -> Fernet:
        if self._folder is None:
            raise DataFolderUnusable("There is no folder for keys.")
        path = self._folder / "factors.key"
        if not path.exists():
            keys.write_once(path, Fernet.generate_key())
        if path.stat().st_mode & 0o077:
            raise DataFolderUnusable(f"{path} may be read by its owner only: chmod 600.")
        return Fernet(path.read_bytes().strip())
