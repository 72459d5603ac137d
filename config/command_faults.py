"""What a command says that broke off over its surroundings, instead of a traceback.

A mistake of ours keeps its traceback. The sentences are Chinese as they stand: where
the folder cannot be used, neither can a catalogue.
"""

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from core.db.full_disk import is_disk_full, iter_causes

NO_DATABASE = (
    "数据库无法使用，命令没有完成。请确认数据库已启动，并核对 DATABASE_URL；"
    "加上 --traceback 可查看详情。数据库的答复："
)
NOT_MIGRATED = (
    "这个数据库还没有建立数据表，或者表结构不是本版本的，命令没有完成。"
    "请先以数据表所有者的身份运行 manage.py migrate（演示环境直接运行即可），"
    "再执行本命令。"
)
FULL_DISK = (
    "磁盘已满，或者磁盘无法写入，命令没有完成；未写完的内容数据库已自行撤销。"
    "请先腾出空间或检查磁盘，再重新执行本命令。系统的答复："
)
NO_FILE = (
    "文件或文件夹无法使用，命令没有完成。请核对它是否存在，"
    "以及运行命令的用户是否可以读写它。系统的答复："
)
SURROUNDINGS = (DatabaseError, InterfaceError, OSError)


def describe_fault(error: BaseException) -> str | None:
    """Return the sentence for what kept a command from its work, None for a mistake."""
    if is_disk_full(error):
        return f"{FULL_DISK}{error}"
    causes = list(iter_causes(error))
    database = [one for one in causes if isinstance(one, DatabaseError)]
    if database and _is_not_migrated():
        return NOT_MIGRATED
    if any(isinstance(one, OperationalError | InterfaceError) for one in causes):
        return f"{NO_DATABASE}{error}"
    return f"{NO_FILE}{error}" if isinstance(error, OSError) else None


def _is_not_migrated() -> bool:
    """Whether tables are missing or older; a database that is away has no answer."""
    try:
        connection.close()  # what failed may have left a transaction that takes nothing
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except (DatabaseError, InterfaceError):
        return False
