"""``python cli.py …`` from a checkout: the same function as the console script ``sco-extract``."""

from sco_extract.cli import main

if __name__ == "__main__":
    main()
