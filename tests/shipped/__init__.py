"""Tests of the data that the county ships, on the current day."""
