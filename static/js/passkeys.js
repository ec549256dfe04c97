// Passkeys: asks the server what to ask the device, and brings the device's answer back.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const listed = (items = []) => items.map((item) => ({ ...item, id: bytes(item.id) }));

function asked({ publicKey }) {
  const told = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (publicKey.user) told.user = { ...publicKey.user, id: bytes(publicKey.user.id) };
  if (publicKey.excludeCredentials) told.excludeCredentials = listed(publicKey.excludeCredentials);
  if (publicKey.allowCredentials) told.allowCredentials = listed(publicKey.allowCredentials);
  return { publicKey: told };
}

function answered(credential) {
  const { response } = credential;
  const told = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) told[name] = text(response[name]);
  }
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response: told, clientExtensionResults: {} };
}

async function post(address, body) {
  const answer = await fetch(address, { method: "POST", body });
  const told = await answer.json();
  if (told.error) throw new Error(told.error);
  return told;
}

async function run(form) {
  const { passkey: purpose, ask, answer } = form.dataset;
  const options = asked(await post(ask, new URLSearchParams({ purpose })));
  const made = await (purpose === "add" ? navigator.credentials.create(options) : navigator.credentials.get(options));
  const told = { answer: answered(made), next: form.elements.next?.value, name: form.elements.name?.value };
  const { next } = await post(answer, JSON.stringify(told));
  location.assign(next);
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) break;
  for (const part of [form, ...form.querySelectorAll("[data-js]")]) part.hidden = false;
  for (const part of form.querySelectorAll("[data-nojs]")) part.hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    const told = form.querySelector("[data-told]");
    told.textContent = "";
    button.setAttribute("aria-busy", "true");
    try {
      await run(form);
    } catch (error) {
      told.textContent = error.name === "Error" ? error.message : form.dataset.failed;
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
}
