"""Keeping the data up: what differs, spreadsheets out and in, links to elsewhere."""
