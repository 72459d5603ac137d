"""Columns of members' sheets: fields, and the header words for them."""

import re

from django.utils.translation import gettext_lazy as _

from core.text import StrOrPromise
from exchange.import_kinds import SheetColumn
from members.roster.wording import fits_category, fits_standing

THE_PARTY = (
    *("中国共产党", "中国共产党组织", "中共", "中共组织", "共产党", "党", "组织"),
    *("中共组织的", "党组织的", "中国共产党的", "党的"),
)
WHEN = ("时间", "日期")
# A day of 转正 beside headings of a job is the end of the job's probation.
PARTY_HEADING = re.compile("党|预备|积极分子|支部")
JOB_HEADING = re.compile(
    "入职|试用|聘|合同|到岗|录用|工号|岗位|薪|离职|参加工作|工资|部门|kpi|KPI|绩效"
)

# A phone right of these is that person's: 支部联系人 | 联系方式.
ANOTHER_PERSON = re.compile(
    "联系人|负责人|书记|责任人|监护人|家属|家长|配偶|班主任|辅导员|包保|网格员"
)

# Words are in order of preference: if two columns of a sheet match, the earlier word
# decides.
ROSTER = (
    SheetColumn(
        "name",
        ("姓名", "党员姓名", "本人姓名", "中文姓名", "名字", "党员名字"),
        required=True,
    ),
    SheetColumn("sex", ("性别", "男/女", "男女")),
    SheetColumn(
        "id_number",
        (
            *("公民身份号码", "身份证号码", "身份证号", "居民身份证号码"),
            *("居民身份证号", "公民身份证号码", "公民身份证号", "公民身份号"),
            *("身份证件号码", "身份证件号", "有效身份证件号码", "身份号码", "身份证"),
            *("居民身份证", "证件号码", "证件号", "证件/号码", "党员身份证号码"),
            *("党员身份证号", "二代身份证号码", "身份证编号", "身份证件"),
            *("公民身份证件号码", "公民身份证件号", "有效证件号码", "有效证件号"),
        ),
        required=True,
    ),
    SheetColumn("ethnicity", ("民族", "族别", "族", "民族成份", "民族成分")),
    SheetColumn(
        "birth_date",
        ("出生日期", "出生年月", "出生年月日", "出生时间", "生日", "出生", "生年月"),
    ),
    SheetColumn(
        "join_date",
        (
            *("入党时间", "入党日期", "入党年月", "加入党组织日期", "加入党组织时间"),
            *(f"加入{party}{when}" for party in THE_PARTY for when in WHEN),
            *("何时入党", "入党年月日", "入党（预备）时间", "接收预备党员时间"),
            *("接收为预备党员时间", "成为预备党员时间", "成为预备党员日期"),
            *("预备党员时间", "预备党员日期", "吸收为预备党员时间", "发展时间"),
            *("发展为预备党员时间", "支部大会通过时间", "入党", "预备时间"),
            *("入党年份", "参加党组织时间", "参加中国共产党时间"),
        ),
        alone=True,
    ),
    SheetColumn(
        "full_member_date",
        (
            *("转为正式党员日期", "转为正式党员时间", "转正日期", "转正时间"),
            *("转正年月", "转正", "成为正式党员时间", "成为正式党员日期"),
            *("正式党员时间", "正式党员日期", "按期转正时间", "预备党员转正时间"),
            *("何时转正", "转正年月日", "党员转正时间", "批准转正时间"),
            *("转为正式时间", "转正式时间", "转正式党员时间", "预备期满转正时间"),
            *("正式时间", "党龄起算时间", "正式转正时间"),
        ),
        alone=True,
        near=PARTY_HEADING,
        far=JOB_HEADING,
    ),
    SheetColumn(
        "branch",
        (
            *("所在党支部", "所在支部", "所属党支部", "所属支部", "党支部名称"),
            *("支部名称", "党支部", "支部", "所在党组织", "所属党组织"),
            *("所在党组织名称", "所属党组织名称", "党组织名称", "党组织全称", "党组织"),
            *("组织名称", "所在党支部名称", "所在支部名称", "所属党支部名称"),
            *("所属支部名称", "组织关系所在党支部", "组织关系所在支部"),
            *("组织关系所在党组织", "编入支部"),
            *(
                "目前所在党支部",
                "目前所在支部",
                "现党关系所在党支部",
                "党关系所在党支部",
            ),
            *("编入党支部", "编入的党支部", "编入党组织", "现编入党支部"),
            *("现所在党支部", "所在基层党组织", "所属组织", "所在组织", "隶属支部"),
            *("支部全称", "党支部全称", "支部名", "党支部名", "现所在支部"),
            *("现所属党支部", "现所属支部", "隶属党支部", "隶属党组织"),
            *("基层党组织", "基层党组织名称", "所属基层党组织"),
            *("组织关系所在地", "组织关系所在单位"),
        ),
        fits=bool,
    ),
    SheetColumn(
        "community",
        (
            *(
                "所属社区",
                "所在社区",
                "社区名称",
                "社区",
                "村（社区）",
                "所在村（社区）",
            ),
            *("所属村（社区）", "所在党总支", "所属党总支", "党总支名称", "党总支"),
            *("上级党组织", "上级党组织名称", "所属党委", "所在党委"),
            *("报到社区", "报到单位", "报到党组织", "报到社区名称", "报到村（社区）"),
        ),
    ),
    SheetColumn(
        "phone",
        (
            *("手机号码", "手机号", "手机", "移动电话", "本人手机", "本人手机号码"),
            *("联系电话", "联系方式", "联系手机", "电话号码", "电话", "联系号码"),
            *("本人联系电话", "常用手机号", "手机电话", "党员手机号", "党员联系电话"),
            *("移动电话号码", "本人电话", "手机（电话）号码", "常用电话"),
            *("手机或固定电话", "移动号码", "联系电话1", "手机号1", "手机1", "电话1"),
        ),
        not_after=ANOTHER_PERSON,
    ),
    SheetColumn(
        "member_type",
        (
            *(
                "党员类别",
                "党籍状态",
                "党员类型",
                "正式或预备",
                "正式预备",
                "预备或正式",
            ),
            *("党员性质", "是否正式党员", "是否为正式党员", "党员身份", "党籍情况"),
            *("党员种类", "正式党员或预备党员", "是否正式", "是否为正式", "是否转正"),
            *("党籍", "党员状态", "预/正", "正/预", "人员类别", "政治面貌", "政治面目"),
        ),
        fits=fits_standing,
        loose=frozenset({"人员类别"}),
    ),
    SheetColumn(
        "category",
        (
            *("管理类别", "党员管理类别", "党员分类", "类别", "人员分类", "人员类别"),
            *("党员类别", "党员类型", "党员性质", "党员身份", "人员性质", "人员身份"),
        ),
        fits=fits_category,
        loose=frozenset(
            (
                *("类别", "人员分类", "人员类别", "党员类别", "党员类型", "党员性质"),
                *("党员身份", "人员性质", "人员身份"),
            )
        ),
    ),
    SheetColumn(
        "is_probationary",
        ("是否预备党员", "是否为预备党员", "预备党员（是/否）", "是否预备"),
    ),
    SheetColumn("is_mobile", ("是否为流动党员", "是否流动党员", "是否流动")),
    SheetColumn(
        "education",
        ("学历", "文化程度", "最高学历", "全日制学历", "文化", "教育程度", "学历学位"),
    ),
    SheetColumn(
        "address",
        (
            *("家庭住址", "现居住地", "住址", "家庭地址", "居住地址", "居住地"),
            *("现住址", "常住地址", "现居住地址", "居住地（家庭住址）", "户籍地址"),
            *("详细住址", "家庭详细住址", "住所", "地址", "通讯地址", "联系地址"),
        ),
    ),
    SheetColumn(
        "landline",
        (
            *("固定电话", "座机", "住宅电话", "家庭电话", "座机电话", "宅电"),
            *("固话", "办公电话", "固定电话号码"),
        ),
        not_after=ANOTHER_PERSON,
    ),
    SheetColumn("remark", ("备注", "备考", "说明", "附注", "备注说明")),
    SheetColumn(
        "employer",
        (
            *("工作单位", "现工作单位", "工作单位名称", "工作单位全称", "就职单位"),
            *("工作单位及职务", "单位及职务", "单位职务", "所在单位", "所在工作单位"),
            *("单位名称", "单位", "就业单位", "任职单位", "从业单位"),
        ),
    ),
    SheetColumn(
        "skills",
        (
            *("特长", "个人特长", "专业特长", "服务特长", "技能特长", "技术特长"),
            *("专长", "技能", "兴趣特长", "特长爱好", "爱好特长", "兴趣爱好及特长"),
        ),
    ),
    SheetColumn(
        "interests",
        ("兴趣", "爱好", "兴趣爱好", "个人爱好", "个人兴趣", "志趣爱好"),
    ),
    SheetColumn(
        "free_hours",
        (
            *("空闲时间", "空余时间", "业余时间", "可服务时间", "服务时间段"),
            *("可参与时间", "可参加服务时间", "闲暇时间", "可服务时段", "空闲时段"),
        ),
    ),
    SheetColumn(
        "checked_in_on",
        (
            *("报到时间", "报到日期", "社区报到时间", "到社区报到时间", "登记报到时间"),
            *("报到登记时间", "报到年月", "双报到时间", "进社区报到时间"),
        ),
    ),
)

LABELS: dict[str, StrOrPromise] = {
    "name": _("Name"),
    "sex": _("Sex"),
    "id_number": _("Identity number"),
    "birth_date": _("Birth date"),
    "join_date": _("Joined the Party on"),
    "full_member_date": _("Full member since"),
    "branch": _("Branch"),
    "place_out": _("Place that was left"),
    "branch_out": _("Branch at the place that was left"),
    "branch_in": _("Branch at the destination"),
    "community": _("Community"),
    "phone": _("Mobile phone"),
    "ethnicity": _("Ethnic group"),
    "education": _("Education"),
    "member_type": _("Kind of member"),
    "standing": _("Kind of member"),
    "is_probationary": _("Kind of member"),
    "category": _("Category"),
    "is_mobile": _("Category"),
    "landline": _("Landline"),
    "address": _("Address"),
    "status": _("State of membership"),
    "remark": _("Remark"),
    "starts_on": _("Away since"),
    "ends_on": _("Back on"),
    "direction": _("Direction"),
    "destination": _("Destination"),
    "mobile_kind": _("Kind of absence"),
    "certificate_number": _("Number of the certificate"),
    "employer": _("Employer"),
    "skills": _("Skills"),
    "interests": _("Interests"),
    "free_hours": _("Free hours"),
    "checked_in_on": _("Checked in on"),
}
