"""A stock Wagtail site that shows the same stories, for `bench/reading.py` to compare with: no part of the paper.

Made as Wagtail's manual makes one: its own pages, images and middleware, a page type with a stream of paragraphs, and
templates with a menu, names, topics, a photo in several sizes and further reading.
"""
