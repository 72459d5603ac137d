/* Takes the slip's code out of the address, where it stands behind the # sign: that part
   never leaves the browser, so the code is in no log. Without this script it is typed. */
(function () {
  "use strict";

  const code = decodeURIComponent(window.location.hash.slice(1));
  const field = document.getElementById("id_code");
  if (code && field && !field.value) {
    field.value = code;
    window.history.replaceState(null, "", window.location.pathname);
    const name = document.getElementById("id_name");
    if (name) {
      name.focus();
    }
  }
})();
