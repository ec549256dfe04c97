// Opens each page of a job and prints what it found as JSON: node measure.mjs job.json
import fs from "node:fs";
import { firstScreen } from "./first_screen.mjs";
import { looks } from "./looks.mjs";
import { firstView, slowly } from "./network.mjs";
import { score } from "./score.mjs";

const job = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const found = {};
for (const page of job.pages) {
  const say = (what) => process.stderr.write(`${page.name}: ${what}\n`);
  page.url = job.base + page.path;
  say("bytes");
  const view = await firstView(job, page);
  say("slow network");
  const slow = await slowly(job, page);
  say("axe, narrow, zoomed");
  const seen = await looks(job, page);
  const first = job.lists.includes(page.name) ? await firstScreen(job, page, view) : null;
  const runs = [];
  for (let n = 1; n <= job.runs; n++) {
    say(`Lighthouse ${n} of ${job.runs}`);
    runs.push(await score(job, page));
  }
  found[page.name] = { path: page.path, view, slow, seen, first, runs };
}
process.stdout.write(JSON.stringify({ pages: found }));
