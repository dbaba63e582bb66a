"""Keyed hashes: what must not be stored (mail-like UIDs, dropped titles) leaves only a hash that nobody can guess."""

import hashlib
import hmac
from pathlib import Path


def key_path(db: Path) -> Path:
    """`owner_time.duckdb` → `owner_time.duckdb.key`: no two databases share one, whatever their endings."""
    return db.with_name(db.name + ".key")


class Key:
    """Keyed hashes (HMAC-SHA-256, 16 hex digits): equal text gives an equal hash, and without the key none can be guessed."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def hash(self, text: str | bytes) -> str:
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        return hmac.new(self._secret, data, hashlib.sha256).hexdigest()[:16]

    def title(self, title: str) -> str:
        """The hash of a title, without regard to case and white space."""
        return self.hash("title:" + " ".join(title.casefold().split()))
