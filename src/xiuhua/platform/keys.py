"""The key that signs seals, and what this machine remembers of them: kept in the data folder, not in the database.

`seal.pem` is the private key (0600), `<key id>.pub` every public key ever used, `seals.txt` the last seal of
each city as this machine saw it: whoever owns the database can still not take the newest seals away unseen.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization as pem
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from xiuhua.platform.errors import DataFolderUnusable


@dataclass(frozen=True, slots=True)
class SealKey:
    """An Ed25519 key and its id: the first 16 hex digits of SHA-256 over the public key's 32 bytes."""

    private: Ed25519PrivateKey
    id: str

    def sign(self, digest: bytes) -> bytes:
        """64 bytes over a seal's digest."""
        return self.private.sign(digest)

    def public_pem(self) -> str:
        """The public key as PEM, to be handed to whoever shall verify."""
        return _public_pem(self.private.public_key())


def key_id(public: Ed25519PublicKey) -> str:
    """The id by which a seal names its key."""
    raw = public.public_bytes(pem.Encoding.Raw, pem.PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:16]


def load_or_create(folder: Path) -> SealKey:
    """The installation's key, made on first use; `folder` is `keys/` in the data folder.

    Safe when several processes start at once: the first file stays. Raises `DataFolderUnusable` when the
    file is open to others or holds no Ed25519 key.
    """
    path = folder / "seal.pem"
    if not path.exists():
        _create(path)
    if path.stat().st_mode & 0o077:
        raise DataFolderUnusable(f"{path} may be read by its owner only: chmod 600.")
    try:
        private = pem.load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as error:
        raise DataFolderUnusable(f"{path} holds no private key.") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise DataFolderUnusable(f"{path} holds no Ed25519 key.")
    key = SealKey(private, key_id(private.public_key()))
    exported = folder / f"{key.id}.pub"
    if not exported.exists():
        exported.write_text(key.public_pem(), encoding="ascii")
    return key


def secret(folder: Path, name: str) -> bytes:
    """A secret of 32 bytes of this installation, made on first use; safe when several processes start at once."""
    path = folder / f"{name}.secret"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = _write(path, secrets.token_bytes(32), 0o600)
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass  # another process was first: its secret stands
        finally:
            fresh.unlink()
    return path.read_bytes()


def public_keys(folder: Path) -> dict[str, Ed25519PublicKey]:
    """Every public key kept, by id; after a change of keys the old ones still verify old seals."""
    found: dict[str, Ed25519PublicKey] = {}
    for path in sorted(folder.glob("*.pub")):
        public = pem.load_pem_public_key(path.read_bytes())
        if isinstance(public, Ed25519PublicKey):
            found[key_id(public)] = public
    return found


@dataclass(frozen=True, slots=True)
class Witness:
    """What was sealed last, by city, written down outside the database."""

    path: Path

    def known(self) -> dict[str, tuple[int, bytes]]:
        """Number and digest of the newest seal by city."""
        if not self.path.exists():
            return {}
        seen: dict[str, tuple[int, bytes]] = {}
        for line in self.path.read_text(encoding="ascii").splitlines():
            city, number, digest = line.split(" ")
            if int(number) >= seen.get(city, (0, b""))[0]:
                seen[city] = int(number), bytes.fromhex(digest)
        return seen

    def note(self, seals: Mapping[str, tuple[int, bytes]]) -> None:
        """Write down the newest seals of some cities, after their commit."""
        known = self.known()
        lines = known | {city: seen for city, seen in seals.items() if seen[0] >= known.get(city, (0, b""))[0]}
        text = "".join(f"{city} {number} {digest.hex()}\n" for city, (number, digest) in sorted(lines.items()))
        _replace(self.path, text.encode(), 0o600)


def _create(path: Path) -> None:
    private = Ed25519PrivateKey.generate()
    write_once(path, private.private_bytes(pem.Encoding.PEM, pem.PrivateFormat.PKCS8, pem.NoEncryption()))


def write_once(path: Path, content: bytes) -> None:
    """Write a secret file, durable and whole; when another process was first, its file stands."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = _write(path, content, 0o600)
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _replace(path: Path, content: bytes, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(path, content, mode).replace(path)


def _write(path: Path, content: bytes, mode: int) -> Path:
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return fresh


def _public_pem(public: Ed25519PublicKey) -> str:
    return public.public_bytes(pem.Encoding.PEM, pem.PublicFormat.SubjectPublicKeyInfo).decode("ascii")
