"""`uvicorn app.main:app`"""

from __future__ import annotations

import os
import sys

from app.service import create_app
from app.settings import Settings, SettingsError

try:
    app = create_app(Settings.from_environment(os.environ))
except SettingsError as error:
    # One line for each wrong setting instead of a traceback.
    sys.exit("\n".join(f"error: {line}" for line in str(error).splitlines()) + "\n  retry: safe, nothing was started")
