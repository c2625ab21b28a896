"""Days of the calendar."""

from datetime import date, timedelta


def is_last_of_month(day: date) -> bool:
    """Tell whether a day is the last one of its month."""
    return (day + timedelta(days=1)).month != day.month
