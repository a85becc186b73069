"""What the Makefile's targets stand on. The site itself must not import from here."""
