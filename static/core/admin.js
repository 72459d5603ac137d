/* Small aids for the admin that its own pages do by inline script, or not at all. */
(function () {
  "use strict";

  /* Give each cell of a list its column's name, so that stacked rows on a phone can show
     it. The list template receives finished cells and cannot. */
  function labelCells(table) {
    const names = Array.from(table.querySelectorAll("thead th"), function (head) {
      const text = head.querySelector(".text");
      return text ? text.textContent.trim() : "";
    });
    table.querySelectorAll("tbody tr").forEach(function (row) {
      Array.from(row.children).forEach(function (cell, index) {
        cell.dataset.label = names[index] || "";
      });
    });
  }

  /* Tick or untick every field of the export page that is visible. */
  function selectAll(event) {
    if (!event.target.matches("[data-select-all]")) {
      return;
    }
    document.querySelectorAll(".selectable-field-export-row input[type=checkbox]").forEach(function (box) {
      if (box !== event.target) {
        box.checked = event.target.checked;
      }
    });
  }

  /* Name the boxes in which a foreign key is searched by the label of their field: the
     library names them by what is chosen, which is nothing at first. */
  function nameSearchBox(select) {
    const label = document.querySelector('label[for="' + select.id + '"]');
    const box = select.parentElement.querySelector(".select2-selection");
    if (label && box) {
      label.id = label.id || select.id + "_label";
      box.setAttribute("aria-labelledby", label.id + " " + (box.getAttribute("aria-labelledby") || ""));
      box.querySelectorAll("[role=textbox]").forEach(function (shown) {
        shown.setAttribute("aria-labelledby", label.id);
      });
    }
  }

  document.querySelectorAll("#result_list").forEach(labelCells);
  window.addEventListener("load", function () {
    if (window.django && window.django.jQuery) {
      window.django.jQuery(function () {
        document.querySelectorAll("select.admin-autocomplete").forEach(nameSearchBox);
      });
    }
  });
  document.addEventListener("change", selectAll);
})();
