"""Works a page by keyboard alone: Tab, Enter, Space, Escape and typed text."""

STOPS = 60
HERE = """() => {
  const here = document.activeElement;
  const style = getComputedStyle(here);
  const box = here.getBoundingClientRect();
  const label = here.labels && here.labels.length ? here.labels[0].textContent : "";
  const said = label || here.getAttribute("aria-label") || here.textContent;
  const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const shaded = style.boxShadow !== "none" && here.matches("input, select, textarea");
  const seen = box.width > 0 && box.bottom > 0 && box.top < window.innerHeight;
  return {
    name: said.trim().replace(/\\s+/g, " ").replace(/ ?\\*$/, ""),
    visible: seen && (ringed || shaded),
    page: here === document.body,
    main: here.id === "main",
  };
}"""


class Keys:
    """Walks a page by Tab and keeps every stop at which nothing showed where it was."""

    def __init__(self, page):
        self.page, self.unseen = page, []

    def here(self):
        """Where the focus is, once what moves has come to rest."""
        return self.page.evaluate(HERE)

    def tab(self):
        self.page.keyboard.press("Tab")
        here = self.here()
        if not (here["visible"] or here["page"]):
            self.unseen.append((self.page.url, here["name"]))
        return here["name"]

    def reach(self, name):
        """Go on by Tab until the thing of that name is reached."""
        passed = []
        while name not in (at := self.tab()):
            passed.append(at)
            assert len(passed) < STOPS, f"{name} is not among {passed}"

    def press(self, name, key="Enter"):
        """Reach a thing and press it; it leads to another page."""
        self.reach(name)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def fill(self, name, text):
        """Write a text in the place of what a field holds."""
        self.reach(name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
