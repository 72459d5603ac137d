/* Adds a button beside each password that shows what is typed. Without this script the
   field stays hidden as usual. A shown password is hidden again before the form is sent,
   so that no browser keeps it among the words typed into text fields. */
(function () {
  "use strict";

  function addButton(input) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-outline-secondary password-eye";
    button.setAttribute("aria-controls", input.id);
    input.insertAdjacentElement("afterend", button);

    function show(shown) {
      input.type = shown ? "text" : "password";
      button.textContent = shown ? input.dataset.hide : input.dataset.show;
      button.setAttribute("aria-pressed", String(shown));
    }

    button.addEventListener("click", function () {
      show(input.type === "password");
    });
    input.form.addEventListener("submit", function () { show(false); }, true);
    show(false);
  }

  document.querySelectorAll("input[type=password][data-show]").forEach(addButton);
})();
