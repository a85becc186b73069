"""Settings, addresses and the server's entry point: composes the apps, imported by nobody."""
