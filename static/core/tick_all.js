/* One box that ticks all boxes of a name; without this script it stays hidden. */
(function () {
  "use strict";

  document.querySelectorAll("[data-tick-all]").forEach(function (label) {
    const all = label.querySelector("input");
    label.hidden = false;
    all.addEventListener("change", function () {
      document.getElementsByName(label.dataset.tickAll).forEach(function (box) {
        box.checked = all.checked;
      });
    });
  });
})();
