"""The variables of the environment: declared once, refused in words.

Nothing here needs Django, whose settings are what is being read.
"""

from config.environment.reading import WrongVariable, read
from config.environment.settings_module import require_settings_module
from config.environment.variables import VARIABLES, Variable

__all__ = ["VARIABLES", "Variable", "WrongVariable", "read", "require_settings_module"]
