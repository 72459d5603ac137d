/* What was typed into a form that was not answered is offered again: after signing in if
   the session had ended, on the form's page if the line or the server failed.

   The last few are kept in this tab alone, each from sending its form until a page is told
   that it was answered: by its key in a cookie that comes with the answer. Filled in again,
   a form has the same key, so that one which did arrive is not recorded twice. A draft
   belongs to the account that typed it. Passwords, files, identity numbers and phones are never
   kept; what looks like a number of a person inside a text is replaced by stars. */
(function () {
  "use strict";

  const STORE = "jiedao.drafts";
  const SWITCHED = "jiedao.switched";
  const MAX_KEPT = 5;
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

  /* The drafts, newest first. */
  function read() {
    try {
      return JSON.parse(window.sessionStorage.getItem(STORE)) || [];
    } catch (error) {
      return [];
    }
  }

  /* Store the newest few; the oldest go where the browser has no room for all. */
  function write(drafts) {
    const kept = drafts.slice(0, MAX_KEPT);
    try {
      window.sessionStorage.removeItem(STORE);
      if (kept.length) {
        window.sessionStorage.setItem(STORE, JSON.stringify(kept));
      }
    } catch (error) {
      if (kept.length > 1) {
        write(kept.slice(0, -1));
      }
    }
  }

  /* Whether both are of one form: sent again, it replaces its draft. */
  function areOfOneForm(one, other) {
    return one.path === other.path && one.number === other.number && one.key === other.key;
  }

  function without(drafts, draft) {
    return drafts.filter(function (one) { return !areOfOneForm(one, draft); });
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

  /* Whether the form holds something that is never kept. */
  function holdsPrivate(form) {
    return Array.from(form.elements).some(function (field) {
      return (field.type === "file" || isPrivate(field)) && field.value !== "";
    });
  }

  /* What is typed into a form; nothing of one that takes no typing, or a password. */
  function draftOf(form) {
    if (form.method !== "post" || !account() || form.querySelector(SECRET)) {
      return null;
    }
    const values = {};
    let isTyped = false;
    fieldsOf(form).forEach(function (field) {
      if (!isPrivate(field)) {
        values[field.name] = (values[field.name] || []).concat(valuesOf(field));
        isTyped = isTyped || field.type !== "hidden";
      }
    });
    const place = { path: window.location.pathname, number: formsOfPage().indexOf(form) };
    const draft = { account: account(), key: keyOf(form), values: values, at: Date.now(), lost: false };
    return isTyped ? Object.assign(draft, place) : null;
  }

  function keep(event) {
    const form = event.target;
    if (form.hasAttribute("data-signs-out")) {
      write([]);
    } else if (form.hasAttribute("data-switches-language")) {
      keepForSwitch();
    } else {
      const draft = draftOf(form);
      if (draft) {
        write([draft].concat(without(read(), draft)));
      }
    }
  }

  /* Switching the language loads the page again: its forms are filled in as they were. */
  function keepForSwitch() {
    const drafts = formsOfPage().map(function (form) {
      const draft = draftOf(form);
      return draft && Object.assign(draft, { isPartial: holdsPrivate(form) });
    });
    try {
      window.sessionStorage.setItem(SWITCHED, JSON.stringify(drafts.filter(Boolean)));
    } catch (error) {
      return;
    }
  }

  function fillAfterSwitch() {
    let drafts = [];
    try {
      drafts = JSON.parse(window.sessionStorage.getItem(SWITCHED)) || [];
      window.sessionStorage.removeItem(SWITCHED);
    } catch (error) {
      return;
    }
    drafts.forEach(function (draft) {
      const form = formsOfPage()[draft.number];
      if (form && draft.path === window.location.pathname && draft.account === account()) {
        restore(form, draft);
        if (draft.isPartial) {
          showOffer("switched", draft);
        }
      }
    });
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

  /* Show why something is offered; return the box. */
  function showOffer(because, draft) {
    const template = document.getElementById("draft-offer");
    const box = template.content.firstElementChild.cloneNode(true);
    box.querySelectorAll("[data-because]").forEach(function (text) {
      if (!text.dataset.because.split(" ").includes(because)) {
        text.remove();
      }
    });
    box.querySelectorAll("[data-sent-at]").forEach(function (text) {
      text.textContent = clock(draft.at);
    });
    template.before(box);
    return box;
  }

  /* Offer one draft; it stays until its form is answered, unless it is discarded. */
  function offer(form, draft) {
    const box = showOffer(draft.lost ? "signed-out" : "unanswered", draft);
    box.addEventListener("click", function (event) {
      const button = event.target.closest("button");
      if (!button) {
        return;
      }
      if (button.hasAttribute("data-restore")) {
        restore(form, draft);
      } else {
        write(without(read(), draft));
      }
      box.remove();
    });
  }

  function clock(at) {
    const time = new Date(at);
    return [time.getHours(), time.getMinutes()].map(function (part) {
      return String(part).padStart(2, "0");
    }).join(":");
  }

  /* The server keeps drafts, too, for browsers without scripts: one offer is enough. */
  function tellServer(drafts) {
    const form = document.querySelector(".form-card");
    if (form) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "drafts_kept_by_browser";
      field.value = drafts.map(function (draft) { return draft.key; }).join(" ");
      form.append(field);
    }
  }

  function isOld(draft) {
    return Date.now() - draft.at > KEPT_MS;
  }

  /* What was sent last, and seen by no page since, was lost with the session. */
  function lookSignedOut(drafts) {
    const kept = document.getElementById("draft-kept");
    if (drafts.length && !drafts[0].seen) {
      drafts[0].lost = true;
    }
    const isKept = drafts.some(function (draft) { return draft.lost && !isOld(draft); });
    if (kept && isKept) {
      kept.hidden = false;
    }
    write(drafts);
    tellServer(drafts);
  }

  /* Whether it is still of use here: neither answered nor old, nor kept by the server. */
  function isOpen(draft) {
    const kept = document.querySelector("[data-kept-drafts]");
    const byServer = kept ? kept.dataset.keptDrafts.split(" ") : [];
    const isDone = (!draft.lost && isAnswered(draft)) || byServer.includes(draft.key);
    return !isOld(draft) && !isDone && draft.account === account();
  }

  function look() {
    if (document.body.classList.contains("sign-in")) {
      lookSignedOut(read());
      return;
    }
    if (!account() || !document.getElementById("draft-offer")) {
      return;
    }
    const drafts = read().filter(isOpen);
    const forms = formsOfPage();
    drafts.forEach(function (draft) {
      draft.seen = true;
      const form = forms[draft.number];
      if (form && draft.path === window.location.pathname) {
        offer(form, draft);
      }
    });
    write(drafts);
    fillAfterSwitch();
  }

  document.addEventListener("submit", keep);
  look();
})();
