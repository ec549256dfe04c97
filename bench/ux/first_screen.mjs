// How many bytes of the page a phone needs before its first screen looks as it will stay.
import http from "node:http";
import zlib from "node:zlib";
import { inBrowser, open } from "./window.mjs";

const STEP = 250;

// CSS, the answer's head and the beginning of the HTML; pictures and scripts are left out on both
// sides of the comparison.
export async function firstScreen(job, page, view) {
  const { head, body, plain } = await raw(page.url);
  const css = view.filter(({ type }) => type === "Stylesheet").reduce((sum, { bytes }) => sum + bytes, 0);
  return inBrowser(job, page, async (tab) => {
    let html = plain;
    await tab.setRequestInterception(true);
    tab.on("request", (request) => {
      if (request.isNavigationRequest()) request.respond({ status: 200, contentType: "text/html; charset=utf-8", body: html });
      else if (request.resourceType() === "stylesheet") request.continue();
      else request.abort();
    });
    const shot = async (text) => {
      html = text;
      await open(tab, page.url, { waitUntil: "load" });
      return tab.screenshot({ encoding: "base64" });
    };
    const whole = await shot(plain);
    let [low, high] = [0, Math.ceil(body.length / STEP)];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((await shot(begin(body, middle * STEP))) === whole) high = middle;
      else low = middle + 1;
    }
    return { head, css, html: Math.min(low * STEP, body.length), whole: body.length };
  });
}

function raw(url) {
  return new Promise((tell, fail) => {
    http.get(url, { headers: { "Accept-Encoding": "br" } }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("error", fail);
      answer.on("end", () => {
        const body = Buffer.concat(parts);
        if (answer.headers["content-encoding"] !== "br") return fail(new Error(`${url} isn't compressed with br`));
        tell({ head: answer.rawHeaders.join("    ").length, body, plain: begin(body, body.length) });
      });
    }).on("error", fail);
  });
}

// What a browser can read of so many compressed bytes.
function begin(body, bytes) {
  if (!bytes) return "";
  const how = { finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH };
  return zlib.brotliDecompressSync(body.subarray(0, bytes), how).toString("utf8").replace(/\uFFFD+$/, "");
}
