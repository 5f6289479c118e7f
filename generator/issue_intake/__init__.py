"""Turns what people propose in GitHub issues into draft records, and writes the forms that they fill in."""
