"""Whatever marks somebody puts into a name or a number, a public text hides it."""

import unicodedata

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from config.demo.names import GIVEN, SURNAMES
from exchange.personal_data import HIDDEN, strip_personal_data
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory, CommunityFactory

pytestmark = pytest.mark.django_db
BETWEEN = [
    *(" ", "\u3000", "\u00a0", "\t", "\n", "\r\n", "\n\n"),
    *("-", "—", "－", "～", "/", "／", "\\", "_", "*", "|", "·", "．", "."),
    *(
        "（",
        "）",
        "(",
        ")",
        "【",
        "】",
        "［",
        "]",
        "「",
        "」",
        "《",
        "》",
        "“",
        "”",
        "'",
    ),
    *("\u200b", "\u2060", "\ufeff", "\u00ad", "\ufe0f", "\u0336", "●", "#", "～～"),
]
MARKS = st.lists(st.sampled_from(BETWEEN), max_size=3).map("".join)
NAMES = (
    "曹斌伟",
    "吕鹏",
    "欧阳若兰",
    "阿不都热西提江",
    "阿依古丽·买买提",
    "José Pérez",
)
PHONE, LANDLINE, IDENTITY, OLD, CARD = (
    "13812345678",
    "07106221234",
    "429901199001010017",
    "420683900101123",
    "6222021234567890128",
)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
QUICKLY = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def place():
    community = CommunityFactory()
    branch = BranchFactory(parent=community)
    for name in NAMES:
        MemberFactory(organization=branch, name=name)
    return community


def broken(text, marks):
    """The text with one of the marks after each of its characters but the last."""
    pairs = zip(text, [*marks, ""], strict=True)
    return "".join(character + mark for character, mark in pairs)


@st.composite
def broken_names(draw):
    name = draw(st.sampled_from(NAMES))
    return name, broken(name, [draw(MARKS) for _one in name[1:]])


@QUICKLY
@given(written=broken_names())
@example(written=("曹斌伟", "曹\n斌伟"))
@example(written=("曹斌伟", "曹-斌伟"))
@example(written=("曹斌伟", "曹（斌伟"))
@example(written=("曹斌伟", "曹/斌伟"))
def test_a_name_is_hidden_whatever_marks_break_it(place, written):
    name, text = written

    assert strip_personal_data(f"前{text}后", place) == f"前{name[0]}某某后"


@st.composite
def broken_numbers(draw):
    number = draw(st.sampled_from([PHONE, LANDLINE, IDENTITY, OLD, CARD]))
    text = broken(number, [draw(MARKS) for _one in number[1:]])
    return text.translate(FULL_WIDTH) if draw(st.booleans()) else text


def digits_of(text):
    return [one for one in unicodedata.normalize("NFKC", text) if one.isdecimal()]


@QUICKLY
@given(written=broken_numbers())
def test_a_number_is_hidden_whatever_marks_break_it(place, written):
    text = strip_personal_data(f"前{written}后", place)

    assert digits_of(text) == []
    assert text.startswith(f"前{HIDDEN}")


@pytest.mark.parametrize(
    "written",
    [
        *(
            "138\n12345678",
            "138，1234，5678",
            "１３８，１２３４，５６７８",
            "138 , 1234 , 5678",
        ),
        *("138——1234——5678", "138～1234～5678", "(0)13812345678", "١٣٨١٢٣٤٥٦٧٨"),
        *("138①②③④⑤⑥⑦⑧", "𝟏𝟑𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖", "壹叁捌12345678", "一三八\n一二三四\n五六七八"),
        *(
            "一三八一二三四五六七八",
            "幺三八12345678",
            "138\n1234\n5678\n139\n1234\n5678",
        ),
        *("6222 0212 3456 7890 128", "6222021234567890128", "4000 0012 3456 7899"),
    ],
)
def test_a_number_in_other_writings_is_hidden(place, written):
    text = strip_personal_data(f"前{written}后", place)

    assert (HIDDEN in text, len(digits_of(text)) < 2) == (True, True)
    assert not set(text) & set("一二三四五六七八壹叁捌幺")


@pytest.mark.parametrize(
    ("written", "account"),
    [
        ("邮箱 zhang.san_1@example.com", "zhang.san_1@example.com"),
        ("邮箱：ZHANG@163．com，", "ZHANG@163．com"),
        ("邮箱 zhang ＠ example.com", "zhang ＠ example.com"),
        ("邮箱 zhang[at]example[dot]com", "zhang[at]example[dot]com"),
        ("微信号：zhangsan", "zhangsan"),
        ("微信号是zhang_san-1", "zhang_san-1"),
        ("微信 wx_abc123", "wx_abc123"),
        ("微信：ｚｈａｎｇｓａｎ", "ｚｈａｎｇｓａｎ"),
        ("微信（zhangsan01）", "zhangsan01"),
        ("VX:zhangsan", "zhangsan"),
        ("WeChat ID: zhangsan", "zhangsan"),
        ("QQ123456", "123456"),
        ("QQ号为１２３４５６７８", "１２３４５６７８"),
        ("QQ\n：123456789", "123456789"),
        ("扣扣号 123456", "123456"),
    ],
)
def test_an_account_is_hidden_and_the_words_beside_it_stay(place, written, account):
    text = strip_personal_data(f"请加{written}。", place)

    assert text == f"请加{written}。".replace(account, HIDDEN)


PROSE = """中共丹桂街道工作委员会文件
丹街党〔2026〕3号
关于做好2026年“七一”前后有关工作的通知

各社区党委、各“两新”组织党支部：
为庆祝中国共产党成立105周年（1921—2026），现就有关事项通知如下：
一、时间安排。2026年6月25日—7月5日，每天9:00—11:30、14:30-17:00；6/28（周日）照常开放。
二、参加人员。在册党员1,234名，流动党员56名，其中35岁以下128人，占10.4%；60岁及以上326人。
三、经费。党费列支12,800.50元，专项经费13,812,345,678元（预算1381.23万元），人均150元。
四、统计口径：2023-2025年分别为1,520、1,486、1,523人次；2026.1.1-2026.6.30为765/1,200。
五、依据《中国共产党支部工作条例（试行）》（中发〔2018〕42号）第十三条、第14条第（2）项。
六、关注微信公众号“丹桂党建”，微信小程序预约；另有微信 Windows 版。QQ群里不发名单。
七、地址：丹桂路138号1栋2单元301室，邮政编码441200，统一社会信用代码51420600MJH123456X。
八、编号：20260630-001、2026063000123；比分3:2；标准GB/T 2261.1-2003；频率5.8 GHz。
序号 社区 党员数 到会数 占比
1 东湖 150 138 92.0%
2 西苑 203 187 92.1%
3 北门 98 76 77.6%
　　　　　　　　2026年6月20日
"""


def test_ordinary_official_prose_stays_as_it_is():
    community = CommunityFactory()
    branch = BranchFactory(parent=community)
    given_names = "".join(GIVEN.values())
    for place, surname in enumerate(SURNAMES):
        one, two, three = (given_names[(place * 3 + step) % 40] for step in range(3))
        for name in (surname + one, surname + two + three):
            MemberFactory(organization=branch, name=name)

    assert strip_personal_data(PROSE, community) == PROSE


@pytest.mark.parametrize(
    "text",
    [
        "名单：曹明、斌伟。",
        "曹，斌伟",
        "姓曹。斌伟同志",
        "13，812，345，678元",
        "2023 2024 2025 2026",
        "1,3,5,7,9,11,13,15日",
        "138 1 2345 678人",
        "订单号4000001234567890",
    ],
)
def test_what_only_looks_like_a_name_or_a_number_stays(place, text):
    assert strip_personal_data(text, place) == text
