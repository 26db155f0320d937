"""The calendar: visits by day, by week or as a list, with files that other calendars read."""
