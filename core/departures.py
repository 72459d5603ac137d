"""Words by which lists say that somebody has died, moved away or left the Party.

Each is a part of a pattern. A pattern that asks for more, such as for 转出 but not for
转出地, keeps that beside them.
"""

DIED = "去世|死亡|病逝|逝世|病故|亡故|已故|身故|过世|离世|辞世"
MOVED = "转出|转走|迁出|迁走"
EXPELLED = "停止党籍|除名|自行脱党|脱党|退党|出党|劝退|开除党籍|开除|取消预备党员资格"
"""The longer words first: a pattern takes the first that fits."""
