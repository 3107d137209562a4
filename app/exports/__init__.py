"""Sessions, routines and exercises in the formats of other programs: subtitles, tables, calendars, lines of JSON."""
