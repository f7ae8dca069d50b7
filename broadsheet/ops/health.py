"""What /healthz and /readyz say; used by the web workers and by the health port alike."""

from typing import Any

from broadsheet.ops.readiness import Finding, is_ready, is_serving

Answer = tuple[int, dict[str, Any]]


def alive() -> Answer:
    """Say that the process runs; nothing else is asked."""
    return 200, {"status": "alive"}


def ready(*, serving_only: bool = False) -> Answer:
    """Say whether this node can do its work, or with `serving_only` whether readers get pages; name each part."""
    found: list[Finding] = is_serving() if serving_only else is_ready()
    is_well = all(one.is_well for one in found)
    words = "serving" if serving_only else "ready"
    parts = {one.name: {"status": "ok" if one.is_well else "failing", "detail": one.words} for one in found}
    return (200 if is_well else 503), {"status": words if is_well else f"not {words}", "components": parts}
