"""Pages: the one base page that everything in the tree descends from.

Owns: BasePage, NewsroomDocument.
May call: photos, sections (by foreign key), kit.
"""
