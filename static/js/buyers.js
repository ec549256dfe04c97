// Makes the shop quicker where JavaScript is on; every page works without it.
const doc = document;
const root = doc.documentElement;
const base = root.lang === "en" ? "/en" : "";
const find = (what, where = doc) => where.querySelector(what);
const all = (what, where = doc) => [...where.querySelectorAll(what)];
root.classList.add("js");

// ---- the number beside "Cart" ----
function showCount(count) {
  const mark = find("[data-cart-count]");
  if (!mark) return;
  mark.hidden = !count;
  mark.textContent = count > 99 ? "99+" : count;
}

async function count() {
  const told = find("[data-count]");
  if (told) return showCount(Number(told.dataset.count));
  const answer = await fetch(`${base}/fragment/gio`, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) showCount((await answer.json()).count);
}

// ---- a short word at the bottom ----
let leaving;
function toast(text, link) {
  find(".toast")?.remove();
  const box = doc.createElement("div");
  box.className = "toast";
  box.setAttribute("role", "status");
  const words = doc.createElement("span");
  words.textContent = text;
  box.append(words);
  if (link) {
    const go = doc.createElement("a");
    go.href = link.href;
    go.textContent = link.text;
    box.append(go);
  }
  doc.body.append(box);
  clearTimeout(leaving);
  leaving = setTimeout(() => box.remove(), 8000);
}

// ---- add to cart and stay on the page ----
async function add(form) {
  const button = find("button", form);
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (told.error) return toast(told.error);
    showCount(told.count);
    toast(told.text, { href: `${base}/gio`, text: told.go });
  } catch {
    form.submit();
  } finally {
    button.removeAttribute("aria-busy");
  }
}

// ---- stock left, fee and day ----
async function live(box) {
  const answer = await fetch(box.dataset.live).catch(() => null);
  if (answer?.ok) box.innerHTML = await answer.text();
}

async function where(form) {
  const box = form.closest("[data-live]");
  if (!box || !find("[name=ward]", form).value) return form.submit();
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "text/fragment" } });
  if (answer.ok) box.innerHTML = await answer.text();
  else form.submit();
}

// ---- save, follow: the part that holds the button comes again with its new state ----
async function stay(form, button) {
  const box = form.closest("[data-live]");
  const sent = new URLSearchParams(new FormData(form, button));
  const answer = box && (await fetch(form.action, { method: "POST", body: sent, headers: { Accept: "text/fragment" } }));
  const part = answer?.ok ? await answer.text() : "";
  if (!part) { delete form.dataset.stay; return form.requestSubmit(button); }
  box.innerHTML = part;
  find(`[action="${form.getAttribute("action")}"] button`, box)?.focus();
}

// ---- province, then ward ----
async function wards(select) {
  const ward = doc.getElementById(select.dataset.province), chosen = select.value;
  ward.disabled = true;
  try {
    const answer = await fetch(`${base}/fragment/xa?tinh=${encodeURIComponent(chosen)}`);
    const items = answer.ok && await answer.text();
    if (items && chosen === select.value) ward.innerHTML = items;
  } finally {
    if (chosen === select.value) {
      ward.disabled = false;
      ward.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
}

// ---- parcels, fees and total at checkout ----
let asked = 0;
async function bill(box, submitter, tries = 3) {
  const mine = ++asked;
  const button = find("button.wide", box);
  button?.setAttribute("aria-busy", "true");
  const sent = new URLSearchParams(new FormData(box.closest("form"), submitter));
  const answer = await fetch(box.dataset.bill, { method: "POST", body: sent, signal: AbortSignal.timeout(8000) }).catch(() => null);
  const part = answer?.status === 200 ? await answer.text().catch(() => "") : "";
  if (mine !== asked) return; // asked again meanwhile: an older answer never stands above a newer one
  if (!part) {
    const again = () => mine === asked && bill(box, submitter, tries - 1);
    if (tries > 1 && (!answer || answer.status === 200 || answer.status >= 500)) setTimeout(again, 1000); // the line was gone for a moment
    return button?.removeAttribute("aria-busy");
  }
  const here = submitter ? "new-voucher" : doc.activeElement.id;
  box.innerHTML = part;
  const again = here && doc.getElementById(here);
  if (again) (find("summary", again.closest("details:not([open])") ?? again) ?? again).focus({ preventScroll: true });
}

// ---- more goods below the present ones ----
async function more(link) {
  link.setAttribute("aria-busy", "true");
  const answer = await fetch(link.href);
  if (!answer.ok) return location.assign(link.href);
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = all("#goods > li", next);
  find("#goods").append(...fresh);
  find(".pages").replaceWith(find(".pages", next));
  history.replaceState(null, "", link.href);
  find("h3 a", fresh[0])?.focus({ preventScroll: true });
}

doc.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-add]")) { event.preventDefault(); add(form); }
  else if (form.matches("[data-where]")) { event.preventDefault(); where(form); }
  else if (form.matches("[data-stay]")) { event.preventDefault(); stay(form, event.submitter); }
  else if (event.submitter?.matches("[data-bill-step]")) { event.preventDefault(); bill(find("[data-bill]"), event.submitter); }
  else if (form.matches("[data-once]")) {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
  }
});

doc.addEventListener("change", (event) => {
  const field = event.target;
  if (field.matches("[data-province]")) wards(field);
  else if (field.matches("[data-ward], [data-choice]")) { const box = find("[data-bill]"); if (box) bill(box); }
  else if (field.matches("[data-quantity]")) field.form.requestSubmit();
});

doc.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.metaKey || event.ctrlKey) return;
  if (link.matches("[data-more]")) { event.preventDefault(); more(link); }
  else if (link.matches(".thumbs a")) {
    event.preventDefault();
    const shot = doc.getElementById(link.hash.slice(1));
    shot.parentElement.scrollTo({ left: shot.offsetLeft - shot.parentElement.offsetLeft, behavior: "smooth" });
    all(".thumbs a").forEach((one) => one.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
  } else if (link.closest(".summary") && link.hash) {
    const field = doc.getElementById(link.hash.slice(1));
    if (field) { event.preventDefault(); field.focus(); field.scrollIntoView({ block: "center" }); }
  }
});

// Back from another page: forms may be sent again, the count may have changed.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  all("[data-once]").forEach((form) => { delete form.dataset.sent; all("[aria-busy]", form).forEach((one) => one.removeAttribute("aria-busy")); });
  count();
});

find("#find[data-js]")?.addEventListener("input", (event) => import(event.target.dataset.js).then(() => event.target.dispatchEvent(new Event("input"))), { once: true });
find("[data-focus]")?.focus();
all("[data-print]").forEach((button) => { button.hidden = false; button.addEventListener("click", () => print()); });
all("[data-live]").forEach(live);
count();
