// What is wrong with the page as it stands now: a list of sentences, empty when all is well.
(language) => {
  const said = [];
  const d = document, root = d.documentElement;
  const name = (el) => `${el.tagName.toLowerCase()}${el.id ? "#" + el.id : ""}${el.className && el.className.baseVal === undefined ? "." + String(el.className).trim().split(/\s+/).join(".") : ""} «${(el.innerText || el.value || el.getAttribute("aria-label") || "").trim().slice(0, 30)}»`;
  const seen = (el) => { const b = el.getBoundingClientRect(); const s = getComputedStyle(el); return b.width > 1 && b.height > 1 && s.visibility !== "hidden" && s.opacity !== "0" && !el.closest("[aria-hidden=true]"); };
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...d.querySelectorAll("body *")].filter((el) => seen(el) && el.getBoundingClientRect().right > root.clientWidth + 0.5 && !el.closest(".scroll, .kinds, .desk-nav, .tabs")).slice(0, 3).map(name);
    said.push(`scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}: ${wide.join(" | ")}`);
  }
  if (root.lang !== language) said.push(`lang ${root.lang}`);
  const heads = d.querySelectorAll("h1").length;
  if (heads !== 1) said.push(`${heads} h1`);
  if (parseFloat(getComputedStyle(d.body).fontSize) < 16) said.push("body font below 16 px");
  for (const el of d.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    if (!el.labels?.length && !el.getAttribute("aria-label") && !el.getAttribute("aria-labelledby")) said.push(`no label: ${name(el)}`);
  }
  for (const el of d.querySelectorAll("button, a[href]")) {
    const text = (el.textContent || "").trim() || el.getAttribute("aria-label") || el.querySelector("img[alt]")?.alt || el.title;
    if (seen(el) && !text) said.push(`no name: ${name(el)} ${el.outerHTML.slice(0, 80)}`);
  }
  for (const el of d.querySelectorAll("img:not([alt])")) said.push(`no alt: ${el.src}`);
  const ids = [...d.querySelectorAll("[id]")].map((el) => el.id);
  for (const id of new Set(ids.filter((id, n) => ids.indexOf(id) !== n))) said.push(`id twice: ${id}`);
  for (const el of d.querySelectorAll("button, .btn, select, summary, textarea, input:not([type=hidden], [type=radio], [type=checkbox], [type=file])")) {
    if (!seen(el)) continue;
    const h = el.getBoundingClientRect().height;
    if (h < 47.5 && !el.matches(".small-btn")) said.push(`low ${Math.round(h)}: ${name(el)}`);
  }
  for (const el of d.querySelectorAll("a[href]")) {
    if (!seen(el) || el.matches(".btn, .over")) continue; // the whole card of .over is its link
    const display = getComputedStyle(el).display;
    const h = el.getBoundingClientRect().height;
    if (display !== "inline" && h < 43.5) said.push(`low link ${Math.round(h)}: ${name(el)}`);
  }
  for (const el of d.querySelectorAll("img")) if (el.complete && el.naturalWidth === 0 && el.loading !== "lazy") said.push(`picture missing: ${el.src}`);
  return said;
}
