"""Plans that this PC has worked with: they may grow beyond what is read of strangers."""

import os
import re

from storage.this_pc.data_folder import data_folder
from storage.this_pc.settings import keep_setting, settings

_LARGE = "large_plans"


def folder_name(plan: str) -> str:
    """The id of a plan as the name of a folder, whatever a file says it is."""
    return re.sub(r"[^\w-]", "_", plan)[:64]


def is_known(plan: str) -> bool:
    """Whether a plan (its id) was edited on this PC before."""
    found = settings().get(_LARGE)
    is_noted = isinstance(found, list) and plan in found
    copies = data_folder() / "backups" / folder_name(plan)
    return bool(plan) and (is_noted or os.path.isdir(copies))


def remember_large(plan: str) -> None:
    """Note a plan that comes near the limits, so that it opens here when it has passed them."""
    if not is_known(plan):
        found = settings().get(_LARGE)
        keep_setting(_LARGE, [*(found if isinstance(found, list) else ()), plan])
