// The npm packages of the workspaces, exactly as package-lock.json has them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./commands.mjs";
import { SetupError, step } from "./progress.mjs";

/** Node versions that the project runs on. */
export function checkNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= 20) return;
  throw new SetupError(`This is Node ${process.versions.node}; Labscape needs 20 or newer.`, "see https://nodejs.org/");
}

/** Whether to do without questions: in continuous integration, and after `npm start --yes`, which npm keeps for itself. */
export function assumesYes() {
  return process.env.CI === "true" || process.env.npm_config_yes === "true";
}

/** Installs the npm packages unless they are there as the lock has them. */
export async function ensureNpmPackages() {
  await step("npm packages", async () => {
    if (isInstalled()) return { note: "up to date" };
    await run("npm", ["ci", "--no-fund", "--no-audit", "--loglevel=error"], {
      next: "check that the npm registry can be reached (`npm ping`), then run this command again",
    });
    return {};
  });
}

function isInstalled() {
  const wanted = readLock("package-lock.json");
  const there = readLock("node_modules/.package-lock.json");
  return Object.entries(wanted).every(
    ([path, { version, link, optional }]) =>
      path === "" ||
      link === true ||
      optional === true ||
      !path.startsWith("node_modules/") ||
      there[path]?.version === version,
  );
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), "utf8")).packages;
  } catch (error) {
    if (error.code === "ENOENT") return {};
    throw error;
  }
}
