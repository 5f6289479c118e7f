"""Writes datasets as spreadsheets and imports spreadsheets into datasets."""
