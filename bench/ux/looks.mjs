// axe at 360 x 740, sideways scrolling at 320 px, what is lost at 200 %.
import fs from "node:fs";
import { createRequire } from "node:module";
import { inBrowser, open, PHONE } from "./window.mjs";

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const NARROW = { ...PHONE, width: 320, height: 640 };
const ZOOMED = { width: 640, height: 450, deviceScaleFactor: 2 }; // 1280 x 900 at 200 %

export function looks(job, page) {
  return inBrowser(job, page, async (tab) => {
    const english = `${job.base}/en${page.path === "/" ? "/" : page.path}`;
    const seen = { axe_vi: [], axe_en: [], axe_dark: [], sideways: [], zoom_loss: [] };
    for (const [url, key] of [[page.url, "axe_vi"], [english, "axe_en"]]) {
      await tab.setViewport(PHONE);
      await open(tab, url);
      seen[key] = await axe(tab);
      await tab.setViewport(NARROW);
      seen.sideways.push(...(await tab.evaluate(sideways)));
      await tab.setViewport(ZOOMED);
      seen.zoom_loss.push(...(await tab.evaluate(sideways)), ...(await tab.evaluate(clipped)));
    }
    await tab.setViewport(PHONE);
    await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
    await open(tab, page.url);
    seen.axe_dark = await axe(tab);
    return seen;
  });
}

async function axe(tab) {
  await tab.evaluate(AXE);
  const { violations } = await tab.evaluate((tags) => axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] }), TAGS);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ""}`));
}

function sideways() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > width + 0.5);
  return [`${document.documentElement.scrollWidth} px in ${width}: ${wide.at(-1)?.outerHTML.slice(0, 120)}`];
}

// Words cut off by a box that can't be scrolled.
function clipped() {
  const lost = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const text = words.currentNode;
    const box = text.parentElement;
    if (!text.data.trim() || box.closest("script, style, option, noscript, .hidden, .skip, details:not([open])")) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const at = range.getBoundingClientRect();
    for (let around = box; at.width && around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around);
      const edge = around.getBoundingClientRect();
      if (edge.width <= 2) break; // meant for screen readers only
      const across = /hidden|clip/.test(style.overflowX) && (at.right > edge.right + 2 || at.left < edge.left - 2);
      const down = /hidden|clip/.test(style.overflowY) && at.bottom > edge.bottom + 2;
      if (across || down) {
        lost.push(`cut off: «${text.data.trim().slice(0, 60)}» in ${around.tagName.toLowerCase()}.${around.className}`);
        break;
      }
    }
  }
  return lost;
}
