"""Reading an archive of Markdown files (Hugo, Jekyll, Eleventy and others) into source stories.

Owns front matter, dialects, shortcodes and the way from Markdown to body blocks; reads files, writes nothing.
May call kit only: no models, so that all of it runs and is tested without a database.
"""
