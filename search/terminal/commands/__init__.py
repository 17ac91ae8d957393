"""One module a command; each holds `command`, imported when it is called for."""
