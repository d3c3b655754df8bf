// The suites that `npm test` runs, in this order, and what each needs to be set up.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root, runLive } from "./setup/commands.mjs";

/**
 * @typedef {object} Outcome
 * @property {boolean} passed
 * @property {string} summary counts, where there are any
 * @property {readonly Skip[]} skipped tests that did not run
 * @property {readonly Failure[]} failed tests and files that failed
 *
 * @typedef {object} Skip
 * @property {string} group the suite and the outermost title, which by our habit says why
 * @property {string} test full name
 *
 * @typedef {object} Failure
 * @property {string} test the file, and the full name of the test in it
 * @property {string} message the beginning of what was wrong
 *
 * @typedef {object} Suite
 * @property {readonly string[]} packages purposes, as setup/packages.mjs names them
 * @property {boolean} guests needs the small test guests
 * @property {boolean} debian needs the Debian guest too
 * @property {boolean} editor needs the VS Code server
 * @property {() => Promise<Outcome>} run
 */

const tools = ["run labs", "check what we make with other tools"];
const host = [...tools, "make the small guest images"];
const browser = ["compile two parts of the VS Code server", "test in a real browser"];

/** @type {Readonly<Record<string, Suite>>} */
export const suites = {
  types: { packages: [], guests: false, debian: false, editor: false, run: () => script("typecheck") },
  lint: { packages: [], guests: false, debian: false, editor: false, run: () => script("lint") },
  format: { packages: [], guests: false, debian: false, editor: false, run: () => script("format:check") },
  unit: { packages: tools, guests: false, debian: false, editor: false, run: () => vitest("unit") },
  libvirt: {
    packages: [...host, "make the Debian guest image"],
    guests: true,
    debian: true,
    editor: false,
    run: () => vitest("libvirt"),
  },
  vscode: { packages: [...host, ...browser], guests: true, debian: false, editor: true, run: () => vitest("vscode") },
};

async function script(name) {
  const status = await runLive("npm", ["run", "--silent", name]);
  return { passed: status === 0, summary: status === 0 ? "clean" : "findings above", skipped: [], failed: [] };
}

async function vitest(project) {
  const report = join(root, "out/test-results", `${project}.json`);
  mkdirSync(join(root, "out/test-results"), { recursive: true });
  rmSync(report, { force: true });
  const status = await runLive(process.execPath, [
    join(root, "node_modules/vitest/vitest.mjs"),
    ...[
      "run",
      "--project",
      project,
      "--passWithNoTests",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
  ]);
  const result = read(report);
  if (result === undefined) {
    return { passed: false, summary: "no report: it did not run to its end", skipped: [], failed: [] };
  }
  const tests = result.testResults.flatMap((file) => file.assertionResults);
  const count = (state) => tests.filter((test) => test.status === state).length;
  const skipped = tests.filter((test) => test.status !== "passed" && test.status !== "failed");
  return {
    // A file that cannot be loaded has no tests, but fails the run.
    passed: status === 0,
    summary: `${count("passed")} passed, ${count("failed")} failed, ${skipped.length} skipped`,
    skipped: skipped.map((test) => ({
      group: `${project}: ${test.ancestorTitles[0] ?? test.title}`,
      test: test.fullName,
    })),
    failed: result.testResults.flatMap(failures),
  };
}

/** What failed in a test file; the file itself when it could not be loaded or a hook outside its tests failed. */
function failures({ name, status, message, assertionResults }) {
  const file = relative(root, name);
  const tests = assertionResults.filter((test) => test.status === "failed");
  if (tests.length === 0) return status === "failed" ? [{ test: file, message: opening(message) }] : [];
  return tests.map((test) => ({
    test: `${file}: ${test.fullName}`,
    message: opening(test.failureMessages.join("\n")),
  }));
}

const shownLines = 12;

/** The first lines of a message, without colours and without the test runner's own calls. */
function opening(message) {
  const lines = stripVTControlCharacters(message).trim().split("\n");
  return lines
    .filter((line) => !/^\s*at .*node_modules/.test(line))
    .slice(0, shownLines)
    .join("\n");
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}
