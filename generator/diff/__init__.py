"""The differences between two states of the data."""
