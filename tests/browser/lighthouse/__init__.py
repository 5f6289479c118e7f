"""Measuring pages with Lighthouse."""
