"""Calendars from addresses of the web to copies beside the company's tables. The only way in over the network."""
