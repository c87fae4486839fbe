// Keys for people who write all day. Everything has a visible button too; single keys work only outside inputs and can be switched off (data-keys="off" on body).
(function () {
  "use strict";
  var SINGLE = document.body.dataset.keys !== "off";
  var HELP = [["Ctrl + Enter", "Simpan"], ["Ctrl + S", "Simpan draf"], ["Alt + Page Up / Page Down", "Bagian sebelumnya / berikutnya"], ["1 – 9", "Pilih jawaban dalam kelompok pilihan"], ["/", "Ke kotak cari"], ["?", "Bantuan ini"], ["Esc", "Tutup"]];
  var dialog = null;

  function typing(node) { return node && (node.isContentEditable || /^(TEXTAREA|SELECT)$/.test(node.tagName) || (node.tagName === "INPUT" && !/^(radio|checkbox|button|submit)$/.test(node.type))); }

  function help() {
    if (!dialog) {
      dialog = document.createElement("dialog");
      var title = document.createElement("h2"), list = document.createElement("dl"), close = document.createElement("button");
      title.textContent = "Pintasan papan ketik"; title.id = "pintasan"; dialog.setAttribute("aria-labelledby", title.id);
      list.className = "keys-list";
      HELP.concat(extra()).forEach(function (row) {
        var term = document.createElement("dt"), key = document.createElement("kbd"), text = document.createElement("dd");
        key.textContent = row[0]; text.textContent = row[1]; term.append(key); list.append(term, text);
      });
      close.type = "button"; close.className = "btn btn-secondary"; close.textContent = "Tutup";
      close.addEventListener("click", function () { dialog.close(); });
      dialog.append(title, list, close);
      document.body.append(dialog);
    }
    dialog.showModal();
  }

  // <a data-key="a">Setujui</a> gives a page its own single keys.
  function extra() {
    return Array.from(document.querySelectorAll("[data-key]")).map(function (node) { return [node.dataset.key, node.textContent.trim()]; });
  }

  function choose(event) {
    var input = event.target, name = input.name, number = Number(event.key);
    if (!/^(radio|checkbox)$/.test(input.type) || !input.form || !(number >= 1 && number <= 9)) return false;
    var option = Array.from(input.form.querySelectorAll("input[type=" + input.type + "]")).filter(function (one) { return one.name === name; })[number - 1];
    if (!option) return false;
    option.focus(); option.click();
    return true;
  }

  // The box on this page, or else the way to the page that has one.
  function search(event) {
    var box = document.querySelector("input[type=search]"), way = document.querySelector("[data-search]");
    if (!box && !way) return;
    event.preventDefault();
    if (box) { box.focus(); box.select(); } else way.click();
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented) return;
    var node = event.target, form = node.form || (node.closest && node.closest("form"));
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && form && form.method === "post") { event.preventDefault(); form.requestSubmit(form.querySelector("[data-save]") || undefined); return; }
    if ((event.ctrlKey || event.metaKey) && event.key === "s" && form && form.dataset.autosave) { event.preventDefault(); form.dispatchEvent(new Event("portal:save")); return; }
    if (event.altKey && (event.key === "PageUp" || event.key === "PageDown")) {
      var next = document.querySelector(event.key === "PageUp" ? "a[rel=prev]" : "a[rel=next]");
      if (next) { event.preventDefault(); next.click(); }
      return;
    }
    if (!SINGLE || event.ctrlKey || event.altKey || event.metaKey || typing(node) || document.querySelector("dialog[open]")) return;
    if (choose(event)) { event.preventDefault(); return; }
    if (event.key === "/") { search(event); return; }
    if (event.key === "?") { event.preventDefault(); help(); return; }
    var own = /^[a-z]$/.test(event.key) && document.querySelector('[data-key="' + event.key + '"]');
    if (own) { event.preventDefault(); own.click(); }
  });

  document.querySelectorAll("[data-keys-help]").forEach(function (button) { button.hidden = false; button.addEventListener("click", help); });
})();
