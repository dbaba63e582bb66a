"""Keyed hashes: what must not be stored (mail-like UIDs, dropped titles) leaves only a hash that nobody can guess."""

import hashlib
import hmac
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


def key_path(db: Path) -> Path:
    """`owner_time.duckdb` → `owner_time.duckdb.key`: no two databases share one, whatever their endings."""
    return db.with_name(db.name + ".key")


class Key:
    """Keyed hashes (HMAC-SHA-256, 16 hex digits): equal text gives an equal hash, and without the key none can be guessed."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def hash(self, *texts: str | bytes) -> str:
        """The hash of texts one after the other."""
        made = hmac.new(self._secret, digestmod=hashlib.sha256)
        for text in texts:
            made.update(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        return made.hexdigest()[:16]

    def title(self, title: str) -> str:
        """The hash of a title, without regard to case and white space."""
        return self.hash("title:" + " ".join(title.casefold().split()))

    def group(self, core: str) -> str:
        """The hash of what titles that mean the same share (transform/titles.py)."""
        return self.hash("group:", core)

    def uids(self, uids: Iterable[bytes]) -> NDArray[np.int64]:
        """The first 8 bytes of each UID's hash as a number. Half the work of HMAC is the key's and is done once."""
        padded = (
            self._secret.ljust(64, b"\0") if len(self._secret) <= 64 else hashlib.sha256(self._secret).digest().ljust(64, b"\0")
        )
        inner, outer = (hashlib.sha256(bytes(byte ^ mask for byte in padded)) for mask in (0x36, 0x5C))
        inner.update(b"uid:")
        hashes = bytearray()
        for uid in uids:
            within, around = inner.copy(), outer.copy()
            within.update(uid)
            around.update(within.digest())
            hashes += around.digest()[:8]
        return np.frombuffer(hashes, ">i8").astype(np.int64)
