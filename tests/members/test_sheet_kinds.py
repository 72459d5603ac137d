"""Sheets of many kinds under realistic titles and headings: what each seems to be.

A kind that the system does not read is refused by a sentence that names it, wherever
its name stands, or by its headings alone; never by a missing column alone.
"""

import pytest
from django.urls import reverse

from exchange.actions import run_next_job
from exchange.errors import IncompleteSheet, OtherSheet, UnknownSheet
from exchange.models import ImportBatch
from members.roster.sheet_types import SHEET_TYPES
from tests.factories.exchange import ImportBatchFactory, book
from tests.members.test_roster import plan

__all__ = ["plan"]

TYPES = {sheet_type.key: sheet_type for sheet_type in SHEET_TYPES}
# Titles and headings by the key of the type; an empty title leaves the headings alone.
SHEETS: dict[str, list[tuple[str, str]]] = {
    "inflow": [
        (
            "东社区流入党员登记表",
            "序号 姓名 性别 身份证号码 流入时间 流出地党组织 联系电话",
        ),
        ("流入党员名册", "姓名 性别 民族 身份证号 原所在党支部 流入原因 现居住地"),
        ("", "姓名 身份证号码 流入时间 流入原因 流出地党支部名称 联系方式"),
        ("流入党员台账", "序号 姓名 备注"),
        ("外来流动党员信息表", "序号 姓名 备注"),
    ],
    "lost": [
        (
            "东社区失联党员情况登记表",
            "姓名 性别 身份证号码 入党时间 失联时间 失联原因 查找情况",
        ),
        ("", "姓名 身份证号 入党时间 失去联系时间 最后一次联系方式"),
        ("失去联系党员名单", "姓名 性别 出生年月 学历 入党时间 备注"),
        ("口袋党员排查表", "序号 姓名 备注"),
        ("空挂党员名单", "序号 姓名 备注"),
    ],
    "examined": [
        ("疑似冒名党员排查表", "姓名 性别 身份证号码 入党时间 所在支部 认定结果"),
        ("身份不明党员名单", "姓名 身份证号码 入党时间 转正时间 所在党支部"),
        ("身份存疑党员台账", "序号 姓名 备注"),
        ("", "姓名 身份证号码 身份认定情况 疑似原因"),
        ("不合格党员名单", "姓名 性别 入党时间 处置意见"),
    ],
    "files": [
        ("党员档案排查台账", "姓名 身份证号码 入党时间 所在党支部 存在问题"),
        ("入党材料缺失党员名单", "姓名 身份证号码 入党时间 转正时间 所在党支部"),
        ("党员档案移交清单", "序号 姓名 备注"),
        ("", "姓名 身份证号码 所在党支部 档案编号 档案盒号 移交人 接收人"),
        ("", "姓名 身份证号码 党支部 档案编号 档案所在地 入党志愿书 转正申请书"),
    ],
    "appraisal": [
        ("2025年度民主评议党员登记表", "姓名 性别 入党时间 自评 互评 评议等次"),
        ("党员民主评议结果汇总表", "序号 姓名 优秀 合格 基本合格 不合格 备注"),
        ("党员积分管理台账", "姓名 身份证号码 基础分 加分 扣分 总分"),
        ("", "序号 姓名 评议等次 备注"),
        ("", "学工号 姓名 身份证号 党籍状态 评议结果"),
        ("党员评星定级表", "序号 姓名 备注"),
    ],
    "offices": [
        ("东社区党支部委员名单", "姓名 性别 民族 出生年月 党内职务 任职时间"),
        (
            "党组织书记任职情况一览表",
            "姓名 身份证号码 现任职务 任现职时间 学历 联系电话",
        ),
        ("", "姓名 性别 身份证号码 党内职务 任职时间 任期 分管工作"),
        ("社区两委班子成员花名册", "姓名 职务 性别 出生年月 入党时间 学历"),
        ("第一支部支委分工", "姓名 职务 委员分工"),
        ("换届选举候选人名册", "序号 姓名 备注"),
    ],
    "organizations": [
        (
            "",
            (
                "党组织名称 书记姓名 联系人 联系电话 组织类别 最近换届时间 换届期限 "
                "到届时间 地址 简介 党员数量 三会一课 主题党日 民主评议 谈心谈话"
            ),
        ),
        ("街道基层党组织名册", "序号 党组织名称 党组织类别 书记 成立时间 党员人数"),
        ("东社区党支部基本情况一览表", "支部名称 书记姓名 联系电话 党员数 换届时间"),
        ("", "党组织全称 党组织代码 上级党组织名称 隶属关系 书记姓名 联系电话"),
        ("党支部信息表", "支部名称 书记 副书记 党员总数 成立时间"),
        ("党组织设置情况", "序号 姓名 备注"),
    ],
    "units": [
        (
            "",
            "单位名称 用工人数 邮政编码 联系人姓名 联系人电话 备注信息",
        ),
        ("东社区驻区单位名册", "单位名称 单位性质 负责人 联系电话 地址"),
        ("共建单位情况一览表", "序号 单位名称 联系人 联系电话 党员人数"),
        ("", "企业名称 统一社会信用代码 法定代表人 从业人数 所属行业"),
        ("两新组织党建摸排表", "企业名称 法定代表人 职工人数 党员人数"),
        ("驻街单位名录", "序号 姓名 备注"),
    ],
    "projects": [
        (
            "居民区与驻区单位联建清单",
            "居民区 单位名称 项目名称 联系人",
        ),
        (
            "“公益城”驻区单位资源清单",
            "单位名称 资源内容 联系人 联系电话",
        ),
        ("党建共建项目清单", "项目名称 共建单位 项目内容 完成时限 责任人"),
        ("2026年“三张清单”", "需求名称 资源名称 项目名称 认领单位"),
        ("", "序号 项目名称 牵头单位 责任单位 完成时限 进展情况"),
        ("书记项目推进表", "项目名称 主要措施 责任人 进展"),
        ("为民服务项目清单", "序号 姓名 备注"),
    ],
    "meetings": [
        ("三会一课记录台账", "会议时间 会议主题 主持人 记录人 应到人数 实到人数"),
        ("主题党日活动计划表", "月份 活动主题 活动内容 责任人"),
        ("", "活动时间 活动主题 活动地点 参加人数 主持人"),
        ("三会一课统计表", "序号 姓名 备注"),
    ],
    "transfers": [
        (
            "",
            "身份证 转出时间 组织关系介绍信编号 转出地",
        ),
        (
            "党员组织关系转接登记表",
            "姓名 身份证号码 介绍信编号 转往党组织 开具时间 经办人",
        ),
        ("介绍信存根登记", "编号 姓名 抬头 去向 有效期"),
        ("", "姓名 身份证号码 介绍信编号 转接类型 转接时间 回执"),
        ("组织关系介绍信台账", "序号 姓名 备注"),
    ],
    "money": [
        ("党建经费收支明细表", "日期 摘要 收入 支出 余额"),
        ("", "日期 凭证号 摘要 借方金额 贷方金额 余额"),
        ("为民服务专项资金使用台账", "项目名称 金额 用途 备注"),
        ("活动经费使用明细", "序号 姓名 备注"),
    ],
    "posts": [
        ("党员志愿服务岗位一览表", "岗位名称 岗位职责 需求人数 联系人"),
        ("无职党员设岗定责表", "姓名 岗位名称 岗位职责"),
        ("志愿服务活动记录表", "活动名称 时间 服务时长 参加人"),
        ("党员岗位认领清单", "序号 姓名 备注"),
    ],
    "honours": [
        (
            "",
            (
                "被调查人 性别 年龄 出生年月 学历 民族 是否中共党员 入党时间 "
                "立案报告 处分决定 审查调查报告 审理报告"
            ),
        ),
        ("优秀共产党员推荐名单", "姓名 性别 身份证号码 入党时间 主要事迹 推荐单位"),
        ("党员受处分情况登记表", "姓名 入党时间 处分种类 处分时间"),
        ("光荣在党50年纪念章颁发名册", "姓名 身份证号码 入党时间 党龄"),
        ("两优一先推荐表", "序号 姓名 备注"),
    ],
    "work": [
        ("党员联系群众走访记录表", "党员姓名 联系户姓名 走访时间 走访内容"),
        ("党员承诺践诺台账", "姓名 承诺事项 完成时限 践诺情况"),
        ("值班表", "日期 值班人 电话"),
        ("谈心谈话记录", "序号 姓名 备注"),
    ],
    "statistics": [
        ("党员年龄结构统计表", "支部名称 党员总数 35岁以下 36-45岁 46-60岁 61岁以上"),
        ("", "支部 总数 男 女 少数民族 大专 本科"),
        ("党员队伍结构分析", "序号 姓名 备注"),
    ],
    "dues": [
        (
            "",
            "序号 姓名 所属党支部 基本工资 绩效工资 缴费基数 每月应缴党费",
        ),
        ("2026年党费收缴台账", "姓名 月收入 缴费基数 应缴 实缴"),
        ("", "姓名 身份证号码 缴费基数 月应缴党费 1月 2月 3月"),
        ("党员缴费登记", "姓名 1月 2月 3月 4月"),
    ],
    "development": [
        (
            "入党积极分子名册",
            "姓名 性别 身份证号码 申请入党时间 确定积极分子时间 培养联系人",
        ),
        ("入党申请人信息表", "姓名 性别 出生年月 申请时间"),
        ("2026年发展对象花名册", "姓名 身份证号码 学历"),
    ],
    "volunteers": [
        (
            "",
            "编号 志愿者编号 志愿者姓名 审核状态",
        ),
        ("社区志愿者登记表", "姓名 性别 身份证号码 服务意向 联系电话"),
        ("", "姓名 身份证号 志愿者编号 服务时长"),
    ],
    "welfare": [
        (
            "",
            (
                "审批户主姓名 审批受理人 审批受理时间 街道调查核实日期 街道审核结果 "
                "民主评议日期 民主评议结果 公示异议内容"
            ),
        ),
        ("贫困户花名册", "户主姓名 身份证号码 家庭人口 致贫原因"),
        ("困难家庭情况登记表", "姓名 身份证号 困难类型"),
        ("建档立卡户名单", "户主 身份证号码 致贫原因 帮扶责任人"),
    ],
    "students": [
        (
            "",
            "学号 姓名 班级 认定档次 民主评议结果",
        ),
        ("三年级学生名册", "学号 姓名 性别 身份证号码 家长姓名 联系电话"),
        ("", "学号 姓名 身份证件号 班级 年级"),
    ],
    "employees": [
        (
            "",
            (
                "姓名 毕业院校 政治面貌 本公司入职时间 座机号 工资级别 出生日期 "
                "转正日期 手机号 累计外派时间 入党时间 部门名称 部门负责人"
            ),
        ),
        (
            "",
            (
                "姓名 现职级 任现职级时间 用户性别 出生年月 民族 全日制教育 "
                "入党时间 参加工作时间"
            ),
        ),
        (
            "2024年编外教师信息",
            (
                "采集年份 校名 学校类型 统一社会信用代码 姓名 身份证号 性别 民族 "
                "籍贯 婚姻状况 政治面貌 入党（团）时间 参加工作前学历 "
                "参加工作前学位"
            ),
        ),
        (
            "",
            (
                "采集年份 校名 学校类型 统一社会信用代码 姓名 身份证号 性别 民族 "
                "婚姻状况 政治面貌 入党（团）时间 编制所在学段 在岗状态 "
                "党内职务级别 任教学段"
            ),
        ),
        (
            "医保社保统一申报导入报文",
            (
                "序号 员工姓名 证件类型 证件号码 参保城市 申报缴费基数 起保日期 "
                "手机号码 当前状态"
            ),
        ),
        (
            "",
            "员工姓名 平均工资 缴费基数 公司缴费 计算时间",
        ),
        (
            "村干部统计",
            "姓名 性别 籍贯 学历 联系方式 入党时间 工作时间 任职经历",
        ),
        ("员工花名册", "工号 姓名 部门 岗位 身份证号码 入职日期 转正日期"),
        ("", "姓名 身份证号码 部门 岗位 合同期限 入职时间"),
    ],
    "attendance": [
        ("党员大会签到表", "序号 姓名 签到"),
        ("会议参会人员名单", "姓名 单位 职务 联系电话"),
        ("主题党日考勤表", "姓名 1月 2月 3月"),
        ("入党积极分子培训班学员签到册", "姓名 单位 签名"),
    ],
    "former": [
        (
            "",
            (
                "所属党支部 姓名 性别 出生日期 民族 学历 身份证号码 联系电话 入党时间 "
                "党籍状态 户籍所在派出所 工作/学习单位 现居住地 停用时间 停用原因"
            ),
        ),
        ("去世党员名册", "姓名 身份证号码 入党时间 去世时间"),
        ("转出党员花名册", "姓名 身份证号码 入党时间 转出时间"),
        ("东社区不在册党员名单", "姓名 身份证号码 入党时间 所在党支部"),
    ],
    "no_members": [
        ("东社区非党员名册", "姓名 性别 身份证号码 学历 联系电话"),
        ("党外人士花名册", "姓名 性别 身份证号码 工作单位"),
    ],
    "residents": [
        (
            "",
            (
                "地域编号 村民姓名 年龄 性别 籍贯 民族 政治面貌 入党年月 文化程度 "
                "婚姻状况 身份证号码 联系方式 健康状况 特种（残疾）信息 优抚信息 "
                "计生情况 医疗情况 补助情况 保险情况"
            ),
        ),
        (
            "",
            (
                "序号 学院 姓名 性别 民族 出生年月 籍贯 入党时间 宗教类型 "
                "宗教活动场所 信教时间 联系方式 备注"
            ),
        ),
    ],
}
ROSTERS = [
    ("东社区党员花名册", "姓名 性别 身份证号码 入党时间 转正时间 所在支部"),
    (
        "党支部党员基本信息统计表",
        "姓名 性别 民族 身份证号码 入党时间 党内职务 党员类别",
    ),
    ("", "姓名 性别 身份证号码 入党时间 所在党支部 党内职务 联系电话"),
    ("困难党员登记表", "姓名 身份证号码 入党时间 困难类型"),
    ("离退休党员名册", "姓名 身份证号码 入党时间 转正时间"),
    ("党组织关系在社区的党员名册", "姓名 身份证号码 入党时间 转正时间"),
    ("党务公开栏党员信息", "姓名 身份证号码 入党时间 转正时间"),
]
CASES = [(key, *sheet) for key, sheets in SHEETS.items() for sheet in sheets]
# A name that rosters have, too: below it the headings decide.
OF_TWO_KINDS = {"党支部信息表"}
TITLED = [case for case in CASES if case[1] and case[1] not in OF_TWO_KINDS]
VALUES = {
    "姓名": "张一",
    "政治面貌": "群众",
    "时间": "2020.01.01",
    "日期": "2020.01.01",
}


def rows_of(title, headings):
    """Return a title, if any, the headings and one row below them."""
    words = headings.split()
    values = [
        next((v for part, v in VALUES.items() if part in word), "某") for word in words
    ]
    return [*([[title]] if title else []), words, values]


def recognize(plan, rows, *, sheet="Sheet1", name="表.xlsx"):
    """Return the type that a refused sheet seems to be, and the refusal."""
    with pytest.raises((OtherSheet, UnknownSheet, IncompleteSheet)) as refusal:
        plan(book({sheet: rows}), name=name)
    return refusal.value.recognized[0]["type"], refusal.value


@pytest.mark.parametrize(("key", "title", "headings"), CASES)
def test_a_sheet_is_refused_as_what_it_is(plan, key, title, headings):
    seems, refusal = recognize(plan, rows_of(title, headings))

    assert seems == key
    assert str(TYPES[key].label) in str(refusal)
    assert str(TYPES[key].refusal) in str(refusal)


@pytest.mark.parametrize("place", ["sheet", "file"])
@pytest.mark.parametrize(("key", "title", "headings"), TITLED)
def test_the_name_of_a_sheet_or_file_says_it_too(plan, key, title, headings, place):
    rows = rows_of("", "序号 姓名 备注")
    named = {"sheet": {"sheet": title[:31]}, "file": {"name": f"{title}.xlsx"}}

    assert recognize(plan, rows, **named[place])[0] == key


@pytest.mark.parametrize(("title", "headings"), ROSTERS)
def test_a_roster_stays_a_roster(plan, title, headings):
    rows = rows_of(title, headings)

    assert plan(book({"Sheet1": rows})).recognized[0]["type"] == "roster"


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        ("东社区党员名册", "姓名 性别 入党时间 所在支部"),
        ("", "姓名 入党时间 党员类别"),
        ("", "姓名 电话 备注"),
        ("某某表", "甲 乙 丙"),
    ],
)
def test_no_refusal_names_a_missing_column_alone(plan, title, headings):
    seems, refusal = recognize(plan, rows_of(title, headings))

    message = str(refusal)
    assert isinstance(refusal, IncompleteSheet if seems else UnknownSheet)
    assert seems == ("" if "某某" in title or "电话" in headings else "roster")
    assert "身份证" in message or "公民身份号码" in message


def test_every_place_that_a_refusal_names_is_a_page():
    places = [t.url_name for t in SHEET_TYPES if t.url_name]

    assert len(places) > len(set(places)) > 5
    assert all(map(reverse, places))


@pytest.mark.parametrize("key", [key for key in SHEETS if TYPES[key].url_name])
def test_the_page_of_a_refused_sheet_leads_to_where_it_is_entered(
    client, east, secretary, key
):
    title, headings = SHEETS[key][0]
    content = book({"Sheet1": rows_of(title, headings)})
    batch = ImportBatchFactory(rows=content, organization=east, by=secretary)
    while run_next_job():
        pass
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")

    page = client.get(ImportBatch.objects.get(pk=batch.pk).get_absolute_url())

    place = reverse(TYPES[key].url_name)
    linked = f'<a href="{place}">' in page.content.decode()
    in_menu = place in {item.url for item in page.context["navigation"]}
    assert linked == in_menu
    assert not in_menu or client.get(place, follow=True).status_code == 200
