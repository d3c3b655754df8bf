// `npm test`: sets up what the tests need and runs every suite; `npm test -- unit lint` runs only these.
// In continuous integration (CI=true) a skipped test fails the run unless a pattern in scripts/allowed-skips.json matches its name.
import { parseArgs } from "node:util";
import { ensureGuests } from "./setup/guests.mjs";
import { assumesYes, checkNode, ensureNpmPackages } from "./setup/npm.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { complain, say, seconds, SetupError, together } from "./setup/progress.mjs";
import { describeSkips, unlistedSkips } from "./setup/skips.mjs";
import { ensureVscodeHost } from "./setup/vscode-host.mjs";
import { suites } from "./suites.mjs";

const help = `npm test [-- OPTIONS] [SUITE...]

Sets up what the tests need and runs the suites: ${Object.keys(suites).join(", ")} (default: all).

  --yes    do not ask before packages of the operating system are installed
  --help   this text
`;

try {
  checkNode();
  const { yes, help: wantsHelp, names } = readOptions();
  if (wantsHelp) say(help);
  else if (!(await test(names, yes))) process.exitCode = 1;
} catch (error) {
  complain(error);
  process.exitCode = 1;
}

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      options: { yes: { type: "boolean", default: assumesYes() }, help: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    const unknown = positionals.filter((name) => !(name in suites));
    if (unknown.length > 0) throw new Error(`There is no suite ${unknown.join(", ")}.`);
    return { ...values, names: positionals.length > 0 ? positionals : Object.keys(suites) };
  } catch (error) {
    throw new SetupError(error.message, "npm test -- --help");
  }
}

/** Runs the suites and says how they ended; resolves with whether all is well. */
async function test(names, yes) {
  const begun = Date.now();
  const chosen = names.map((name) => suites[name]);
  const purposes = [...new Set(chosen.flatMap((suite) => suite.packages))];
  const notes = await setUp(chosen, await ensurePackages(purposes, { yes }));
  const lines = [`set-up ${seconds(Date.now() - begun).padStart(9)}`, ...notes];

  let passed = true;
  const skipped = [];
  const failed = [];
  for (const name of names) {
    say(`\n${name}`);
    const start = Date.now();
    const outcome = await suites[name].run();
    passed &&= outcome.passed;
    skipped.push(...outcome.skipped);
    failed.push(...outcome.failed);
    const mark = outcome.passed ? "✓" : "✗";
    lines.push(`${mark} ${name.padEnd(8)} ${seconds(Date.now() - start).padStart(9)}  ${outcome.summary}`);
  }

  const unlisted = process.env.CI === "true" ? unlistedSkips(skipped) : [];
  if (unlisted.length > 0) {
    passed = false;
    lines.push(
      `✗ ${unlisted.length} skipped tests are not listed in scripts/allowed-skips.json, which is a failure here`,
    );
  }
  // Once more at the end, where they are found without searching a long log.
  for (const { test, message } of failed) say(`\n✗ ${test}\n${message.replaceAll(/^/gm, "    ")}`);
  say(`\n${[...describeSkips(skipped), ...lines].join("\n")}`);
  say(`\n${passed ? "passed" : "FAILED"} in ${seconds(Date.now() - begun)}`);
  return passed;
}

/** Resolves with a line for each thing that could not be set up; the tests that need it skip themselves and say so. */
async function setUp(chosen, lacking) {
  const notes = lacking.map(
    ({ purpose, missing, reason }) => `! cannot ${purpose} without ${missing.join(", ")}: ${reason}`,
  );
  const can = (purpose) => lacking.every((entry) => entry.purpose !== purpose);
  const needs = (what) => chosen.some((suite) => suite[what]);
  const works = [ensureNpmPackages];
  if (needs("editor") && can("compile two parts of the VS Code server")) works.push(ensureVscodeHost);
  if (needs("guests") && can("make the small guest images")) {
    const debian = needs("debian") && can("make the Debian guest image") ? ["debian_linux"] : [];
    works.push(() => ensureGuests(["tiny_linux", "frr_linux", ...debian]));
  }
  await together(...works);
  return notes;
}
