"""What one picture may cost."""

from dataclasses import dataclass

SOURCE_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
"""Formats we decode, as Pillow names them. Neither SVG (it runs scripts) nor TIFF (too many decoders in one name)."""


@dataclass(frozen=True, slots=True)
class DarkroomLimits:
    """Limits of one child process; exceeding any of them refuses the picture and harms nothing else."""

    pixels: int = 100_000_000  # a medium-format camera of 2026 makes 102 million; decoded it takes 300 MB
    memory_bytes: int = 2 * 1024**3  # address space, of which the libraries alone map a quarter
    cpu_seconds: int = 20
    wall_seconds: int = 40  # longer than the processor time, since two pictures may share a core
    file_bytes: int = 64 * 1024**2  # the largest rendition it may write
