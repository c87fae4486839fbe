// Administration: the search boxes of select2 and the fields of a table carry no name of their own. Each takes the words of its label, or of its column.
(function () {
  "use strict";

  // In tables the first cells of a row are hidden and their head spans them, so a column is found by its class.
  function columnOf(cell) {
    var kind = Array.from(cell.classList).find(function (name) { return name.indexOf("field-") === 0; });
    var head = kind && cell.closest("table").querySelector("thead th.column-" + kind.slice(6));
    return head ? head.textContent : cell.classList.contains("delete") ? "Hapus baris ini" : "Pilihan";
  }

  function wordsFor(field) {
    var label = document.querySelector('label[for="' + field.id + '"]'), cell = field.closest("td");
    return (label ? label.textContent : cell ? columnOf(cell) : "Pilihan").replace(":", "").trim();
  }

  function name() {
    document.querySelectorAll(".select2-container").forEach(function (box) {
      var select = box.previousElementSibling, shown = box.querySelector(".select2-selection__rendered");
      if (shown && select && select.tagName === "SELECT") shown.setAttribute("aria-label", wordsFor(select));
    });
    document.querySelectorAll("td input:not([type=hidden]):not([aria-label]), td select:not([aria-label]), td textarea:not([aria-label])").forEach(function (field) {
      if (!field.labels || !field.labels.length) field.setAttribute("aria-label", wordsFor(field));
    });
  }

  // The boxes come and go as rows are added: whenever something appears, they are named.
  new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
  name();
})();
