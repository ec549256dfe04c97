// The page's side of the copies: starts the worker, and shows what waits to be sent.
const worker = navigator.serviceWorker;
const say = (what) => worker.ready.then((found) => found.active.postMessage(what));
const make = (name, text, fields = {}) => Object.assign(document.createElement(name), { textContent: text }, fields);
let words = null;

function show(item) {
  const old = document.getElementById("unsent");
  if (!item) return old?.remove();
  const isWaiting = document.querySelector("[data-copies]");
  if (item.state === "done" && (isWaiting || item.url === location.href)) {
    say("drop");
    if (isWaiting) location.replace(item.url);
    return old?.remove();
  }
  if (old?.dataset.state === item.state) return;
  const box = make("section", "", { id: "unsent", className: "wrap" }), panel = make("div", "", { className: "panel stack" });
  box.setAttribute("role", "status");
  box.dataset.state = item.state;
  panel.append(make("h2", words.title), make("p", words[item.state]));
  const row = make("p", "", { className: "act" });
  const press = (text, act, look = "btn quiet") => row.append(make("button", text, { type: "button", className: look, onclick: act }));
  if (item.state === "waiting") press(words.now, () => say("send"), "btn");
  if (item.state === "refused") press(words.open, () => open(item), "btn");
  if (item.state === "done") row.append(make("a", words.look, { href: item.url, className: "btn", onclick: () => { say("drop"); } }));
  if (item.state === "waiting" || item.state === "refused") press(words.drop, () => say("drop"));
  panel.append(row);
  box.append(panel);
  if (old) old.replaceWith(box);
  else document.getElementById("main").prepend(box);
}

// What the market asks about is sent as the form would be: its answer is a page with what was typed.
async function open(item) {
  const body = await (await (await caches.open("shop-mine")).match("/copies/body")).formData();
  const form = make("form", "", { method: "post", action: item.url, enctype: "multipart/form-data", hidden: true });
  for (const [name, value] of body) {
    if (typeof value === "string") form.append(make("input", "", { type: "hidden", name, value }));
    else if (value.size) {
      const files = new DataTransfer();
      files.items.add(value);
      form.append(make("input", "", { type: "file", name, files: files.files }));
    }
  }
  document.body.append(form);
  form.submit();
}

async function list(box) {
  const rows = [];
  for (const name of ["shop-mine", "shop-pages"]) {
    const cache = await caches.open(name);
    for (const key of (await cache.keys()).reverse()) {
      const title = (await cache.match(key)).headers.get("X-Title");
      if (title) rows.push({ href: key.url, title: make("textarea", "", { innerHTML: decodeURIComponent(title) }).value.replace(/ · [^·]*$/, "") });
    }
  }
  box.append(...rows.slice(0, 30).map(({ href, title }) => {
    const item = make("li", "");
    item.append(make("a", title, { href }));
    return item;
  }));
  box.closest("section").hidden = !rows.length;
}

// Without a network nothing is lost: forms that can't wait stay as they are, with what was typed.
function submitted(event) {
  const form = event.target;
  if (navigator.onLine || form.method !== "post" || !words || form.elements.key) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  document.querySelector(".toast")?.remove();
  const toast = make("div", words.stay, { className: "toast" });
  toast.setAttribute("role", "alert");
  document.body.append(toast);
  setTimeout(() => toast.remove(), 8000);
}

async function start() {
  const isNew = !worker.controller;
  await worker.register("/sw.js");
  say("state");
  say("online");
  if (isNew) say("seen");
}

if (worker) {
  worker.addEventListener("message", ({ data }) => { words = data.words; show(data.item); });
  addEventListener("online", () => say("online"));
  addEventListener("submit", submitted, true);
  const box = document.querySelector("[data-copies]");
  if (box) list(box);
  // The first time the page itself comes first: its pictures need the line more than the worker.
  const begin = () => setTimeout(() => start().catch(() => {}), worker.controller ? 0 : 2500);
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
}
