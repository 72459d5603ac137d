/* What was typed into a form that was not answered is offered again: after signing in if
   the session had ended, on the form's page if the line or the server failed.

   A draft is kept in this tab alone, from sending the form until a page is told that it
   was answered: by its key in a cookie that comes with the answer. Filled in again, the
   form has the same key, so that one which did arrive is not recorded twice. It belongs
   to the account that typed it. Passwords, files, identity numbers and phones are never
   kept; what looks like a number of a person inside a text is replaced by stars. */
(function () {
  "use strict";

  const STORE = "jiedao.draft";
  const KEPT_MS = 60 * 60 * 1000;
  const ANSWERED = "answered_forms";
  const KEY = /(^|-)idempotency_key$/;
  const KEPT_HIDDEN = /(^|-)(idempotency_key|version_token)$/;
  const NOT_KEPT = ["password", "file", "hidden", "submit", "button", "reset", "image"];
  const SECRET = "[type=password], [autocomplete$=password]";
  const PRIVATE_NAME = /id_number|identity|phone|mobile|password/i;
  /* A date, which is none, or a number of eleven digits or more, full-width ones too. */
  const PRIVATE_NUMBER = new RegExp(
    "(?:19|20)\\d\\d[-./年](?:0?[1-9]|1[0-2])[-./月](?:0?[1-9]|[12]\\d|3[01])(?![0-9０-９])" +
    "|((?:[0-9０-９][\\s-]*){10,}[0-9０-９][XxＸｘ]?)", "g");
  const HIDDEN_NUMBER = "******";

  function read() {
    try {
      return JSON.parse(window.sessionStorage.getItem(STORE));
    } catch (error) {
      return null;
    }
  }

  function write(draft) {
    try {
      window.sessionStorage.setItem(STORE, JSON.stringify(draft));
    } catch (error) {
      forget();
    }
  }

  function forget() {
    try {
      window.sessionStorage.removeItem(STORE);
    } catch (error) {
      return;
    }
  }

  function account() {
    const meta = document.querySelector("meta[name=account]");
    return meta ? meta.content : "";
  }

  function formsOfPage() {
    return Array.from(document.querySelectorAll("form[method=post]"));
  }

  function fieldsOf(form) {
    return Array.from(form.elements).filter(function (field) {
      const isKept = !NOT_KEPT.includes(field.type) || KEPT_HIDDEN.test(field.name);
      return field.name && !field.disabled && isKept;
    });
  }

  function keyOf(form) {
    const field = Array.from(form.elements).find(function (one) { return KEY.test(one.name); });
    return field ? field.value : "";
  }

  /* Whether the server answered the form; one without a key counts as answered. */
  function isAnswered(draft) {
    const cookie = document.cookie.split("; ").find(function (one) {
      return one.startsWith(ANSWERED + "=");
    });
    const keys = cookie ? cookie.slice(ANSWERED.length + 1).split(".") : [];
    return !draft.key || keys.includes(draft.key);
  }

  function isPrivate(field) {
    return !KEPT_HIDDEN.test(field.name) && PRIVATE_NAME.test(field.name);
  }

  /* The text with stars for numbers of persons; nothing of one that is no more than that. */
  function hideNumbers(text) {
    const left = text.replace(PRIVATE_NUMBER, function (whole, number) {
      return number ? HIDDEN_NUMBER : whole;
    });
    return left.trim() === HIDDEN_NUMBER ? "" : left;
  }

  /* The values of one field: of a box or a choice only what is chosen, with its label. */
  function valuesOf(field) {
    if (field.type === "checkbox" || field.type === "radio") {
      return field.checked ? [[field.value, ""]] : [];
    }
    if (field.options) {
      return Array.from(field.selectedOptions).map(function (option) {
        return [option.value, option.text];
      });
    }
    return [[KEPT_HIDDEN.test(field.name) ? field.value : hideNumbers(field.value), ""]];
  }

  function keep(event) {
    const form = event.target;
    if (form.hasAttribute("data-signs-out")) {
      forget();
      return;
    }
    if (form.method !== "post" || !account() || form.querySelector(SECRET)) {
      return;
    }
    const values = {};
    let isTyped = false;
    fieldsOf(form).forEach(function (field) {
      if (!isPrivate(field)) {
        values[field.name] = (values[field.name] || []).concat(valuesOf(field));
        isTyped = isTyped || field.type !== "hidden";
      }
    });
    if (isTyped) {
      const path = window.location.pathname;
      const number = formsOfPage().indexOf(form);
      const draft = { account: account(), path: path, number: number, key: keyOf(form), values: values };
      write(Object.assign(draft, { at: Date.now(), lost: false }));
    }
  }

  function choose(field, values) {
    values.forEach(function (pair) {
      const known = Array.from(field.options).some(function (option) {
        return option.value === pair[0];
      });
      if (!known) {
        field.add(new Option(pair[1], pair[0]));
      }
    });
    Array.from(field.options).forEach(function (option) {
      option.selected = values.some(function (pair) { return pair[0] === option.value; });
    });
  }

  function fill(field, values, position) {
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = values.some(function (pair) { return pair[0] === field.value; });
    } else if (field.options) {
      choose(field, values);
    } else if (values[position]) {
      field.value = values[position][0];
    }
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function restore(form, draft) {
    const positions = {};
    fieldsOf(form).forEach(function (field) {
      const values = draft.values[field.name];
      if (values) {
        const position = positions[field.name] || 0;
        positions[field.name] = position + 1;
        fill(field, values, position);
      }
    });
  }

  function offer(form, draft) {
    const box = document.getElementById("draft-offer");
    if (!box) {
      return;
    }
    box.querySelectorAll("[data-because]").forEach(function (text) {
      text.hidden = text.dataset.because !== (draft.lost ? "signed-out" : "unanswered");
    });
    box.hidden = false;
    box.addEventListener("click", function (event) {
      const button = event.target.closest("button");
      if (!button) {
        return;
      }
      if (button.hasAttribute("data-restore")) {
        restore(form, draft);
      }
      forget();
      box.hidden = true;
    });
  }

  /* The server keeps a draft, too, for browsers without scripts: one offer is enough. */
  function tellServer() {
    const form = document.querySelector(".form-card");
    if (form) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "draft_kept_by_browser";
      field.value = "1";
      form.append(field);
    }
  }

  function look() {
    const draft = read();
    if (!draft) {
      return;
    }
    if (document.body.classList.contains("sign-in")) {
      draft.lost = true;
      write(draft);
      tellServer();
      return;
    }
    if (!account()) {
      return;
    }
    const isOld = Date.now() - draft.at > KEPT_MS;
    if ((!draft.lost && isAnswered(draft)) || isOld || draft.account !== account()) {
      forget();
      return;
    }
    /* The server keeps what it failed at: that one offer is enough. Of another form it
       says nothing, so what a broken line lost of that one stays here. */
    const kept = document.querySelector("[data-kept-draft]");
    if (kept && kept.dataset.keptDraft === draft.path) {
      forget();
      return;
    }
    const form = formsOfPage()[draft.number];
    if (form && draft.path === window.location.pathname) {
      offer(form, draft);
    }
  }

  document.addEventListener("submit", keep);
  look();
})();
