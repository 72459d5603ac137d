"""The types of sheet that arrive where a roster of members is expected.

Only the first three are read. The order decides where the evidence is equal, so a
roster comes after the sheets that it could be mistaken for.
"""

import re

from django.utils.translation import gettext_lazy as _

from core.departures import DIED, EXPELLED, MOVED
from core.text import StrOrPromise
from exchange.sheet_types import SheetType
from members.roster.examinations import EXAMINED, FILES, QUESTIONNAIRE
from members.roster.other_people import ARRIVALS, LISTS, NO_MEMBERS, RELATIVES
from members.roster.other_sheet_types import INFLOW, LOST, OTHER_TYPES

ROSTER, MOBILE, CHECK_IN = "roster", "mobile", "check_in"
MOBILE_REGISTER = "mobile_register"


def _list_of_people(
    key: str,
    label: StrOrPromise,
    titles: str,
    headings: str,
    values: str | None = None,
) -> SheetType:
    """Return a type whose sheets list people without saying that they are members."""
    return SheetType(
        key,
        label,
        re.compile(rf"(?<!党员)({titles})(?!党员|党)"),
        headings=re.compile(headings),
        values=re.compile(values) if values else None,
        refusal=NO_MEMBERS,
        names_missing=True,
    )


DEVELOPMENT = SheetType(
    "development",
    _("list of people on the way to membership (applicants, activists, candidates)"),
    re.compile(
        "(积极分子|发展对象)(集中)?培训班?|入党申请(人|书)?|申请入党(人员)?|推优(入党)?(对象|人选|人员)?|(入党)?积极分子|发展对象|拟发展(人员|对象)?|培养对象"
        "|入党宣誓.*|^申请(人|书)(?=名单|名册|花名册|台账|登记|信息|情况|表|$)|(党员)?(队伍)?后备(力量|人选|人员|库).*"
        "|(发展党员)?(工作)?全程纪实.*|(?<!新)发展党员(工作)?(?=情况|进度|台账|信息|登记|名册|名单|花名册|一览)"
    ),
    headings=re.compile(
        "申请入党|入党申请|^申请(时间|日期)|^确定时间|提交申请|递交申请|积极分子|发展对象|培养联系人|推优|政审|入党志愿书"
    ),
    strong=re.compile(
        "^(入党)?培养(联系)?人(姓名)?$|推优|结业证|^考察(情况|意见|结果|人)"
    ),
    outranks_title=True,
    values=re.compile(
        "(入党)?积极分子|(入党)?申请人|(党员)?发展对象|递交(入党)?申请书?"
    ),
    refusal=_(
        "The people on it are not members yet, so that they are not entered as members."
        " Enter them on the page of people on the way to membership."
    ),
    url_name="members:developments",
)
DEVELOPMENT_PLAN = SheetType(
    "development_plan",
    _("plan or notice of admissions and of probations that end"),
    re.compile(
        "拟(转正|发展|吸收|接收).*|发展(党员)?(工作)?(计划|规划).*"
        "|转正(的)?(申请|公示|计划|审批|预审|名单|花?名册|人员|情况|统计|登记|一览|汇总).*"
        "|(接收|吸收|发展)(新|预备)?党员(的)?(公示|计划|预审|审批).*"
    ),
    headings=re.compile(
        "拟(转正|发展|接收|吸收)|计划(转正|发展|接收)|预备期满|应转正|转正公示"
    ),
    refusal=_(
        "It says what is planned, not what was decided. Record the decision on the"
        " member's page once it was taken."
    ),
)
DUES = SheetType(
    "dues",
    _("dues ledger"),
    re.compile("党费.*|(缴|交)费.*|会费.*"),
    headings=re.compile(
        "党费|应[交缴]|[实已欠补][交缴]|[交缴]费|[交缴]纳|^(1?\\d)月(份)?$"
    ),
    refusal=_("Dues are recorded on the pages of dues, not by a roster of members."),
    url_name="finance:list",
)
ATTENDANCE = SheetType(
    "attendance",
    _("attendance list"),
    re.compile(
        "签到.*|[出缺]勤.*|考勤.*|参会.*|到会.*|点名.*|请假.*|参加.*(大会|会议|学习|活动|党日)人?员?.*"
    ),
    headings=re.compile(
        "签到|^(本人)?签[名字]$|出勤|缺勤|考勤|应到|实到|参会|到会|请假|缺席"
    ),
    refusal=_("Who attended is recorded on the page of the meeting or activity."),
    url_name="communities:list",
)
FORMER = SheetType(
    "former",
    _("list of members who have left or died"),
    re.compile(
        f"不在册(的)?(党员|人员)?|({DIED}|{MOVED}|{EXPELLED}|历史|减员|减少|注销)"
        "(的)?(党员|人员)?((组织)?关系)?|(取消|丧失)(预备)?(党员)?资格.*"
    ),
    strong=re.compile(
        f"^({DIED}|{MOVED}|{EXPELLED}|减员|减少|停用|出库|取消(预备)?(党员)?资格|取消)"
        "(时间|日期|原因|去向|类[型别])"
    ),
    values=re.compile(f"(已)?({DIED}|{MOVED}|{EXPELLED})(党员)?"),
    refusal=_(
        "People who have left are not current members. End the "
        "membership of recorded members on their pages."
    ),
    url_name="members:list",
)

PEOPLE = (
    _list_of_people(
        "no_members",
        _("list of people who are no Party members"),
        "非(中共)?党员(?!发展)|非中共(人士|人员)|党外(人士|人员)",
        "非党员|党外",
    ),
    _list_of_people(
        "volunteers",
        _("list of volunteers"),
        "(党员)?(志愿(者|服务)?(队|队员|人员)?|义工)",
        "志愿|义工|服务(时长|时数|意向|类别)",
    ),
    _list_of_people(
        "democratic_parties",
        _("list of members of the democratic parties, or of people without party"),
        "民主党派|(?<!无)党派成员|民革|民盟|民建|民进|农工(民主)?党|致公党|九三学社|台盟|无党派|党外",
        "党派|民主党",
        "(中国)?(民革|民盟|民建|民进|农工|致公|九三|台盟|国民党革命|民主同盟|民主建国|民主促进).*|无党派.*",
    ),
    _list_of_people(
        "youth_league",
        _("list of members of the Youth League"),
        "共青团员?|团员|团支部|团干部?|青年团",
        "入团|团支部|团员证|所在团|团籍",
        "(共青)?团员|中国共产主义青年团团员|共青团",
    ),
    _list_of_people(
        "union", _("list of trade union members"), "工会(会员)?|会员", "入会|会员|工会"
    ),
    _list_of_people(
        "militia",
        _("list of the militia or of people liable to service"),
        "民兵|基干|预备役|兵役|应征",
        "民兵|兵种|编组|兵役|征兵|应征|军事",
    ),
    _list_of_people(
        "veterans",
        _("list of veterans"),
        "退[役伍]军人|退[役伍]士兵|退役|复员|转业|优抚|军属|烈属",
        "入伍|退[役伍]|部队|服役|军衔|优抚",
    ),
    _list_of_people(
        "welfare",
        _("list of people who are helped (subsistence allowance, disability, age)"),
        "建档立卡|低保|低收入|特困|五保|救助|残疾人?|贫困(户|人口|生)?|困难(群众|家庭|职工|户|学生)?"
        "|困境儿童|留守|孤儿|养老|高龄|老年人?|失业|脱贫|补贴|慰问|帮扶",
        "低保|保障金|残疾|照护|重点人群|致贫|享受|救助|补贴|失能|监护|困难类[型别]|帮扶|受理|审批|公示|认定档次|街道(调查|审核)",
    ),
    _list_of_people(
        "patients",
        _("list of patients or of people examined"),
        "患者|病人|病员|住院|体检|就诊|接种|疫苗|核酸|门诊|诊疗|随访|献血|采样",
        "病历|病案|住院|诊断|科室|床号|就诊|疫苗|接种|核酸|采样|症状|体检|随访",
    ),
    _list_of_people(
        "students",
        _("list of pupils or students"),
        "学生|学员|新生|毕业生|考生|研究生|本科生|同学|幼儿|儿童|学籍|团学|班级|年级|.班(?=名单|花名册)",
        "^学号|班级|^年级|^专业|学籍|准考证|院系|^学院|辅导员|导师|家长|宿舍|寝室|考[号场]|学制|班主任",
    ),
    _list_of_people(
        "employees",
        _("list of employees"),
        "员工|职工|教师|教职工|职员|工作人员|工作者|干部|雇员|公务员|医护(人员)?|辅警|网格员"
        "|编制|在编|人事|工资|薪酬|社保|参保|招聘|应聘|录用|入职|离职|从业人员|务工人员|民工|工人"
        "|保洁|保安|司机|专家|医生|护士|人才",
        "工号|^部门|所在部门|岗位|入职|劳动合同|^合同|薪|工资|离职|试用期|聘|编制|社保|参保|工龄"
        "|KPI|kpi|绩效|外派|试用|毕业院校|职工|员工|职级|职称|职务代码|学段|全日制教育|^公司|银行卡|开户行|参加工作|到岗|劳务|工种",
    ),
    _list_of_people(
        "residents",
        _("list of residents or households"),
        "居民(小组)?(?!委员会|区)|村民|户籍|人口|住户|业主|户主|租户|租客|常住|流动人口|(?<![困难])家庭(成员|情况|信息)"
        "|楼栋|楼长|信教|宗教|代表|居家|返乡|外来",
        "户主|户口|与户主|门牌|楼栋|^单元|房号|房屋|户籍(性质|类型)|^网格|产权|家庭人口|^户号|租住"
        "|人户|婚姻|小区|^[村居]民姓名|计生|地域|宗教|信教",
    ),
)
# Wages and relations stand in no roster: a Party column beside them is one of many.
# Of when people went away a register is kept, whatever it repeats of the roster.
NO_ROSTER = re.compile(
    "^外出流动(开始|起始)?(日期|时间)|工资|薪[级资酬]|kpi|绩效|试用|与党员(本人)?(的)?关系"
)
# A sheet that asks everybody for their political status lists more than members.
NOT_MEMBERS = re.compile(
    "群众|(共青)?团员|中国共产主义青年团团员|少先队员|无党派(民主)?人士"
)
# Columns about people that a roster of members may have beside those of the Party.
ABOUT_PEOPLE = re.compile(
    "姓名|名字|性别|男女|身份证|公民身份|证件|民族|族别|出生|生日|年龄|籍贯|国籍|出生地"
    "|学历|学位|文化|教育|^(毕业)?(院校|学校)|^(所学)?专业|毕业|职[务称级业位]|^岗位|工作|^(所在|现|就[业职]|任职)?(单位|企业|公司)"
    "|^行业|参加工作|入伍|服役|退役|手机|电话|联系|座机|固话|邮箱|qq|微信|地址|住址|住所|住地|住处|居住|户籍|户口|社区|街道|[村组]$|网格$|小区$"
    "|婚姻|健康|特长|技能|专长|爱好|类[别型]|类$|性质|身份|状态|情况|面貌|面目|标[识志签]|^是否|流动|失联|困难|离?退休|党|支部|组织"
    "|备注|备考|说明|附注|其[他她它]|补充|简历|照片|^序号|^编[号码]$|^(id|no)|账号$|审核|(创建|更新|录入|填报)(时间|日期)|姓别|^\\d*$"
)
MOBILE_TITLES = re.compile("流动党员|流[出入]党员|党员流动|外出党员")
# Only registers of absences list days of leaving; rosters do not.
ABSENCES = SheetType(
    MOBILE_REGISTER,
    _("register of mobile members"),
    re.compile("(党员)?外出(流动)?(登记|报备|备案).*|流[出入](流动)?党员(登记|台账).*"),
    strong=re.compile(
        "^(外出|流[出入]|流动|离开)(流动|流[出入])?(起始|开始|起止)?(时间|日期|年月)"
        "|^何时(外出|流[出入]|流动|离开)"
        "|流[出入](地|入|出)*党(支部|组织)|流动(类型|方向|原因)|外出(原因|事由|流向|去向|地点)"
        "|流动(党员)?活动证|^(返回|回流|返乡)(时间|日期)"
    ),
    refusal=_(
        "It says who is away and since when: upload it as a register of mobile members."
    ),
    url_name="exchange:list",
)
MONTHLY = SheetType(
    "monthly_return",
    _("monthly return of communities"),
    re.compile("月报表?.*|月度(工作)?(统计)?报表.*"),
    strong=re.compile(
        "上月(末|底)|期初党员|本月(末|增加|减少)|认领人次|党员大会|支委会|经费支出"
    ),
    refusal=_("It has no people on it: upload it as a monthly return."),
    url_name="exchange:list",
)
MEMBERS = (
    SheetType(
        CHECK_IN,
        _("sheet of in-service members who check in with a community"),
        re.compile("报到.*|双报到.*|双联系.*|进社区.*|到社区.*"),
        strong=re.compile("报到(时间|日期|社区|单位|地点|小区)|认领岗位"),
        headings=re.compile("居住小区|居住社区|报到|服务意向|认领"),
        never=re.compile(
            "^学院|院系|^学号|^年级|^班级|^学校|入伍|退役|罪名|刑期|释放|安置方式|报到学校|毕业院校"
        ),
        against=NOT_MEMBERS,
    ),
    SheetType(
        MOBILE,
        _("roster of mobile members"),
        MOBILE_TITLES,
        against=NOT_MEMBERS,
    ),
    SheetType(
        ROSTER,
        _("Roster of Party members"),
        re.compile(f"党员|共产党员|§({LISTS})|党支部(?=({LISTS}))|党建|党务"),
        headings=re.compile("转正|党龄|党籍|支部|党组织|党内职务|介绍人|党员"),
        strong=re.compile(
            "^入党(时间|日期|年月|年份|年月日|$)|加入(中国共产|中共|共产|党).*(时间|日期|年月)"
            "|^(成为|接收为?|转为)(预备|正式)党员|党员(类别|类型|性质|身份)|党籍状态|^何时入党"
            "|^(正式|预备)党员(时间|日期)|正式或预备|党员姓名|是否(正式|预备)"
        ),
        never=NO_ROSTER,
        values=re.compile("(中共)?(正式|预备)党员|中共党员|中国共产党(预备|正式)?党员"),
        against=NOT_MEMBERS,
        familiar=ABOUT_PEOPLE,
    ),
)
SHEET_TYPES = (
    *(ARRIVALS, RELATIVES),
    *(DEVELOPMENT_PLAN, DEVELOPMENT, DUES, ATTENDANCE, LOST, FORMER),
    *(EXAMINED, FILES, QUESTIONNAIRE),
    *PEOPLE,
    INFLOW,
    ABSENCES,
    *(sheet_type for sheet_type in OTHER_TYPES if sheet_type not in {INFLOW, LOST}),
    MONTHLY,
    *MEMBERS,
)
