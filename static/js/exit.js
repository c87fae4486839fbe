// Quick exit: blank the page at once, wipe the session on the server, go where nobody asks. Click, or Shift three times in 5 seconds.
(function () {
  "use strict";
  var body = document.body, exitUrl = body.dataset.exitUrl, target = body.dataset.exitTarget;
  var presses = [];
  if (!exitUrl) return;

  function leave(event) {
    if (event) event.preventDefault();
    var form = document.getElementById("keluar-cepat");
    var wipe = form ? new FormData(form) : new FormData();
    var cover = document.createElement("div");
    cover.className = "left";
    body.replaceChildren(cover);
    document.title = "Memuat";
    if (!(navigator.sendBeacon && navigator.sendBeacon(exitUrl, wipe))) {
      fetch(exitUrl, { method: "POST", body: wipe, keepalive: true, credentials: "same-origin" }).catch(function () {});
    }
    window.location.replace(target);
  }

  document.addEventListener("submit", function (event) {
    if (event.target.id === "keluar-cepat") leave(event);
  });
  document.addEventListener("keyup", function (event) {
    if (event.key !== "Shift") { presses = []; return; }
    var now = Date.now();
    presses = presses.filter(function (time) { return now - time < 5000; }).concat(now);
    if (presses.length >= 3) leave();
  });
  // A page restored by the Back key must not show what it held.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted && document.querySelector(".left")) window.location.replace(target);
  });
})();
