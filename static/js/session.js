// Before an idle session ends: 5 minutes to answer, one call to stay, and a last save of open drafts.
(function () {
  "use strict";
  var body = document.body, limit = Number(body.dataset.idleSeconds) * 1000, keepUrl = body.dataset.keepUrl, loginUrl = body.dataset.loginUrl;
  var GRACE = 300000, dialog = null, line = null, seen = Date.now(), told = seen;
  if (!limit || !keepUrl) return;

  function element(name, text, className) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function ask() {
    var stay = element("button", "Tetap masuk", "btn btn-primary"), title = element("h2", "Masih bekerja?");
    var forms = document.querySelectorAll("form[data-autosave]");
    dialog = element("dialog");
    title.id = "sesi-judul";
    dialog.setAttribute("aria-labelledby", title.id);
    line = element("p");
    line.setAttribute("role", "status");
    stay.type = "button";
    stay.addEventListener("click", keep);
    dialog.append(title, line);
    if (forms.length) dialog.append(element("p", "Draf di halaman ini disimpan di server."));
    dialog.append(stay);
    dialog.addEventListener("cancel", keep);
    body.appendChild(dialog);
    dialog.showModal();
    forms.forEach(function (form) { form.dispatchEvent(new Event("portal:save")); });
    // Saving the draft is a request too; the clock below goes on from the moment of the question.
  }

  function keep() {
    fetch(keepUrl, { credentials: "same-origin", redirect: "manual", headers: { "X-Requested-With": "XMLHttpRequest" } })
      .then(function (answer) { if (!answer.ok) throw new Error(); seen = told = Date.now(); close(); })
      .catch(function () { line.textContent = "Belum tersambung. Coba tekan lagi."; });
  }

  function close() { if (dialog) { dialog.close(); dialog.remove(); dialog = null; } }

  function end() {
    var here = window.location.pathname + window.location.search;
    body.replaceChildren();
    window.location.replace(loginUrl + "?next=" + encodeURIComponent(here));
  }

  function tick() {
    var idle = Date.now() - seen;
    // Reading and typing count as work: tell the server, at most every 5 minutes.
    if (!dialog && seen - told > GRACE) { told = seen; fetch(keepUrl, { credentials: "same-origin", redirect: "manual" }).catch(function () {}); }
    if (idle >= limit) { end(); return; }
    if (idle < limit - GRACE) return;
    if (!dialog) ask();
    var minutes = Math.ceil((limit - idle) / 60000), text = "Sesi berakhir dalam " + minutes + " menit karena tidak ada kegiatan.";
    if (line.textContent !== text) line.textContent = text;
  }

  ["keydown", "pointerdown", "scroll"].forEach(function (kind) {
    window.addEventListener(kind, function () { if (!dialog) seen = Date.now(); }, { passive: true });
  });
  setInterval(tick, 10000);
})();
