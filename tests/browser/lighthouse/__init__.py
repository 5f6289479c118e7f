"""Measure pages with Lighthouse."""
