// Django admin, export page: one box ticks all columns of its resource.
(function () {
  "use strict";
  document.querySelectorAll("[data-select-all]").forEach(function (box) {
    box.addEventListener("change", function () {
      box.closest("[data-select-group]").querySelectorAll("input[type=checkbox]").forEach(function (one) { one.checked = box.checked; });
    });
  });
})();
