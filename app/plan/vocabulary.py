"""The words that a plan chooses from: its stages and statuses."""

from app.plan.entities import Profile

_LISTS = {"stage": "stages", "status": "statuses"}


def list_of(field: str) -> str:
    """The list of the profile from which a field's words are chosen, "" for free text."""
    return _LISTS.get(field, "")


def words_instead(profile: Profile, field: str, word: str) -> tuple[str, ...]:
    """The words to choose from where `word` is none of them for this field; empty where it fits.

    Fits: any word where the plan has no list, and no status at all.
    """
    words = profile.get(_LISTS[field]) if field in _LISTS else ()
    assert isinstance(words, tuple)
    if word in words or (field == "status" and not word):
        return ()
    return tuple(map(str, words))
