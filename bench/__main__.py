"""Runs the measurements: `python -m bench [name ...]`."""

import argparse
import importlib
import pkgutil
import sys
from pathlib import Path


def main() -> int:
    """Run the named measurements, or all of them."""
    known = sorted(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    known = [name for name in known if not name.startswith("_")]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *known], metavar="name", help=f"of: {', '.join(known)}")
    for name in parser.parse_args().names or known:
        print(f"\n{name}")
        importlib.import_module(f"bench.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
