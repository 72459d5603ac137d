/* Leaves the page of a full number after a minute, in case its reader forgot to. */
(function () {
  "use strict";

  const page = document.querySelector("[data-gone-after]");
  if (page) {
    window.setTimeout(function () {
      window.location.replace(page.dataset.back);
    }, Number(page.dataset.goneAfter) * 1000);
  }
})();
