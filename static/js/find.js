// Suggestions under the search field (combobox with a list): fetched with the first key press.
const input = document.getElementById("find");
const form = input.form;
const list = document.createElement("ul");
const said = document.createElement("p");
Object.assign(list, { id: "offers", className: "offers", hidden: true });
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", input.dataset.label);
said.className = "hidden";
said.setAttribute("role", "status");
form.append(list, said);
for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) input.setAttribute(name, value);

const kept = new Map();
let active = -1;
let waiting;
let latest = "";

function close() {
  list.hidden = true;
  active = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function mark(next) {
  const options = [...list.children];
  options[active]?.removeAttribute("aria-selected");
  active = (next + options.length + 1) % (options.length + 1); // one step further is the field itself
  const option = options[active];
  if (!option) { active = -1; input.removeAttribute("aria-activedescendant"); return; }
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option.id);
}

function show(html) {
  close();
  list.innerHTML = html;
  const count = list.children.length;
  said.textContent = count ? `${count} ${input.dataset.label}` : "";
  if (!count || document.activeElement !== input) return;
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
}

async function offer() {
  const text = input.value.trim().toLowerCase();
  latest = text;
  if (text.length < 2) return show("");
  if (!kept.has(text)) {
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(text)}`);
      if (!answer.ok) return;
      kept.set(text, await answer.text());
    } catch { return; }
  }
  if (latest === text) show(kept.get(text));
}

input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(offer, 120); });
input.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (list.hidden) { if (list.children.length) show(list.innerHTML); else offer(); }
    if (list.hidden) return;
    event.preventDefault();
    mark(event.key === "ArrowDown" ? active + 1 : active < 0 ? list.children.length - 1 : active - 1);
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    close();
  } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
    event.preventDefault();
    location.assign(list.children[active].dataset.go);
  }
});
input.addEventListener("blur", close);
form.addEventListener("submit", () => { latest = null; close(); });
list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
list.addEventListener("click", (event) => {
  const option = event.target.closest("[data-go]");
  if (option) location.assign(option.dataset.go);
});
