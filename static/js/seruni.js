// The first card: the next sentence to say, conditional questions, one tab stop per tick group, curtain, clock. Works without; this only makes it quicker.
(function () {
  "use strict";
  var form = document.querySelector("[data-call-form]"), words = document.querySelector("[data-say-words]");

  function answer(name) {
    var checked = form.querySelector('[name="' + name + '"]:checked');
    return checked ? checked.value : "";
  }

  // Questions that open others: hidden and not sent while closed, values kept.
  function follow(block) {
    var rule = block.dataset.shownIf.split("="), shown = answer(rule[0]) === rule[1];
    block.hidden = !shown;
    block.querySelectorAll("input, select, textarea").forEach(function (input) { input.disabled = !shown; });
  }

  // A group of ticks is one tab stop: arrows move, digits and space tick.
  function rove(group) {
    var boxes = Array.from(group.querySelectorAll("input[type=checkbox]"));
    function only(one) { boxes.forEach(function (box) { box.tabIndex = box === one ? 0 : -1; }); }
    only(boxes[0]);
    group.addEventListener("focusin", function (event) { if (boxes.indexOf(event.target) >= 0) only(event.target); });
    group.addEventListener("keydown", function (event) {
      var here = boxes.indexOf(event.target), step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (here < 0) return;
      if (step) { event.preventDefault(); boxes[(here + step + boxes.length) % boxes.length].focus(); return; }
      var chosen = boxes[Number(event.key) - 1];
      if (chosen && !event.ctrlKey && !event.altKey) { event.preventDefault(); chosen.focus(); chosen.click(); }
    });
  }

  function tell(event) {
    var block = event.target.closest("[data-say]");
    if (block && words) words.textContent = "“" + block.dataset.say + "”";
  }

  function curtain() {
    var cover = document.querySelector(".curtain");
    if (cover) { cover.remove(); document.documentElement.classList.remove("curtained"); return; }
    cover = document.createElement("div");
    cover.className = "curtain";
    cover.tabIndex = -1;
    cover.setAttribute("aria-label", "Layar ditutup. Tekan F2 untuk membuka.");
    document.documentElement.classList.add("curtained");
    document.body.appendChild(cover);
    cover.focus();
    cover.addEventListener("dblclick", curtain);
  }

  function clock(line) {
    var began = Date.now();
    setInterval(function () {
      var seconds = Math.floor((Date.now() - began) / 1000);
      line.textContent = Math.floor(seconds / 60) + "." + String(seconds % 60).padStart(2, "0");
    }, 1000);
  }

  if (form) {
    var blocks = Array.from(form.querySelectorAll("[data-shown-if]"));
    blocks.forEach(follow);
    form.addEventListener("change", function () { blocks.forEach(follow); });
    form.querySelectorAll("[data-roving]").forEach(rove);
    form.addEventListener("focusin", tell);
    if (!document.querySelector("[data-error-summary]")) {
      var first = form.querySelector("input[type=radio]:checked") || form.querySelector("input[type=radio]");
      if (first) first.focus();
    }
  }
  document.querySelectorAll("[data-call-clock-time]").forEach(clock);
  document.querySelectorAll("[data-curtain]").forEach(function (button) { button.hidden = false; button.addEventListener("click", curtain); });
  document.addEventListener("keydown", function (event) {
    if (event.key === "F2" && document.querySelector("[data-curtain]")) { event.preventDefault(); curtain(); }
  });
  document.querySelectorAll("[data-print]").forEach(function (button) { button.hidden = false; button.addEventListener("click", function () { window.print(); }); });
})();
