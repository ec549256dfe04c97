// A browser of its own with the page's cookies, for each look: nothing is left from the one before.
import puppeteer from "puppeteer-core";

export const PHONE = { width: 360, height: 740, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

export async function inBrowser(job, page, look) {
  const browser = await puppeteer.launch({
    executablePath: job.browser,
    headless: true,
    args: [...(job.root ? ["--no-sandbox"] : []), "--disable-dev-shm-usage", "--disable-gpu", "--lang=vi"],
  });
  try {
    const cookies = Object.entries(page.cookies).map(([name, value]) => ({ name, value, domain: "localhost", path: "/" }));
    if (cookies.length) await browser.setCookie(...cookies);
    const tab = await browser.newPage();
    await tab.setViewport(PHONE);
    return await look(tab, browser);
  } finally {
    await browser.close();
  }
}

// Opens the address; another one than asked for, or an error, is no measurement.
export async function open(tab, url, how = {}) {
  const answer = await tab.goto(url, { waitUntil: "networkidle0", timeout: 120_000, ...how });
  if (!answer.ok() && answer.status() !== 304) throw new Error(`${url}: ${answer.status()}`);
  return answer;
}
