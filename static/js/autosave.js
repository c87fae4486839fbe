// Drafts on the server: forms with data-autosave="<address>" are sent 2 s after a pause, at most every 5 s. Nothing is kept in the browser.
(function () {
  "use strict";
  var PAUSE = 2000, GAP = 5000, SPOKEN = 60000;

  function clock() {
    var now = new Date();
    return String(now.getHours()).padStart(2, "0") + "." + String(now.getMinutes()).padStart(2, "0");
  }

  function stateLine(form) {
    var line = form.querySelector("[data-save-state]");
    if (!line) {
      line = document.createElement("p");
      line.dataset.saveState = "";
      (form.querySelector(".form-actions, .save-bar") || form).appendChild(line);
    }
    line.classList.add("save-state");
    return line;
  }

  function watch(form) {
    var url = form.dataset.autosave, line = stateLine(form), spoken = document.createElement("span");
    var timer = null, sent = 0, dirty = false, busy = false, spokenAt = 0, submitting = false;
    if (!url) return;
    // Seen at every save, spoken at most once a minute.
    spoken.className = "visually-hidden";
    spoken.setAttribute("role", "status");
    form.appendChild(spoken);

    function say(text, late) {
      line.textContent = text;
      line.classList.toggle("save-state--late", late);
      if (late || Date.now() - spokenAt > SPOKEN) { spoken.textContent = text; spokenAt = Date.now(); }
    }
    function body() {
      var data = new URLSearchParams();
      new FormData(form).forEach(function (value, name) { if (typeof value === "string") data.append(name, value); });
      return data;
    }
    function token() { return (form.querySelector("[name=csrfmiddlewaretoken]") || {}).value || ""; }
    function later(wait) { clearTimeout(timer); timer = setTimeout(save, wait); }

    function save() {
      var wait = sent + GAP - Date.now();
      if (!dirty || submitting) return Promise.resolve();
      if (busy || wait > 0) { later(Math.max(wait, 500)); return Promise.resolve(); }
      busy = true; dirty = false; sent = Date.now();
      return fetch(url, { method: "POST", body: body(), credentials: "same-origin", redirect: "error", keepalive: document.hidden, headers: { "X-CSRFToken": token(), "X-Requested-With": "XMLHttpRequest" } })
        .then(function (answer) {
          if (!answer.ok) throw new Error(String(answer.status));
          say("Tersimpan " + clock(), false);
        })
        .catch(function () {
          dirty = true;
          say("Belum tersimpan, mencoba lagi", true);
          later(GAP);
        })
        .finally(function () { busy = false; });
    }
    function changed() { dirty = true; later(PAUSE); }

    form.addEventListener("input", changed);
    form.addEventListener("change", function () { dirty = true; later(200); });
    form.addEventListener("submit", function () { submitting = true; clearTimeout(timer); });
    form.addEventListener("portal:save", function () { dirty = true; sent = 0; save(); });
    document.addEventListener("visibilitychange", function () { if (document.hidden && dirty) { sent = 0; save(); } });
    window.addEventListener("beforeunload", function (event) { if (dirty && !submitting) event.preventDefault(); });
  }

  document.querySelectorAll("form[data-autosave]").forEach(watch);
})();
