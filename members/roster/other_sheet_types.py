"""The types of sheet about members, branches and units that rosters are not.

Each says in its refusal where such things are entered, or that no page keeps them yet.
Their titles reach to the end of the line (`.*`) where the subject stands before the
people: of 民主评议党员名册 the appraisal is the subject, not the roster.
"""

import re

from django.utils.translation import gettext_lazy as _

from exchange.sheet_types import SheetType

# Sheets of things have no people in their rows.
PEOPLE_IN_ROWS = re.compile("^(性别|民族|身份证|公民身份|出生)|^姓名$")

# Of 两新组织党员花名册 the members are the subject, not the organizations.
ROSTER = "党员((基本)?信息|(基本)?情况)?(花?名册|名单|台账)(表|册)?$"

INFLOW = SheetType(
    "inflow",
    _("register of members who have come from elsewhere"),
    re.compile(
        "(流入|外来|外地(流入)?)(本?地|本?辖?区|本?社区|本?[村镇街])?的?(流动)?党员(花?名册|名单|登记|台账|信息|情况|统计|一览|汇总)?(表|册)?"
        "|流动党员流入.*"
    ),
    strong=re.compile(
        "^(何时)?流入(时间|日期|年月|原因|事由|类型|我?(村|社区|支部|地))"
    ),
    refusal=_(
        "Who has come from elsewhere stays a member of their branch at home and is not"
        " counted here. Upload it as a register of mobile members."
    ),
    url_name="exchange:list",
)
LOST = SheetType(
    "lost",
    _("list of members out of contact"),
    re.compile("(失联|失去联系|联系不上|下落不明|口袋|空挂)(的)?(党员)?.*"),
    strong=re.compile(
        "^失(联|去联系)(时间|日期|年月|原因|情况|类型)|(查找|排查|寻找)(情况|结果|方式|时间|经过)"
        "|^(最后|最近)(一次)?联系"
    ),
    values=re.compile("失联(党员)?|失去联系|联系不上|查无此人"),
    refusal=_(
        "It says who is being looked for; that does not end a membership, and nobody is"
        " entered by it. Open the search on the page of each member: “Report lost"
        " contact”."
    ),
    url_name="members:list",
)
APPRAISAL = SheetType(
    "appraisal",
    _("sheet of appraisals or points of members"),
    re.compile(
        "(民主)?评议(?!会).*|民主测评.*|(党员)?(积分|先锋指数|星级).*|(党员)?(评星|定星|评定等次).*"
        "|述职.*|考核.*"
    ),
    headings=re.compile(
        "评议|等[次级]$|^(优秀|合格|基本合格|不合格|称职|基本称职|不称职|好|较好|一般|差)$"
        "|自评|互评|测评|评定|得分|[积总扣加]分$|考核(结果|等次)"
    ),
    strong=re.compile(
        "(评议|评定|考核)(等[次级]|结果|意见|票)|(年度|本月|累计|总)积分"
    ),
    never=re.compile("学号|(?<!学)工号|户主|受理|认定档次"),
    refusal=_(
        "It says how members were appraised, not who the members are. The grades are"
        " entered on the page of appraisals, the meeting on that of meetings."
    ),
    url_name="members:appraisals",
)
OFFICES = SheetType(
    "offices",
    _("list of offices held in Party organizations"),
    re.compile(
        "(现)?任职.*|任免.*|任命.*|党代表.*|党员代表(大会)?(代表)?(花?名册|名单|登记|信息|推荐|候选).*|党小组长.*|后备干部.*|届满.*|换届.*|支委.*|班子.*|党内职务.*|两委.*|(委员(?!会)|副?书记(?!抓|领办|项目|基层)).*|党务(工作者|干部).*"
    ),
    headings=re.compile(
        "任职|任期|届次|任命|当选|党内职务|委员|书记|分工|分管|届满|换届|候选"
    ),
    strong=re.compile(
        "^(现)?任(现职|职)(时间|日期|年月|文号|起)|^任期|^届次|^任现?职务?(时间|年月)"
        "|(本届|届满|换届|当选)(时间|日期|年月)|分管工作|委员分工|现任(党内)?职务"
    ),
    values=re.compile(
        "(党?(支部|总支|委))?(第一|副)?(书记|委员)|(组织|宣传|纪检|青年|保密|统战|群工|学习|生活|安全)委员"
    ),
    refusal=_(
        "It says who holds an office, not who the members are. Offices are entered on"
        " the page of the body to which they belong."
    ),
    url_name="communities:bodies",
)
ORGANIZATIONS = SheetType(
    "organizations",
    _("list of Party organizations"),
    re.compile(
        "(基层|下属|下辖|所属|各级?|直属|非公|两新)*(党组织|党支部|党委|党总支)(基本)?(名册|名录|花名册|一览|台账|信息库|设置|成立|建立|概况|目录|清单|情况|基本|分类|覆盖|排查|信息|统计|登记|汇总).*"
        "|(党组织|支部)(基本)?(名册|名录|一览|设置|成立|概况|目录).*|§(基本|设置|概况|名录|成立|目录).*|组织架构.*"
    ),
    strong=re.compile(
        "^(党组织|支部|组织|党支部)(代码|编码|类别|类型|性质|属地关系|地址|建立时间|成立(时间|日期))"
        "|^(党组织|支部|党支部)?(负责人|书记|副书记)(姓名|电话|联系方式|手机)?$"
        "|^(成立|建立|批准成立|组建)(时间|日期|年月)$|党员(总)?(人?数|数量)|^隶属关系|^(上级|下属|下辖)党组织|换届(时间|日期)"
        "|^支部数|班子人数"
    ),
    headings=re.compile("党组织(名称|全称)|支部名称|批准文号|活动场所|通讯地址"),
    never=PEOPLE_IN_ROWS,
    refusal=_(
        "It lists organizations, not people. Branches are set up by the street"
        " committee in record management, one by one; members are entered once their"
        " branch is there."
    ),
)
UNITS = SheetType(
    "units",
    _("list of units, enterprises or social organizations"),
    re.compile(
        f"(?!.*{ROSTER})(?:(驻区|驻街|驻社区|驻地|驻村|辖区|区域内|共建|联建|结对|成员|挂联|包联|会员|报到)+(内|各)?单位(?!.*清单).*|单位(名录|名册|一览|花名册|名单|信息|基本|情况|台账).*"
        "|(非公|两新|新经济|新社会|社会|民办|社区社会|群团)(有制)?(经济|企业|组织)+.*|(企业|商户|商铺|门店|楼宇|园区|个体工商户|机构)(名录|名册|名单|信息|一览|清单|基本|情况|台账|登记|走访).*)"
    ),
    strong=re.compile(
        "^(单位|企业|机构|组织|商户|公司)(名称|全称)$|统一社会信用|信用代码|法定代表人|^法人(代表|姓名)?$"
        "|^(单位|企业|公司)(性质|类型|地址|规模|负责人|联系人)|注册(资本|资金|地址)|经营(范围|地址|状态)"
        "|(职工|员工|从业)(总)?人?数|所属行业|行业类别|成立党组织"
    ),
    headings=re.compile("负责人|法人|党建联络员|联络员|营业"),
    never=PEOPLE_IN_ROWS,
    refusal=_(
        "It lists units, not people. Units in the area are entered on the page of"
        " resident units, one by one."
    ),
    url_name="organizations:units",
)
PROJECTS = SheetType(
    "projects",
    _("list of projects, agreements, resources or needs of co-building"),
    re.compile(
        "(党建)?(共建|联建|结对共建|结对帮带|共驻共建|联建共建)(项目|协议|活动|清单|台账|任务|计划|事项|情况|联席|资源|需求|服务).*"
        "|(实事|服务|重点|民生|为民|攻坚|书记|领办|认领|惠民|微|公益)*(项目|实事|事项|任务|需求|资源|问题)(清单|台账|一览|汇总|认领|征集|推进|进度|申报|登记|统计|表).*"
        "|(资源|需求|服务|联建|共建|项目)清单.*|[两二双三四]张?(项)?清单.*|书记(抓|领办|项目).*"
    ),
    strong=re.compile(
        "^(共建|服务|实事|认领|结对|领办)*(项目|协议|需求|资源|任务|问题|事项)(名称|内容|类型|类别|编号|来源|清单|描述|概况|简介)"
        "|^(甲|乙)方|签(订|约|署)(时间|日期)|(完成|办结|整改)(时限|期限|情况|时间|状态)|(责任|牵头|配合|共建|认领|承办|实施)单位"
        "|整改(措施|责任)|工作措施"
    ),
    headings=re.compile("进展|进度|资金来源|预算|项目|共建|责任人|推进"),
    never=PEOPLE_IN_ROWS,
    refusal=_(
        "It lists projects or agreements, not people. They are entered on the page of"
        " agreements, the communities' own projects on that of projects."
    ),
    url_name="cobuilding:list",
)
MEETINGS = SheetType(
    "meetings",
    _("list of meetings or activities"),
    re.compile(
        "(三会一课|(主题)?党日|组织生活|党员大会|支委会|党小组会|党课|会议|(主题|党建|党员)?活动|(理论)?学习)"
        "(开展)?(记录|台账|计划|统计|安排|情况|登记|一览|汇总|进度|执行|表|$)+"
    ),
    strong=re.compile(
        "^(会议|活动|党课|学习|组织生活)(名称|时间|日期|主题|内容|地点|类型|形式|议题|题目)|主持人|记录人|主讲人|授课人|应到人?数|实到人?数|参加人数|缺席人"
    ),
    never=PEOPLE_IN_ROWS,
    refusal=_(
        "It lists meetings or activities, not people. They are recorded on the page of"
        " meetings."
    ),
    url_name="communities:list",
)
TRANSFERS = SheetType(
    "transfers",
    _("register of transfers of membership"),
    re.compile(
        f"(?!.*转入的?{ROSTER})(?:(党员)?(组织)?关系(转接|转移|接转|接收|转入|介绍信).*|介绍信.*|(党员)?转接.*|(组织关系)?转入转出.*)"
    ),
    headings=re.compile(
        "转[出入](至|到|的)?(地|时间|日期|党?(组织|支部|总支|委)|单位)|介绍信|^原(组织关系)?(所[属在])?党?(组织|支部|总支|委)"
    ),
    strong=re.compile(
        "^(拟|现)?转[出入往](至|到|的)?(地|党?(组织|支部|总支|委)|单位)|^原(组织关系)?(所[属在])?党?(组织|支部)|介绍信(编号|号|字号|有效|抬头|开具)|回执|转接(类型|方向|时间|日期|状态|进度)|^(转往|去往|转至)|^抬头|有效期|开具(时间|日期)|经办人"
    ),
    refusal=_(
        "It is a register of letters, not a roster. Each letter is recorded on the page"
        " of transfers."
    ),
    url_name="members:transfers",
)
MONEY = SheetType(
    "money",
    _("account of income and expense"),
    re.compile(
        "(党建|党组织|活动|工作|服务群众|为民服务)*(经费|专项资金).*|收支.*|支出.*|预算.*|决算.*|报销.*|(记|流水|明细|总|日记)账.*|财务.*|资产.*|物资.*"
    ),
    strong=re.compile(
        "^(借|贷)方|^摘要$|^(收入|支出|余额|结余|金额|单价|数量|凭证号|票据号|报销金额|支出金额|收入金额|预算金额)([(]?元?[)]?)?$|^经费(来源|用途)|资产(名称|编号)"
    ),
    never=PEOPLE_IN_ROWS,
    refusal=_(
        "It lists money, not people. Income and expense are entered with a fund."
    ),
    url_name="finance:list",
)
POSTS = SheetType(
    "posts",
    _("list of volunteer posts or of service given"),
    re.compile(
        "(志愿|党员)?(服务)?岗位?(设置|清单|一览|台账|目录|发布|认领|需求|安排).*|设岗定责.*|无职党员(?!(基本)?(信息)?(花?名[册单]|台账|登记|统计)).*|志愿(服务)?(活动|项目|时长|记录|服务记录|积分|计划).*|认岗.*|(微心愿|心愿).*"
    ),
    strong=re.compile(
        "^(岗位|服务岗位)(名称|职责|数量|要求|类型|内容)|需求人数|招募人数|心愿(内容|名称)|认领(人|时间|情况)$"
    ),
    headings=re.compile("岗位|服务(时长|时数|内容|时间)"),
    refusal=_(
        "It lists posts or service, not members. Posts are offered, and service is"
        " recorded, on the page of posts."
    ),
    url_name="volunteering:list",
)
HONOURS = SheetType(
    "honours",
    _("list of honours, proposals or penalties"),
    re.compile(
        "(拟)?(表彰|表扬|推荐|评选|评优|评先|选树).*|(优秀|先进|模范|最美)(共产)?(党员|党务工作者|个人|集体|基层|支部).*"
        "|信访.*|举报.*|问题线索.*|两优一先.*|光荣在党.*|纪念章.*|奖惩.*|(党纪)?处[分置罚].*|违[纪法规].*|荣誉.*|奖项.*"
    ),
    strong=re.compile(
        "^(主要|先进|简要)事迹|^获奖|荣誉(名称|称号|等级)|(表彰|推荐|授予)(称号|名称|奖项|类[型别]|单位|文号)|颁奖|^(曾?获|所?受|受过)?(奖励|表彰|荣誉|奖惩|处分)(情况|名称|称号|时间|种类|原因)|^推荐(单位|意见|理由)|违纪(事实|时间|行为)|颁发时间|纪念章|立案|处分决定|审查调查|被(调查|处分|审查)人"
    ),
    refusal=_(
        "It names members for an honour or a penalty; it is no roster. Honours are"
        " entered one by one on the page of the member or of the organization;"
        " penalties are not kept here."
    ),
)
WORK = SheetType(
    "work",
    _("list of visits, pledges or tasks of members"),
    re.compile(
        "走访.*|谈心(谈话)?.*|谈话.*|承诺(?!书?制).*|践诺.*|公开承诺.*|值班.*|排班.*|轮值.*|责任区.*|示范岗.*|包[联保户楼村片干].*|联系(服务)?(群众|党员|点|户).*"
        "|党员(联系|结对|帮扶|包)(?!方式|电话).*|下沉.*|先锋[队岗户].*|突击队.*|党员(家庭)?户.*"
    ),
    strong=re.compile(
        "走访(时间|日期|对象|情况|内容|人|领导|干部|记录|结果)|谈(心|话)(时间|日期|对象|内容|人|情况)|承诺(内容|事项|时间)|践诺|^联系(户|对象|群众)(姓名|户主)?$|值班(时间|日期|人|电话)|包联|责任区|下沉(时间|社区|岗位)"
    ),
    refusal=_(
        "It says what members do, not who the members are. This system keeps no such"
        " list yet."
    ),
)
HANDOUTS = SheetType(
    "handouts",
    _("list of what members were given, handed over or attended"),
    re.compile(
        "[党§](?!.*(签到|报到|评|考核|考勤|档案|教育培训(信息|管理)))"
        ".*?(发放|领取|领用|移交|交接|签收|借阅|查阅|捐款|捐赠|投保|保险|体检|[培轮参春冬集]训|补助|补贴|慰问"
        "|投票|献血|接种|疗养|生日|佩戴|挂牌|学习强国|微信群?|宣誓|誓词).*"
        "|慰问.*党员.*|学习强国(?!积分).*"
    ),
    strong=re.compile(
        "慰问(金|品|物|款|标准|时间|日期|形式|方式|情况)|(领取|签领|领用|发放|签收|捐款|捐赠)(人|签[字名]|时间|日期|数量|份数|金额|标准|情况|物[品资])?$"
    ),
    refusal=_(
        "It says what members were given, handed over or attended, not who the members"
        " are. This system keeps no such list yet."
    ),
)
STATISTICS = SheetType(
    "statistics",
    _("table of numbers about members"),
    re.compile(
        "党员(队伍)?(结构|年龄|数量|人数|分布)(分析|统计|情况)?.*|党内统计.*|年报.*"
    ),
    strong=re.compile(
        "^(党员)?(总|合)?(计|人数|数)$|^党员(总|人)?数|^\\d+岁|^(35|30|60)岁|以[上下]$|人数$|百分比|占比|比例$|^(本科|大专|高中|初中|研究生|女|男|少数民族|预备|正式|在岗|离退休)$"
    ),
    never=PEOPLE_IN_ROWS,
    refusal=_(
        "It has numbers, not people. This system counts by itself from the members that"
        " are recorded: bring in the roster instead."
    ),
    url_name="reports:dashboard",
)
# Words of one title may name several: an earlier type wins where they end alike.
OTHER_TYPES = (
    *(INFLOW, LOST, APPRAISAL, OFFICES, TRANSFERS, MONEY, POSTS, MEETINGS),
    *(HANDOUTS, HONOURS, WORK, PROJECTS, UNITS, ORGANIZATIONS, STATISTICS),
)
