"""Tests of the data that the county ships, on the day of the clock."""
