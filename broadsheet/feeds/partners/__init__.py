"""What partners with a token take over: stories as ninjs and as NewsML-G2, with corrections and kills, in order.

Not stored pages: they are for those alone to whom the publisher gave a token.
"""
