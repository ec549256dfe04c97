// Keeps what was seen for times without a network. The market's own words and files (SHOP) are put
// before this text by the server, at /sw.js.
const FILES = "shop-files", PICTURES = "shop-pictures", PAGES = "shop-pages", MINE = "shop-mine";
const MOST = { [FILES]: 40, [PICTURES]: 80, [PAGES]: 60, [MINE]: 30 };
const OWNER = "/copies/owner", POST = "/copies/post", BODY = "/copies/body";
const DAYS = 14 * 864e5, FRESH = 864e5, SLOW = 10000;
const DESKS = /^(\/en)?\/(ban-hang|can-bo|tai-khoan|api|hooks|dev|media|anh|static)(\/|$)/;
// Of an account's forms only these: no password, code or second factor ever comes into our hands.
const ACCOUNT = /^(\/en)?\/tai-khoan\/($|dia-chi\/|dong-y\/|du-lieu\/|thiet-bi\/)/;
const ASKS_WHO = /^(\/en)?\/(tai-khoan\/dang-nhap|don-hang)\/$/;
const SIGN_OUT = /\/tai-khoan\/dang-xuat\/$/;
const CHANGES_CART = /^(\/en)?\/(gio\/|dat-hang$)/;
const ANY = { ignoreVary: true };
const langOf = (path) => (/^\/en(\/|$)/.test(path) ? "en" : "vi");
const baseOf = (path) => (langOf(path) === "en" ? "/en" : "");
const wait = (time) => new Promise((done) => setTimeout(done, time));
const safe = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt()};`);

// ---- copies belong to one account; answers that were asked for before a change don't count ----
let moment = 0, changed = 0;

async function erase(since) {
  changed = since;
  await Promise.all([MINE, PAGES, PICTURES].map((name) => caches.delete(name)));
}

async function isOurs(response, since) {
  if (since < changed) return false;
  const owner = response.headers.get("X-Copies-Of");
  if (!owner) return true;
  const known = await (await caches.open(MINE)).match(OWNER);
  if (owner !== (known ? await known.text() : "guest")) await erase(since);
  else if (known) return true;
  await (await caches.open(MINE)).put(OWNER, new Response(owner));
  return true;
}

async function put(name, key, response) {
  try {
    const cache = await caches.open(name);
    await cache.put(key, response);
    const keys = (await cache.keys()).filter((one) => !new URL(one.url).pathname.startsWith("/copies/"));
    await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST[name])).map((one) => cache.delete(one)));
  } catch { /* the device is full: then without a copy */ }
}

// ---- pages: from the network, else the copy ----
const isPage = (response) => response.status === 200 && !response.redirected && /^text\/html/.test(response.headers.get("Content-Type"));

async function keep(url, response, since) {
  const text = isPage(response) ? response.clone().text() : "";
  if (!(await isOurs(response, since)) || !text) return;
  const isPublic = /public/.test(response.headers.get("Cache-Control"));
  if (!isPublic && (!response.headers.has("X-Copy") || url.search)) return;
  const clean = (await text).replace(/(name="csrf\w+" value=")[^"]*/g, "$1");
  const headers = new Headers(response.headers);
  ["Content-Encoding", "Content-Length", "Set-Cookie"].forEach((name) => headers.delete(name));
  headers.set("X-At", Date.now());
  headers.set("X-Title", encodeURIComponent((/<title>([^<]*)/.exec(clean) || [])[1] || url.pathname));
  if (since >= changed) await put(isPublic ? PAGES : MINE, isPublic ? url.href : url.origin + url.pathname, new Response(clean, { headers }));
}

async function find(url) {
  const page = (await caches.match(url.href, { ...ANY, cacheName: PAGES })) || (await caches.match(url.origin + url.pathname, { ...ANY, cacheName: MINE }));
  return page && Date.now() - page.headers.get("X-At") < DAYS ? page : null;
}

async function visit(event, url) {
  const since = ++moment;
  const answer = event.preloadResponse.then((early) => early || fetch(event.request));
  event.waitUntil(answer.then((response) => keep(url, response, since)).catch(() => {}));
  try {
    const late = wait(SLOW).then(async () => ((await find(url)) ? null : answer));
    const response = await Promise.race([answer, late]);
    if (response) return response;
  } catch { /* no network */ }
  return (await copyOf(url)) || offline(url);
}

async function copyOf(url) {
  const page = await find(url);
  if (!page) return null;
  const at = new Date(Number(page.headers.get("X-At"))), lang = langOf(url.pathname), words = SHOP.words[lang];
  const time = `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
  const day = at.toDateString() === new Date().toDateString() ? "" : ` ${at.getDate()}/${at.getMonth() + 1}`;
  const note = `<div class="wrap"><p class="notice offline" role="status"><span><b>${words.offline}</b> ${words.copy.replace("%s", time + day)}</span></p></div>`;
  return new Response((await page.text()).replace(/<main[^>]*>/, `$&${note}`), { headers: page.headers });
}

async function offline(url, more = "") {
  const page = await caches.match(`${baseOf(url.pathname)}/ngoai-tuyen/`, { ...ANY, cacheName: FILES });
  if (!page) return Response.error();
  return new Response((await page.text()).replace("<!--unsent-->", () => more), { status: 503, headers: page.headers });
}

// Desks and accounts: never kept, only looked at for who is signed in.
async function look(event) {
  const since = ++moment;
  const response = (await event.preloadResponse) || (await fetch(event.request));
  await isOurs(response, since);
  return response;
}

async function kept(event, name) {
  const found = await caches.match(event.request, { ...ANY, cacheName: name });
  if (found) return found;
  const since = ++moment, response = await fetch(event.request);
  if (response.status === 200 && /immutable/.test(response.headers.get("Cache-Control")) && since >= changed) event.waitUntil(put(name, event.request, response.clone()));
  return response;
}

async function fresh(path) {
  const since = ++moment, url = new URL(path, location.origin);
  await fetch(url).then((response) => keep(url, response, since)).catch(() => {});
}

// ---- what was typed without a network ----
async function post(event, url) {
  const since = ++moment, typed = event.request.clone();
  try {
    const response = await fetch(event.request);
    if (SIGN_OUT.test(url.pathname)) await erase(++moment);
    const other = await waiting(); // perhaps this very one, sent by hand
    if (other?.url === url.href && (await typed.formData()).get("key") === other.key) await clear();
    if (CHANGES_CART.test(url.pathname)) event.waitUntil(fresh(`${baseOf(url.pathname)}/gio`));
    return response;
  } catch {
    if (!isKept(url.pathname) || event.request.mode !== "navigate") return Response.error();
    return unsent(typed, url, since);
  }
}

const isKept = (path) => !DESKS.test(path) || ACCOUNT.test(path);

async function unsent(typed, url, since) {
  const words = SHOP.words[langOf(url.pathname)];
  const data = await typed.formData(), other = await waiting(), key = data.get("key");
  for (const name of [...data.keys()]) if (name.startsWith("csrf")) data.delete(name);
  const isOnce = key && (!/\/dat-hang$/.test(url.pathname) || (data.get("do") || "place") === "place");
  if (isOnce && (!other || other.key === key || other.state === "done") && since >= changed) {
    await (await caches.open(MINE)).put(BODY, new Response(data));
    await save({ url: url.href, key, at: Date.now(), state: "waiting" });
    await registration.sync?.register("post").catch(() => {});
    return Response.redirect(`${baseOf(url.pathname)}/ngoai-tuyen/`, 303);
  }
  const fields = [...data].filter(([, value]) => typeof value === "string");
  const isPlain = ![...data.values()].some((value) => value.size);
  const rows = isPlain
    ? `<form method="post" action="${safe(url.href)}">${fields.map(([name, value]) => `<input type="hidden" name="${safe(name)}" value="${safe(value)}">`).join("")}<button class="btn">${words.again}</button></form>`
    : fields.filter(([, value]) => value.length > 20).map(([, value]) => `<textarea readonly rows="4">${safe(value)}</textarea>`).join("");
  return offline(url, `<section class="panel stack" role="alert"><h2>${words.unsent}</h2><p>${isPlain ? words.typed : words.files}</p>${rows}</section>`);
}

async function waiting() {
  const kept = await caches.match(POST, { cacheName: MINE });
  return kept ? kept.json() : null;
}

async function save(item) {
  await (await caches.open(MINE)).put(POST, new Response(JSON.stringify(item)));
  await tell(item);
}

async function clear() {
  const cache = await caches.open(MINE);
  await Promise.all([POST, BODY].map((name) => cache.delete(name)));
  await tell(null);
}

async function tell(item, clients) {
  for (const client of clients || (await self.clients.matchAll({ includeUncontrolled: true }))) {
    const path = new URL(client.url).pathname;
    if (!DESKS.test(path)) client.postMessage({ item, words: SHOP.words[langOf(path)] });
  }
}

// One at a time, and with the key of its form: the market takes it once, however often it comes.
let sending = null;
const send = (asked) => (sending ||= deliver(asked).finally(() => { sending = null; }));
const trySend = (asked) => send(asked).catch(() => {});

async function deliver(asked) {
  const item = await waiting(), since = ++moment;
  if (item?.state !== "waiting" || (!asked && Date.now() - item.at > FRESH)) return;
  await tell({ ...item, state: "sending" });
  let response = null;
  try {
    const body = await (await caches.match(BODY, { cacheName: MINE })).formData();
    response = await fetch(item.url, { method: "POST", body });
  } catch { /* still no network, or no answer: then again later */ }
  if (!response || response.status >= 500 || response.status === 429) {
    await tell(item);
    throw new Error("not sent");
  }
  // The session is over: the words stay until their person opens the form again and signs in.
  if (response.redirected && ASKS_WHO.test(new URL(response.url).pathname)) return (await waiting()) && save({ ...item, state: "refused" });
  if (!(await isOurs(response, since)) || !(await waiting())) return;
  const isDone = response.ok && response.redirected;
  if (isDone) await (await caches.open(MINE)).delete(BODY);
  await save(isDone ? { state: "done", url: response.url } : { ...item, state: "refused" });
  await fresh(`${baseOf(new URL(item.url).pathname)}/gio`);
}

// ---- events ----
addEventListener("install", (event) => {
  const files = SHOP.shell.map((path) => new Request(path, { cache: /^\/static\//.test(path) ? "default" : "reload" }));
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(files)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([clients.claim(), registration.navigationPreload?.enable()]));
});

addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST") {
    const isForm = request.mode === "navigate" && isKept(url.pathname);
    if (isForm || SIGN_OUT.test(url.pathname) || CHANGES_CART.test(url.pathname)) event.respondWith(post(event, url));
  } else if (request.method !== "GET") return;
  else if (request.mode === "navigate") event.respondWith(DESKS.test(url.pathname) ? look(event) : visit(event, url));
  else if (url.pathname.startsWith("/static/")) event.respondWith(kept(event, FILES));
  else if (url.pathname.startsWith("/media/")) event.respondWith(kept(event, PICTURES));
});

// The browser tries again by itself, later and later, as long as this fails.
addEventListener("sync", (event) => { if (event.tag === "post") event.waitUntil(send()); });

addEventListener("message", (event) => {
  const { source } = event, path = new URL(source.url).pathname;
  const tasks = {
    state: async () => tell(await waiting(), [source]),
    seen: async () => DESKS.test(path) || fresh(source.url),
    online: () => trySend(),
    send: () => trySend(true),
    drop: () => clear(),
  };
  event.waitUntil(Promise.resolve(tasks[event.data]?.()));
});
