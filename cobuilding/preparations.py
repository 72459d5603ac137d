"""What is brought up to date before figures of co-building are counted."""

from cobuilding.actions import measure_targets
from core.indicators import Preparation, preparations

preparations.add(Preparation("cobuilding.targets", measure_targets))
