"""How it is served: settings, commands, and the application."""
