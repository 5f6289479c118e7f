"""Reads the publishers' own files into the tables of the site: wages, projections, programs, O*NET, schools."""
