"""The pictures themselves, by subject; importing this package fills `gallery.PICTURES`."""

import importlib
import pkgutil

for _module in pkgutil.iter_modules(__path__, __name__ + "."):
    importlib.import_module(_module.name)
