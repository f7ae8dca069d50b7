"""The report of an import: totals in memory, files written as they come, so that its size does not matter."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import IO, Any

from broadsheet.archive.import_stories import FileOutcome


@dataclass(slots=True)
class ImportReport:
    """Counts outcomes and reasons, and writes each file that has problems to `out` as JSON.

    Reasons are counted without what stands in quotation marks, so that their number stays small.
    """

    out: IO[str] | None = None
    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    files_with_problems: int = 0

    def begin(self) -> None:
        """Open the list of files."""
        if self.out:
            self.out.write('{"files": [')

    def add(self, outcome: FileOutcome) -> None:
        """Count a file; write it when something in it was not plainly understood."""
        self.outcomes[outcome.outcome] += 1
        for problem in outcome.problems:
            self.reasons[re.sub(r"“[^”]*”", "“…”", problem.reason)[:120]] += 1
        if not outcome.problems or outcome.outcome == "not-a-story":
            return
        self.files_with_problems += 1
        if self.out:
            entry = {
                "path": outcome.path,
                "outcome": outcome.outcome,
                "story": outcome.story_id,
                "problems": [problem.as_json() for problem in outcome.problems],
            }
            self.out.write(("," if self.files_with_problems > 1 else "") + "\n" + json.dumps(entry, ensure_ascii=False))

    def finish(self, **totals: Any) -> dict[str, Any]:
        """Close the list; return the totals, which end the file too."""
        summary = {
            **totals,
            "outcomes": dict(self.outcomes),
            "files_with_problems": self.files_with_problems,
            "reasons": dict(self.reasons.most_common()),
        }
        if self.out:
            self.out.write('\n], "totals": ' + json.dumps(summary, ensure_ascii=False) + "}\n")
        return summary
