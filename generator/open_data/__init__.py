"""The open data: every dataset as CSV and JSON in a versioned Data Package."""
