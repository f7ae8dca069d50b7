"""What a photo's file says about itself: IPTC, XMP and Exif read into one record.

Owns: the mapping of IPTC Photo Metadata 2025.1 to the paper's own fields.
May call: nothing of ours. Everything here is pure and reads hostile bytes; it runs in the darkroom's child process.
"""
