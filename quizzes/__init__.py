"""Questions, attempts and marks. Never imports the builder."""
