// What comes over the wire, and when something is to be seen on a slow one.
import { inBrowser, open } from "./window.mjs";

const SLOW = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const CPU = 4;

// Every answer of a first view with empty cache, images further down included once they load.
export function firstView(job, page) {
  return inBrowser(job, page, async (tab) => {
    const cdp = await tab.createCDPSession();
    const answers = new Map();
    await cdp.send("Network.enable");
    cdp.on("Network.requestWillBeSent", ({ requestId, request, type }) => {
      if (/^https?:/.test(request.url)) answers.set(requestId, { url: request.url, type, bytes: 0 });
    });
    cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const answer = answers.get(requestId);
      if (answer) answer.bytes = encodedDataLength;
    });
    await open(tab, page.url);
    return [...answers.values()].map(({ url, type, bytes }) => ({ url: url.replace(job.base, ""), type, bytes }));
  });
}

// 400 kbit/s, 400 ms for each request, a processor four times slower.
export async function slowly(job, page) {
  const first = await inBrowser(job, page, (tab) => timed(tab, page.url));
  const second = await inBrowser(job, page, async (tab) => {
    await open(tab, job.base + page.before);
    return timed(tab, page.url);
  });
  return { first, second };
}

async function timed(tab, url) {
  const cdp = await tab.createCDPSession();
  await cdp.send("Network.enable");
  await cdp.send("Network.setBypassServiceWorker", { bypass: true }); // it isn't slowed down
  await cdp.send("Network.emulateNetworkConditions", SLOW);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: CPU });
  await open(tab, url, { waitUntil: "load" });
  return tab.evaluate(async () => {
    const largest = await new Promise((tell) => {
      const watcher = new PerformanceObserver((list) => tell(list.getEntries().at(-1).startTime));
      watcher.observe({ type: "largest-contentful-paint", buffered: true });
      setTimeout(() => tell(0), 3000);
    });
    const paint = performance.getEntriesByName("first-contentful-paint")[0].startTime;
    const scripts = performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd;
    return { paint, largest, usable: Math.max(paint, scripts) };
  });
}
