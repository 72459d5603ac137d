/* Takes a full number off the screen after a minute, for whoever forgot to leave. */
(function () {
  "use strict";

  const shown = document.querySelector("[data-gone-after]");
  if (shown) {
    window.setTimeout(function () {
      window.location.replace(shown.dataset.back);
    }, Number(shown.dataset.goneAfter) * 1000);
  }
})();
