"""The site's settings with what decision 0005 forbids: commits not forced to the disk. Never served."""

from config.settings import *  # noqa: F403
from config.settings import DATABASES

OPTIONS = DATABASES["default"]["OPTIONS"]
DATABASES["default"]["OPTIONS"] = {**OPTIONS, "init_command": OPTIONS["init_command"].replace("FULL", "NORMAL")}
