"""The demonstration data: an invented city loaded by the ordinary import, and taken out again without a trace."""
