/* What fields tell while they are filled in: how long a text is, and which fields are
   required by what is chosen in another one. The server says both without scripts: the
   length when it refuses, the condition in words beside the field. */
(function () {
  "use strict";

  const WORDS = document.currentScript.dataset.words;
  const NEAR = 0.8;

  function counterOf(field) {
    const next = field.nextElementSibling;
    if (next && next.classList.contains("length-count")) {
      return next;
    }
    const counter = document.createElement("output");
    counter.className = "length-count";
    field.after(counter);
    return counter;
  }

  /* Count as the server does: characters, without blanks at the ends. */
  function length(text) {
    return Array.from(text.replace(/\r\n/g, "\n").trim()).length;
  }

  /* The server's own words about the text stand until it is changed; then the count does. */
  function isCountedByServer(field, most) {
    const refusal = document.getElementById(field.id + "_error");
    if (!refusal || length(field.defaultValue) <= most) {
      return false;
    }
    refusal.hidden = field.value !== field.defaultValue;
    refusal.classList.toggle("d-none", refusal.hidden);
    return !refusal.hidden;
  }

  function count(field) {
    const most = Number(field.dataset.maxLength);
    const used = length(field.value);
    const isNear = used > most * NEAR && !isCountedByServer(field, most);
    if (isNear || field.dataset.counted) {
      field.dataset.counted = "yes";
      const counter = counterOf(field);
      counter.textContent = isNear ? WORDS.replace("{most}", most).replace("{used}", used) : "";
      counter.classList.toggle("is-too-long", used > most);
    }
  }

  /* Whether the other fields of the form make this one required. */
  function isRequired(field) {
    const named = field.form.elements;
    const other = named[field.dataset.requiredBy];
    const blank = named[field.dataset.requiredIfBlank];
    const values = (field.dataset.requiredValues || "").split(" ");
    const isUnless = field.hasAttribute("data-required-unless");
    const byOther = !other || (other.value !== "" && values.includes(other.value) !== isUnless);
    const isBlank = !blank || blank.value === "";
    return isUnless && blank ? byOther || isBlank : byOther && isBlank;
  }

  function mark(field) {
    const label = document.querySelector('label[for="' + field.id + '"]');
    const required = isRequired(field);
    if (label) {
      label.classList.toggle("required", required);
    }
    field.setAttribute("aria-required", String(required));
  }

  function markAll() {
    document.querySelectorAll("[data-required-when]").forEach(mark);
  }

  document.addEventListener("input", function (event) {
    if (event.target.matches("[data-max-length]")) {
      count(event.target);
    }
  });
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-max-length]")) {
      count(event.target);
    }
    markAll();
  });
  document.querySelectorAll("[data-max-length]").forEach(count);
  markAll();
})();
