/* Small aids for the admin that its own pages do by inline script, or not at all. */
(function () {
  "use strict";

  /* Tell each cell of a list its column's name, so that stacked rows on a phone can show
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

  /* Tick or untick every field of the export page that is on show. */
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

  document.querySelectorAll("#result_list").forEach(labelCells);
  document.addEventListener("change", selectAll);
})();
