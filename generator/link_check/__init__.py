"""Finds the links to other sites and checks whether they work."""
