// Small conveniences of the seller's desk. Every page works without this file.
(() => {
  const english = document.documentElement.lang === "en";
  const say = (vi, en) => (english ? en : vi);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  document.documentElement.classList.add("has-js");

  // --- Money: "185000" is echoed as "185.000 ₫ (một trăm tám mươi lăm nghìn đồng)".
  const DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
  const group = (n, full) => {
    const hundreds = Math.floor(n / 100), tens = Math.floor((n % 100) / 10), ones = n % 10, words = [];
    if (hundreds || full) words.push(DIGITS[hundreds], "trăm");
    if (tens > 1) words.push(DIGITS[tens], "mươi");
    else if (tens) words.push("mười");
    else if (ones && words.length) words.push("lẻ");
    if (ones === 1 && tens > 1) words.push("mốt");
    else if (ones === 5 && tens) words.push("lăm");
    else if (ones) words.push(DIGITS[ones]);
    return words.join(" ");
  };
  const spell = (n) => {
    const words = [];
    for (const [size, name] of [[1e9, "tỷ"], [1e6, "triệu"], [1e3, "nghìn"], [1, ""]]) {
      const count = Math.floor(n / size);
      n %= size;
      if (count) words.push(group(count, words.length > 0), name);
    }
    return words.join(" ").trim() + " đồng";
  };
  const amountOf = (text) => {
    const bare = text.toLowerCase().replace(/\s/g, "").replace(/(₫|đ|đồng|vnđ|vnd)$/, "");
    const scaled = bare.match(/^(\d+)(k|nghìn|ngàn|tr|triệu)$/);
    if (scaled) return scaled[1] * (scaled[2][0] === "t" ? 1e6 : 1e3);
    if (!/^(\d+|\d{1,3}(\.\d{3})+|\d{1,3}(,\d{3})+)$/.test(bare)) return null;
    return Number(bare.replace(/[.,]/g, ""));
  };
  const dotted = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ".");
  for (const input of all("[data-echo]")) {
    const out = document.querySelector(`output[for="${input.id}"]`);
    const echo = () => {
      const amount = amountOf(input.value);
      const old = input.closest(".quick") && input.value === input.defaultValue && !input.matches("[aria-invalid]");
      const known = !old && amount > 0 && amount <= 1e10;
      out.textContent = known ? dotted(amount) + " ₫" + (english ? "" : ` (${spell(amount)})`) : "";
    };
    if (out) { input.addEventListener("input", echo); echo(); }
  }

  // --- Typed text survives a lost network, a closed page or an ended session, on this phone, until
  // another page of the desk shows that it was taken.
  const key = "typed:" + location.pathname + location.search, SENT = "typed-and-sent";
  try {
    const sent = sessionStorage.getItem(SENT);
    if (sent && sent !== key) {
      localStorage.removeItem(sent);
      sessionStorage.removeItem(SENT);
    }
  } catch { /* no storage, nothing kept */ }
  for (const form of all("form[data-keep]")) {
    const fields = all("input:not([type=hidden], [type=file]), textarea, select", form);
    try {
      const kept = JSON.parse(localStorage.getItem(key) || "{}");
      for (const field of fields) {
        if (!field.value && kept[field.name] && field.type !== "radio") field.value = kept[field.name];
      }
      form.addEventListener("input", () => {
        const now = fields.filter((f) => f.type !== "radio").map((f) => [f.name, f.value]);
        localStorage.setItem(key, JSON.stringify(Object.fromEntries(now)));
      });
      form.addEventListener("submit", () => sessionStorage.setItem(SENT, key));
    } catch { /* storage is full or switched off: the server keeps each sent page anyway */ }
  }

  // --- One tap sends once; the button says that it works.
  for (const form of all("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) return event.preventDefault();
      form.dataset.sent = "1";
      for (const button of all("button", form)) button.setAttribute("aria-busy", "true");
    });
  }
  addEventListener("pageshow", () => {
    for (const form of all("form[data-sent]")) {
      delete form.dataset.sent;
      for (const button of all("[aria-busy]", form)) button.removeAttribute("aria-busy");
    }
  });

  // --- Photos: made small here (≤ 1600 px), sent at once, tried again when the network returns.
  const shrink = async (file, side) => {
    if (!file.type.startsWith("image/")) return file;
    try {
      const image = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, side / Math.max(image.width, image.height));
      if (scale === 1 && file.size < 4e5) return file;
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(image.width * scale);
      canvas.height = Math.round(image.height * scale);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      for (const quality of [0.85, 0.75, 0.6]) {
        const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
        if (blob && (blob.size < 3.2e5 || side > 1600 || quality === 0.6)) {
          return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
        }
      }
    } catch { /* not readable here (HEIC, a renamed PDF): the server says what to do */ }
    return file;
  };
  const line = (form, text, retry) => {
    let box = form.querySelector(".wait-line");
    if (!box) form.append(box = Object.assign(document.createElement("p"), { className: "wait-line" }));
    box.setAttribute("role", "status");
    box.textContent = text;
    if (retry) {
      const again = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: say("Gửi lại", "Send again") });
      again.addEventListener("click", retry);
      box.append(again);
    } else box.append(document.createElement("progress"));
  };
  const send = async (form) => {
    line(form, say("Đang gửi ảnh…", "Sending…"));
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
      if (answer.redirected) return location.assign(answer.url);
      document.open(); document.write(await answer.text()); document.close();
    } catch {
      line(form, say("Mất mạng. Ảnh vẫn còn đây.", "No network. The photo is still here."), () => send(form));
      addEventListener("online", () => send(form), { once: true });
    }
  };
  for (const input of all("input[data-shrink]")) {
    input.addEventListener("change", async () => {
      if (!input.files.length) return;
      const small = new DataTransfer();
      for (const file of input.files) small.items.add(await shrink(file, Number(input.dataset.shrink)));
      input.files = small.files;
      if ("send" in input.dataset) send(input.form);
    });
  }

  // --- Quick price and stock: the button shows when something changed. Undo ends after 10 s.
  for (const form of all(".quick form")) {
    const input = form.querySelector("input:not([type=hidden])");
    input.addEventListener("input", () => form.querySelector("button").classList.toggle("on", input.value !== input.defaultValue));
  }
  for (const bar of all(".undo")) setTimeout(() => bar.remove(), 10000);

  // --- The kind of goods, guessed from the name; a weight by itself needs no weight.
  for (const input of all("[data-suggest]")) {
    const url = input.form.dataset.suggestUrl, box = document.getElementById("suggested");
    let timer;
    const ask = async () => {
      const name = input.value;
      const answer = await fetch(url + "?name=" + encodeURIComponent(name)).catch(() => null);
      const part = answer && answer.ok && await answer.text();
      if (part && name === input.value) box.innerHTML = part;
    };
    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 350); });
  }
  const weight = document.getElementById("weight");
  if (weight) {
    const show = () => { weight.hidden = Boolean(document.querySelector("[data-fixed]:checked")); };
    for (const radio of all("[name=unit]")) radio.addEventListener("change", show);
    show();
  }

  for (const button of all("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
})();
