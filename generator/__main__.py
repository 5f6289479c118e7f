"""Makes `python -m generator` the same as the console script `eportal`."""

from generator.cli import main

if __name__ == "__main__":
    main()
