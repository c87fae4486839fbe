// Photos are made small before they travel: file inputs with data-shrink send JPEGs of at most 300 KB. Without script the server does it.
(function () {
  "use strict";
  var MOST = 300 * 1024, STEPS = [[1600, 0.8], [1280, 0.72], [1024, 0.65], [800, 0.55]];

  function drawn(picture, side, quality) {
    var scale = Math.min(1, side / Math.max(picture.width, picture.height)), canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return new Promise(function (done) { canvas.toBlob(done, "image/jpeg", quality); });
  }

  function shrink(file) {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= MOST) return Promise.resolve(file);
    return createImageBitmap(file).then(function (picture) {
      return STEPS.reduce(function (before, step) {
        return before.then(function (blob) { return blob && blob.size <= MOST ? blob : drawn(picture, step[0], step[1]); });
      }, Promise.resolve(null));
    }).then(function (blob) {
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
    }).catch(function () { return file; });
  }

  document.querySelectorAll("input[type=file][data-shrink]").forEach(function (input) {
    var buttons = input.form.querySelectorAll("button"), line = document.createElement("p");
    line.setAttribute("role", "status");
    line.className = "save-state";
    input.after(line);
    input.addEventListener("change", function () {
      if (!input.files.length || typeof DataTransfer === "undefined" || typeof createImageBitmap === "undefined") return;
      buttons.forEach(function (one) { one.disabled = true; });
      line.textContent = "Foto dikecilkan sebentar";
      Promise.all(Array.from(input.files).map(shrink)).then(function (files) {
        var made = new DataTransfer();
        files.forEach(function (file) { made.items.add(file); });
        input.files = made.files;
        line.textContent = files.length + " berkas siap dikirim";
      }).finally(function () { buttons.forEach(function (one) { one.disabled = false; }); });
    });
  });
})();
