// The review inbox: the offer to take a decision back goes when its time is over. The keys j, k, a, r and u are links and buttons with data-key (keys.js).
(function () {
  "use strict";
  var offer = document.querySelector("[data-undo-seconds]");
  if (!offer) return;
  setTimeout(function () {
    if (offer.contains(document.activeElement)) document.getElementById("isi").focus();
    offer.remove();
  }, Number(offer.dataset.undoSeconds) * 1000);
})();
