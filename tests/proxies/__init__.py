"""Journeys through the documented proxies: nginx and Caddy in front of a paper that is served as an operator would."""
