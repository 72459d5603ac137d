/* Scripts of all pages. Everything works without them, only less comfortably. */
(function () {
  "use strict";

  /* What stands in for scripts is hidden by the style sheet, in later fragments, too. */
  document.documentElement.classList.add("scripted");

  /* How long a sent form stays disabled: a file as response leaves the page open. */
  const REST_MS = 8000;

  /* Send a form once: a second press while the first is under way is ignored. The key
     that makes the server record it once stays the server's; it is never touched here. */
  function guardAgainstSecondSubmit(event) {
    const form = event.target;
    if (event.defaultPrevented || !form.hasAttribute("data-once")) {
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    setSent(form, true);
    window.setTimeout(function () { setSent(form, false); }, REST_MS);
  }

  function setSent(form, sent) {
    if (sent) {
      form.dataset.sent = "yes";
    } else {
      delete form.dataset.sent;
    }
    form.querySelectorAll("button[type=submit]").forEach(function (button) {
      button.setAttribute("aria-disabled", String(sent));
    });
  }

  /* A page restored from the browser's cache may be sent again. */
  function reopenForms() {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      setSent(form, false);
    });
  }

  /* Without scripts the button could do nothing, so it is hidden until here. */
  function showPrintButtons() {
    document.querySelectorAll("[data-print]").forEach(function (button) {
      button.hidden = false;
    });
  }

  function printOnRequest(event) {
    if (event.target.closest("[data-print]")) {
      window.print();
    }
  }

  /* A fragment that could not be fetched shows a message; the next one that arrives removes it. */
  function showProblem(shown) {
    const problem = document.getElementById("page-problem");
    if (problem) {
      problem.textContent = shown ? problem.dataset.text : "";
      problem.hidden = !shown;
    }
  }

  /* "/" leads to the search: its field if the page shows one, else its page. */
  function goToSearch(event) {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    const altered = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
    if (event.key !== "/" || typing || altered || event.defaultPrevented) {
      return;
    }
    const field = document.querySelector("[data-search]");
    const page = document.querySelector("[data-search-page]");
    if (field && field.offsetParent !== null) {
      event.preventDefault();
      field.focus();
      field.select();
    } else if (page) {
      event.preventDefault();
      page.click();
    }
  }

  document.addEventListener("keydown", goToSearch);
  document.addEventListener("submit", guardAgainstSecondSubmit);
  document.addEventListener("click", printOnRequest);
  showPrintButtons();
  window.addEventListener("pageshow", reopenForms);
  ["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, function () { showProblem(true); });
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    if (event.detail.successful) {
      showProblem(false);
    }
  });

  /* Focus the list of errors. */
  const summary = document.querySelector("[data-focus]");
  if (summary) {
    summary.focus();
  }
})();
