"""`python -m nemcon` is the same as the command `nemcon`."""

from nemcon.cli import main

if __name__ == "__main__":
    main()
