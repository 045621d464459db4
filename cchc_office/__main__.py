"""`python -m cchc_office` does what `cchc` does."""

from cchc_office.cli import main

main()
