"""Of old copies enough are kept."""

from datetime import datetime, timedelta
from pathlib import Path

from storage.document.backups import DAILY, NEWEST, Backup, superfluous

NOW = datetime(2026, 11, 20, 12)


def copies(*ages: timedelta) -> list[Backup]:
    return [Backup(Path(f"{n}"), NOW - age, f"{n}") for n, age in enumerate(ages)]


def test_the_newest_are_all_kept() -> None:
    assert superfluous(copies(*[timedelta(seconds=n) for n in range(NEWEST)]), NOW) == []


def test_of_older_ones_the_last_of_each_day_and_then_of_each_month_is_kept() -> None:
    newest = [timedelta(minutes=n) for n in range(NEWEST)]
    two_days = [timedelta(days=day, hours=hour) for day in (3, 4) for hour in (1, 2, 3)]
    two_years = [timedelta(days=800), timedelta(days=801), timedelta(days=830)]
    assert two_years[0] > DAILY
    found = copies(*newest, *two_days, *two_years)
    kept = [backup for backup in found if backup not in superfluous(found, NOW)]
    ages = [NOW - backup.at for backup in kept[NEWEST:]]
    assert ages == [two_days[0], two_days[3], two_years[0], two_years[2]]
