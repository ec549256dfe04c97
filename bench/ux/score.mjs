// One Lighthouse run, mobile as it comes.
import lighthouse from "lighthouse";
import { inBrowser } from "./window.mjs";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const TIMES = { fcp: "first-contentful-paint", lcp: "largest-contentful-paint", tbt: "total-blocking-time", cls: "cumulative-layout-shift", si: "speed-index" };

const TRIES = 3; // on a loaded machine the browser's recording now and then lacks its beginning

export async function score(job, page) {
  for (let n = 1; n < TRIES; n++) {
    try {
      return await once(job, page);
    } catch (error) {
      process.stderr.write(`${error.message}: once more\n`);
    }
  }
  return once(job, page);
}

function once(job, page) {
  return inBrowser(job, page, async (tab) => {
    const { lhr } = await lighthouse(page.url, { onlyCategories: CATEGORIES, logLevel: "error" }, undefined, tab);
    if (lhr.runtimeError) throw new Error(`${page.url}: ${lhr.runtimeError.message}`);
    if (lhr.finalDisplayedUrl !== page.url) throw new Error(`${page.url} led to ${lhr.finalDisplayedUrl}`);
    const scores = {};
    const missed = [];
    for (const name of CATEGORIES) {
      scores[name] = Math.round(lhr.categories[name].score * 100);
      if (name === "performance") continue;
      for (const { id, weight } of lhr.categories[name].auditRefs) {
        const audit = lhr.audits[id];
        if (weight && audit.score !== null && audit.score < 1) missed.push(`${name}: ${id}: ${audit.title} ${where(audit)}`.trim());
      }
    }
    for (const [name, id] of Object.entries(TIMES)) scores[name] = lhr.audits[id].numericValue;
    return { scores, missed };
  });
}

function where(audit) {
  const nodes = (audit.details?.items ?? []).slice(0, 4).map((item) => item.node?.snippet ?? item.source ?? item.description ?? item.url ?? "");
  return nodes.filter(Boolean).join(" | ").slice(0, 400);
}
