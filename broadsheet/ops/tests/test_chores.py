"""Jobs that share a process: each goes on whatever becomes of the others, until the process is told to end."""

import json
import signal
import subprocess
import sys
from collections import Counter

PROGRAM = """
import logging.config, sys
from broadsheet.kit.structured_logs import logging_config, set_role
logging.config.dictConfig(logging_config(log_format="json"))
set_role("chores")
from django.conf import settings
settings.configure(DATABASES={})
from broadsheet.kit.told_to_end import told_to_end
from broadsheet.ops import chores

def job(name):
    logging.getLogger("job").info("%s begins", name)
    if name == "patient":
        told_to_end().wait()
        logging.getLogger("job").info("patient was told to end")
    elif name == "failing":
        raise OSError("the disk is full")
    elif name == "leaving":
        sys.exit(1)

chores.call_command = job
chores.do_chores({name: [name] for name in ("patient", "failing", "leaving", "ending")})
logging.getLogger("job").info("all have ended")
"""


def test_each_goes_on_whatever_becomes_of_the_others() -> None:
    lines: list[dict[str, str]] = []
    begun: Counter[str] = Counter()
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        for line in process.stderr:
            lines.append(json.loads(line))
            begun[lines[-1]["role"]] += lines[-1]["message"].endswith("begins")
            if min(begun[name] for name in ("failing", "leaving", "ending")) == 3:
                process.send_signal(signal.SIGTERM)
                break
        lines += [json.loads(line) for line in process.stderr]

    assert process.returncode == 0
    assert begun["patient"] == 1
    assert lines[-1]["role"] == "chores"
    assert lines[-1]["message"] == "all have ended"
    said = {line["role"]: line["message"] for line in lines if "is started again in 0.5 s" in line["message"]}
    assert said.keys() == {"failing", "leaving", "ending"}
    assert "OSError" in said["failing"]
    assert [line["role"] for line in lines if line["message"] == "patient was told to end"] == ["patient"]
