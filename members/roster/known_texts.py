"""Say which texts on a sheet of members are understood, or tell nothing against them.

What is not understood is shown once and has to be looked at (`exchange.doubts`), so no
list here has to be complete: a word that is missing costs a look, never a wrong entry.
"""

import re
from collections.abc import Callable, Mapping

from django.db.models import Q

from core.db.tree import ancestor_paths
from core.months import today
from exchange.doubts import Doubt, DoubtSource
from exchange.imports.state_columns import (
    must_be_answered,
    names_parties,
    says_not,
    tells_of_gone,
)
from exchange.sheet_context import SheetContext
from members.roster.categories import find_category, names_elsewhere
from members.roster.departures import DAYS, DEAD, NO, OTHER_STATE, QUESTIONS
from members.roster.ended_states import EndedStates
from members.roster.group_headings import Meaning, find_meaning
from members.roster.membership import (
    NAMES_ON_THE_WAY,
    WHAT_PEOPLE_ARE,
    fold_own_heading,
    tells_where_from,
)
from members.roster.remarks import BETWEEN, judge_remark
from members.roster.wording import (
    find_category_in_remark,
    find_standing,
    says_nothing,
)
from organizations.models import Organization, OrganizationAlias
from organizations.naming import SHORT
from sheets.read import drop_brackets, fold, strip_heading

# What titles are made of besides the names of organizations and of the list.
TITLE_WORDS = re.compile(
    "中共|中国共产党|共产党|党工委|委员会|工委|党委|第?[一二三四五六七八九十\\d]*党?总支部?|第?[一二三四五六七八九十\\d]*党?支部|第[一二三四五六七八九十\\d]+|居委会|村委会|办事处"
    "|党群服务中心|社区|街道|党组织|党建|党务|组织关系|组织|在职|离?退休|离休|流动|流出|预备|正式|居民|直管|无职"
    "|待就业|待安置|毕业生|党员|人员|同志|双?报到|[到进回]社区|双联系|服务|花?名册|名单|台账|一览|登记|报备|统计|采集|汇总|明细"
    "|新增|信息|情况|基本|详细|表格?|[册簿库]|全体|所有|在册|在籍|现有|各|本|全|年度?|月份?|季度|[上下]半年|截至|截止|底|日"
    "|附件|附|模板|样表|版|最新|最终|更新|修改|定稿|填报|上报|报送|填写|单位|工作[表簿]|新建|副本|格式|导出|系统|管理|电子|数据|资料"
    "|动态|机关|企事业|事业|企业|通讯录?|联系方式|干部|老年?|困难|新|男|女|[的之及和与暨等或共人名号]|sheet|党"
)
# What the name of one of several sheets says of the people on it: 在册, 第一支部.
TAB_WORDS = re.compile(
    "党|支部|名[册单]|花名|台账|在[册籍]|现有|全[体部]|所有|正式|预备|离?退休|离休|在职|流动|流出|sheet|工作[表簿]|总?表$|汇总|\\d|社区"
)
# Where an organization lies, before its name: 四川省宜宾市翠屏区.
TERRITORY = re.compile(
    "^(?:[^\\W\\d转出入离死退未不失外拟]{1,7}?(?:自治[区州县]|新区|开发区|[省市区县州旗镇乡村]|街道))+"
)
STATE = re.compile("(状态|阶段|标[识志签])$")  # beside a known kind of member unread
NO_WORDS = re.compile(r"[\W\d_a-z]+")
# A sentence above the table matters if it may be about who belongs.
SENTENCE = re.compile("[:：。；，,]")
SUSPECT = re.compile(
    "[未非已拟原曾转退离死逝失停撤外别误重亡走]|不再|标[红黄蓝绿]|[红黄灰蓝绿]色?底|颜色|划[掉去]|以[下上]|[下上]列|[上下]述|[上下]面|其他"
    "|除名|注销|作废|取消|群众|积极|对象|申请|不[是属在]"
)
NOTE = re.compile("(注|备注|附注|说明|填[表报写]说明)\\d?[:：、.]|[※★*]")
OF_PAGE = re.compile("[本每该此]页|页小?计")  # such a total ends no group
# What a form says of itself, which no row is about.
OF_FORM = re.compile(
    "((以上|上述|本表)(所列)?)?(人员|党员|信息|内容|情况|数据)*(均|都|全部)?(经本?人?)?已?(核对|审核|核实)(无误|完毕|确认)?|情况属实|不得(外传|遗漏|涂改|空[项缺])|未经.{0,6}不得|外[传泄]|不[详全]"
    "|(打印|电子|纸质)版|加盖公章|一式.份"
)
OF_ANOTHER_TIME = re.compile("^(入党|申请|发展|转正|接[收受])")
ORGANIZATION = re.compile(".{2,}(党?支部|党?总支|党委|党工委|社区|街道)(委员会)?")
YEAR = re.compile("(?<!\\d)((?:19|20)\\d\\d)(?!\\d)")
MAX_TITLE_LENGTH = 60
# Columns that say nothing of membership, whatever stands there.
HARMLESS = re.compile(
    "性别|民族|族别|籍贯|出生|生日|年龄|国籍|学历|学位|文化|教育|院校|专业|职[务称级业位]|岗位|单位|企业|公司|行业|工作|入伍"
    "|手机|电话|联系|邮箱|qq|微信|地址|住[址所地处]|居住|户籍|户口|婚姻|健康|血型|特长|技能|专长|爱好|简历|照片|党龄|介绍人"
    "|党费|[交缴][费纳]|困难|低保|残疾|军|志愿|代表|委员|宗教|申请书$|志愿书$|材料$|证书$|原件$|复印件$|退休|离休|领取|发放|纪念章|徽章|谈心|谈话|走访|慰问|曾用名|星级|小区|党小组|网格|楼[栋号层道]|单元|门牌"
    "|(录入|填[表报写]|采集|登记|经办|审核|联系)人$|签[名字]|培训|学习|表彰|奖|荣誉|疫苗|^党内职务"
)
# What the headings of a roster are made of; of a known one nothing else is left.
HEADING_WORDS = re.compile(
    f"{HARMLESS.pattern}|姓名|姓别|名字|男女|身份证件?|公民身份|证件|毕业|结业|就读|学[习位制]|在读|现役|服役|退役|座机|固话|电子"
    "|入党|转正|加入|转入|接收|落实|编入|申请|发展|成为|确定|批准|共产党|中共|党员|党籍|党组织|党?(支部|总支)(书记|委员会)?|党委|党内|党群"
    "|组织关系|组织|正式|预备|培养|政治|流动|流入|流出|返回|失联|本人|个人|人员|基本|详细|家庭|常住|暂住|现在|目前|当前|原籍|社区|街道|网格"
    "|参加|技术|资格|政审|审查|派出所|标准|新?社会阶层|固定|学?工号|学号|从业|在[职岗]|何[时地]|列为|积极分子|转为|接转|兵役|进入|意向|地$|类[别型]?|性质|身份|状态|状况|情况|面[貌目]|标[识志签]|备注|备考|说明|附注|其[他她它]|补充|信息|内容|简历|序号|编[号码]|账号|号码?|代码|审核|创建|更新|录入"
    "|时间|日期|年[月份]?日?|月份?|名称?|全称|简称|所[在属处]|上级|二级|最[高新后]|全日制|第[一二三]|是否|有无|转接|具体|主要|级别?|层次|程度|方式|来源|原因|表"
    "|人$|现|原|及|和|与|或|的|为|在|于|[村组]$|id|no"
)
THE_PARTY = re.compile("(中国)?共产党(员)?|中共(党员)?|((中共)?(正式|预备)党员)")
HARMLESS_REMARK = re.compile(
    "((党?支部|总支|党?小组|党委|社区|居委会)?(副?(书记|主任|组长)|(组织|宣传|纪检|青年|统战)?委员)|支委|干部|社区工作者"
    "|网格[员长]|楼[栋道组]?长|志愿者|(退[役伍]|复员|转业)军人|[军烈]属|劳模|优秀(共产)?党员|优秀党务工作者|(生活)?困难(党员)?"
    "|低保户?|残疾人?|独居|空巢(老人)?|老党员|光荣在党50年|纪念章|党代表|人大代表|政协委员|党龄\\d+年?|正常|在册|[是有无男女]|√"
    "|党?小?组长|党费(已|未)?(交|缴)[清齐纳]?|(住?址|电话|手机|号码)+(有误|停机|空号|关机|不详|已?(变更|更换|更新|换号?))"
    "|(\\d{4}年(\\d+月)?)?((由|从)[^未没不拟待]{2,15})?转[入来]|\\d+(栋|幢|号楼?|座)(\\d+单元)?(\\d+[室号])?"
    "|[\\d.\\-/年月日]+)"
)


class KnownTexts:
    """Understands the titles, lines, columns and remarks of sheets of members."""

    title_words, tab_words = TITLE_WORDS, TAB_WORDS

    def __init__(self, context: SheetContext) -> None:
        self.names = _names_around(context.organization)
        self.titles = context.titles
        self.states = EndedStates(context)

    def __call__(self, doubt: Doubt) -> bool:
        """Whether the text is understood, or says nothing against the rows."""
        match doubt.source:
            case DoubtSource.TITLE:
                return self._knows_title(doubt.text) and self._knows_tab(doubt)
            case DoubtSource.GROUP:
                return self._knows_group(doubt.text)
            case DoubtSource.COLUMN:
                return self._knows_cell(doubt.heading, doubt.text)
            case DoubtSource.COMMENT if not doubt.heading:
                return _is_harmless(doubt.text)
        known = UNDERSTOOD.get(doubt.source)
        return known is not None and known(doubt.text)

    def _knows_cell(self, heading: str, text: str) -> bool:
        """Whether a text of a column that is not read is understood."""
        if self.states.is_set_aside(heading, text):
            return True
        if must_be_answered(heading):
            return says_not(text) or (names_parties(heading) and _is_the_party(text))
        return _knows_column(heading, text) or self._names_organization(heading, text)

    def _knows_group(self, text: str) -> bool:
        """Whether a heading names an organization, or people that the rules know."""
        name = strip_heading(text)
        if find_meaning(name) is not Meaning.UNKNOWN or self._knows_title(name):
            return True
        word = drop_brackets(fold(name))
        is_read = find_standing(word) or find_category(word)
        return bool(is_read or HARMLESS.search(word)) and _is_harmless(name)

    def _names_organization(self, heading: str, text: str) -> bool:
        """Whether a text is a name near by, or one of another time, and no more."""
        word = fold(text)
        if not ORGANIZATION.fullmatch(word) or names_elsewhere(text):
            return False
        is_near = any(name in word for name in self.names)
        is_past = OF_ANOTHER_TIME.search(fold_own_heading(heading))
        return bool(is_near or is_past) and _is_harmless(text)

    def _knows_title(self, text: str) -> bool:
        years = [int(year) for year in YEAR.findall(text)]
        if years and max(years) < today().year - 1:
            return False  # a list of an earlier year is no list of today's members
        if len(text) > MAX_TITLE_LENGTH or SENTENCE.search(text):
            return _is_harmless(text)
        return not self.find_unknown(text)

    def _knows_tab(self, doubt: Doubt) -> bool:
        """Whether the name of one of several sheets says who its people are.

        Where no title does, 居民 or 单位 says no more than that they are others.
        """
        is_only_name = doubt.text == doubt.sheet and not self.titles.get(doubt.sheet)
        if not is_only_name or len(self.titles) < 2:
            return True
        word = fold(doubt.text)
        return any(name in word for name in self.names) or bool(
            self.tab_words.search(word)
        )

    def find_unknown(self, title: str) -> str:
        """Return what is left of a title without names and the usual words."""
        words = fold(title).replace("(", " ").replace(")", " ")
        for name in self.names:
            words = words.replace(name, " ")
        left = (TERRITORY.sub(" ", word) for word in words.split())
        return NO_WORDS.sub("", self.title_words.sub(" ", " ".join(left)))


def _is_harmless(sentence: str) -> bool:
    return SUSPECT.search(sentence) is None


def _names_around(chosen: Organization) -> list[str]:
    """Return the names of what lies above and below, the longest first."""
    near = Q(path__in=ancestor_paths(chosen.path)) | Q(path__startswith=chosen.path)
    nodes = Organization.objects.filter(near)
    names: set[str] = set()
    for pair in nodes.values_list("name", "full_name"):
        names.update(pair)
    aliases = OrganizationAlias.objects.filter(organization__in=nodes)
    names.update(aliases.values_list("name", flat=True))
    names |= {SHORT.sub("", name) for name in names}
    return sorted({fold(n) for n in names if len(n) > 1}, key=len, reverse=True)


def _knows_column(heading: str, text: str) -> bool:
    own, word = fold_own_heading(heading), fold(text)
    if tells_where_from(heading) and names_elsewhere(text):
        return True  # `membership` asks about it
    if HARMLESS.search(own) or OTHER_STATE.search(own):
        is_state = OTHER_STATE.search(own)
        return not (DEAD.search(word) if is_state else tells_of_gone(text))
    if DAYS.search(own) or QUESTIONS.search(own):
        return word in NO
    return _is_read(own, word)


def _is_read(own: str, word: str) -> bool:
    """Whether `membership` or `standing` reads such a column, or asks about it."""
    if WHAT_PEOPLE_ARE.search(own) and not STATE.search(own):
        return True
    if len(word) == 1:
        return False  # 是 and 否 say nothing without their heading
    return says_nothing(word) or bool(find_standing(word) or find_category(word))


def _knows_remark(text: str) -> bool:
    if judge_remark(text) is not None or NAMES_ON_THE_WAY.search(text):
        return True
    return _is_harmless_remark(text)


def _is_harmless_remark(text: str) -> bool:
    words = [word for word in BETWEEN.split(fold(text)) if word]
    return all(
        HARMLESS_REMARK.fullmatch(word)
        or find_category_in_remark(word)
        or (len(word) > 1 and find_standing(word))
        for word in words
    )


def _knows_line(text: str) -> bool:
    is_plain = NOTE.match(text) or OF_PAGE.search(text)
    return is_plain is not None and _is_harmless(text)


def _knows_line_below(text: str) -> bool:
    return _is_harmless(OF_FORM.sub("", text))


def _knows_heading(text: str) -> bool:
    """Whether a heading is known as a whole: of 历史党员库 one word says nothing."""
    if must_be_answered(text):
        return False
    own = fold_own_heading(text)
    if OTHER_STATE.search(own):
        return True
    return not NO_WORDS.sub("", HEADING_WORDS.sub("", own))


def _is_the_party(text: str) -> bool:
    return THE_PARTY.fullmatch(fold(text)) is not None


UNDERSTOOD: Mapping[DoubtSource, Callable[[str], bool]] = {
    DoubtSource.REMARK: _knows_remark,
    DoubtSource.COMMENT: _is_harmless_remark,
    DoubtSource.LINE: _knows_line,
    DoubtSource.BELOW: _knows_line_below,
    DoubtSource.HEADINGS: _knows_heading,
}
