// Administration: the search boxes of select2 carry no name of their own. Each takes the words of its label, or of its column in a table.
(function () {
  "use strict";

  function wordsFor(select) {
    var label = document.querySelector('label[for="' + select.id + '"]'), cell = select.closest("td");
    if (label) return label.textContent;
    if (!cell) return "Pilihan";
    var head = cell.closest("table").querySelectorAll("thead th")[cell.cellIndex];
    return head ? head.textContent : "Pilihan";
  }

  function name() {
    document.querySelectorAll(".select2-container").forEach(function (box) {
      var select = box.previousElementSibling, shown = box.querySelector(".select2-selection__rendered");
      if (shown && select && select.tagName === "SELECT") shown.setAttribute("aria-label", wordsFor(select).replace(":", "").trim());
    });
  }

  // The boxes come and go as rows are added: whenever something appears, they are named.
  new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
  name();
})();
