"""What the look at a page leaves out of axe takes nothing serious away."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.looking import FIND_VIOLATIONS, SERIOUS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EVERY_RULE = "() => axe.run(document).then(results => results.violations)"
# Faults of each weight, of single elements and of the page as a whole.
FAULTY = """<html><head><meta http-equiv="refresh" content="900"></head><body>
<h1></h1><h4>skips two</h4><nav></nav><nav></nav><p role="mark" tabindex="5">one</p>
<img src="data:,"><button></button><input><select><option>1</select><a href="/x"></a>
<p style="color: #aaa; background: #fff">pale</p><p lang="nowhere">two</p>
<ul><p>three</p></ul><dl><p>four</p></dl><li>five</li><div role="nothing">six</div>
<button aria-pressed="perhaps">seven<a href="/y">eight</a></button>
<iframe srcdoc="nine"></iframe><div aria-hidden="true"><a href="/z">ten</a></div>
<label for="twice">eleven</label><input id="twice"><label for="twice">twelve</label>
<table><tr><th scope="nothing"></th><td headers="none">13</td></tr></table>
</body></html>"""


def weights(violations):
    """Return each rule that is broken, with the elements that break it."""
    return {rule["id"]: (rule["impact"], len(rule["nodes"])) for rule in violations}


def test_axe_finds_whatever_is_serious(desk):
    desk.set_content(FAULTY)
    desk.add_script_tag(content=Axe().axe_script)

    found = weights(desk.evaluate(FIND_VIOLATIONS))

    every = weights(desk.evaluate(EVERY_RULE))
    serious = {name: rule for name, rule in every.items() if rule[0] in SERIOUS}
    assert len(serious) > 12
    assert len(every) > len(serious)
    assert found == serious
