"""The whole put together: settings, the table of pages, the table of commands, the server."""
