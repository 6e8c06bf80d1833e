"""Loads as a deadline evening brings them, on loopback, the phones on the same cores as the server."""
