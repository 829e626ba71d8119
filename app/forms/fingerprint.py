"""A short mark by which a text is known again, whoever issued it."""

import hashlib
from functools import lru_cache

from app.forms.marks import unmarked
from app.plan.texts.plain_text import cleaned, composed

# Enough to tell a text from what it was; nobody is kept from forging it.
_BYTES = 4


# The labels of a form are the same on each of its sheets.
@lru_cache(maxsize=512)
def fingerprint(text: str) -> str:
    """The same for texts that read the same (`composed`), bold or not."""
    plain = composed(unmarked(cleaned(text)[0]).plain)
    return hashlib.blake2s(plain.encode(), digest_size=_BYTES).hexdigest()
