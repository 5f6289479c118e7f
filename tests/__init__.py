"""The tests: they mirror the modules of generator/, and read the built site as visitors do."""
