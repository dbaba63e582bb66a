"""Files made by chance: well-made calendars for the two lanes, and damaged exports of every kind for the reader."""
