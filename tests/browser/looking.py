"""Looking at a page as browsers, screens and readers differ.

Nothing asks another host, nothing breaks the content policy, nothing is wider than its
screen in either language, axe finds nothing serious, and a phone zoomed to 200 % shows
words, not columns of single characters.
"""

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

from tests.browser.conftest import DESK, PHONE, ZOOMED, sign_in

SERIOUS = {"serious", "critical"}
# Measured once what was turned has been laid out and painted again.
WIDTH = """() => new Promise(say => requestAnimationFrame(() => requestAnimationFrame(
    () => say(document.documentElement.scrollWidth))))"""
# What has no room for three characters of its own size beside each other.
CUT_UP = """() => Array.from(document.querySelectorAll("main *")).filter(element => {
    const own = Array.from(element.childNodes).filter(node => node.nodeType === 3);
    const text = own.map(node => node.textContent.trim()).join("");
    const box = element.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(element).fontSize);
    return text.length > 4 && box.width > 1 && box.width < 3 * size
        && box.height > 4 * size;
}).slice(0, 5).map(element => element.tagName + " " + element.textContent.trim())"""
# Only violations leave the page; what passed is long and nobody reads it. Rules whose
# findings are never serious are not run: they take a third of axe's time. A rule that
# names no weight of its own is run, because what it finds decides.
FIND_VIOLATIONS = """() => {
    const light = axe._audit.rules.filter(
        rule => ["minor", "moderate"].includes(rule.impact));
    const rules = Object.fromEntries(light.map(rule => [rule.id, {enabled: false}]));
    return axe.run(document, {resultTypes: ["violations"], rules})
        .then(results => results.violations) }"""
# A page is fetched once a language and then turned to the other screen. Axe looks at
# each fetched page once, so that it sees both languages and both screens.
TURNS = {"zh-hans": (DESK, PHONE), "en": (PHONE, DESK)}


class Looker:
    """Opens pages for one person after the other and keeps what is wrong with them."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.host, self.messages, self.faults = urlsplit(address).netloc, [], {}
        # The browser keeps it compiled from page to page.
        page.context.add_init_script(Axe().axe_script)
        page.on("request", self.ask)
        page.on("response", self.answer)
        page.on("console", self.say)
        page.on("pageerror", lambda error: self.messages.append(f"script: {error}"))

    def ask(self, request):
        host = urlsplit(request.url).netloc
        if host not in {self.host, ""}:
            self.messages.append(f"asks {host}")

    def answer(self, response):
        if response.status >= 400:
            self.messages.append(f"{response.status} for {response.url}")

    def say(self, message):
        if "Content Security Policy" in message.text:
            self.messages.append(f"policy: {message.text[:120]}")

    def look(self, person, path, languages=TURNS):
        """Open a page as somebody, in both languages and on both screens."""
        sign_in(self.page, person, self.address)
        for language in languages:
            first, second = TURNS[language]
            speak(self.page, language, self.address)
            self.page.set_viewport_size(first)
            if not self.arrives(self.address + path):
                return  # a file, which no screen shows
            # Later messages come from axe, which fetches and paints things itself.
            faults = [*self.messages, *self.too_wide(first), *serious(self.page)]
            self.note(path, language, first, faults)
            self.page.set_viewport_size(second)
            self.note(path, language, second, self.too_wide(second))
            self.page.set_viewport_size(ZOOMED)
            zoomed = [*self.too_wide(ZOOMED), *self.cut_up()]
            self.note(path, language, ZOOMED, zoomed)

    def arrives(self, address):
        self.messages.clear()
        try:
            self.page.goto(address, wait_until="load")
        except Error as error:
            if "Download is starting" in error.message:
                return False
            raise
        return True

    def too_wide(self, screen):
        """Measure against the screen: a phone's window grows with what stands in it."""
        width = self.page.evaluate(WIDTH)
        return [f"{width} wide"] if width > screen["width"] else []

    def cut_up(self):
        """The texts of which each line holds a character or two."""
        return [f"cut up: {text[:40]}" for text in self.page.evaluate(CUT_UP)]

    def note(self, path, language, screen, faults):
        if faults:
            self.faults[path, language, screen["width"]] = faults


def speak(page, language, address):
    """Choose the language in which the pages answer."""
    page.context.add_cookies(
        [{"name": "django_language", "value": language, "url": address}]
    )


def serious(page):
    """What axe finds that keeps somebody out."""
    return [
        f"axe {rule['id']}: {rule['nodes'][0]['html'][:120]}"
        for rule in page.evaluate(FIND_VIOLATIONS)
        if rule["impact"] in SERIOUS
    ]
