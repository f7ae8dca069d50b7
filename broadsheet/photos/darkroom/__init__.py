"""The darkroom: the only place where a reader's or a stranger's picture is decoded, in a child process with limits.

Owns: the child process, its limits and its two acts, `examine` (is this a photo, what does it say) and `develop`.
May call: photos.metadata. The child imports neither Django nor settings, so that it starts in a tenth of a second.
"""
