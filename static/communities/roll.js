/* A reason of absence ticks “absent”, as the server counts it, and a member who is no
   longer absent has no reason. */
(function () {
  "use strict";

  function tick(line, name) {
    const box = line.querySelector("input[name=" + name + "]");
    if (box) {
      box.checked = true;
    }
  }

  document.addEventListener("change", function (event) {
    const line = event.target.closest(".roll-line");
    if (!line) {
      return;
    }
    const reason = line.querySelector("select");
    if (event.target === reason && reason.value) {
      tick(line, "absent");
      tick(line, "called");
    } else if (event.target.name === "absent" && !event.target.checked) {
      reason.value = "";
    } else if (event.target.name === "absent") {
      tick(line, "called");
    }
    const absent = line.querySelector("input[name=absent]");
    reason.setAttribute("aria-required", String(absent.checked));
  });
})();
