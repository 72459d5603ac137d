"""The types of sheet by which an office examines its members, their files, answers."""

import re

from django.utils.translation import gettext_lazy as _

from exchange.sheet_types import SheetType

EXAMINED = SheetType(
    "examined",
    _("list of people of whom it is examined whether they are members"),
    re.compile(
        "(疑似|冒名|假冒|假党员|问题党员|不合格|身份(信息)?(不[明清实符]|存疑|有误|认定|核[查实验]|甄别|排查|待核)"
        "|(无|没有|缺少?|未见)(组织)?关系.*材料|长期不(参加|过)(党的)?组织生活|党员(信教|参教)|(信教|参教)的?党员|违规(入党|发展)).*"
    ),
    strong=re.compile(
        "^(身份)?(疑点|存疑|甄别)|身份(认定|核[查实]|甄别)(情况|结果|意见)|疑似(类型|原因)|冒名"
    ),
    refusal=_(
        "It says of whom it is examined whether they are members; nobody is entered by"
        " it, and no membership ends by it. Record the outcome on the member's page"
        " once it was decided."
    ),
    url_name="members:list",
)
FILES = SheetType(
    "files",
    _("list of members' files"),
    re.compile(
        "(人事|纸质)?档案(材料)?(接收|缺[失少]|短缺|排查|问题|整[改理]|清[查点]|核[查对实]|审[核查]|管理|移交|交接|转[递接]|登记|清单"
        "|目录|台账|保管|存放|借阅|查阅|情况|统计|完整|补[充齐]).*"
        "|(入党|发展(党员)?|党员)材料.*"
    ),
    headings=re.compile("档案|志愿书|申请书|政审材料|思想汇报|自传|转正材料"),
    strong=re.compile(
        "档案(盒|袋|柜|移交|接收|借阅|缺|是否|完整)|盒号|归档|卷宗|^(移交|接收|立卷|借阅)(人|单位|时间|日期)|缺[少失]材料"
    ),
    never=re.compile("^(学院|学号|工号|部门)"),
    refusal=_(
        "It says where the files of members are and what is missing in them, not who"
        " the members are. This system keeps no such list yet."
    ),
)
QUESTIONNAIRE = SheetType(
    "questionnaire",
    _("answers to a questionnaire or a test"),
    re.compile(
        "(满意度|意见|情况|民意|需求)?(调查)?问卷.*|答题.*|答卷.*|知识(竞赛|测试|问答).*"
        "|(线上|在线|党建|党史)?(测试|考试|测验)(成绩)?.*"
    ),
    headings=re.compile("总分|得分|成绩|(?<!停)用时"),
    strong=re.compile(
        "^(提交|开始|结束)?(答卷|答题|作答|填写)(时间|日期|用时|时长|序号|编号|id)|^提交(者|人|时间)"
        "|^所用时间|来源详情|来自ip|^ip(地址)?$|^第?\\d+题|^q\\d+|^(题目?|问题)\\d+|^\\d+[、.．].*[?？]?$|[?？]$"
    ),
    signature=tuple(
        map(
            re.compile,
            (
                *("^提交答卷时间", "^所用时间", "^来源$", "^来源详情", "^来自ip"),
                *("^序号$", "^\\d+[、.．]\\D"),
            ),
        )
    ),
    refusal=_(
        "It has what people answered about themselves, which nobody has checked: nobody"
        " is entered by it. If the answers are to become a roster, check them and copy"
        " them into the template."
    ),
)
