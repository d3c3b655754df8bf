// VS Code in the browser, for `npm start`: settings and extension stay from one start to the next.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cache, hasProgram, run } from "./commands.mjs";
import { SetupError, step } from "./progress.mjs";
import { hostEntry, hostNode } from "./vscode-host.mjs";

const home = join(cache, "editor");

/** A person's own settings are never overwritten: this is what the first start writes. */
const firstSettings = {
  "telemetry.telemetryLevel": "off",
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  // The ports of a lab are for its own nodes and for ssh; a browser has nothing to do with them.
  "remote.autoForwardPorts": false,
};

const common = [
  hostEntry,
  ...["--config", join(home, "config.yaml"), "--user-data-dir", join(home, "data")],
  ...["--extensions-dir", join(home, "extensions"), "--disable-telemetry", "--disable-update-check"],
];

/** What VS Code's own variables would change in a server that is started from a terminal of VS Code. */
function environment() {
  const foreign = /^(VSCODE_|ELECTRON_|CODE_SERVER_|NODE_OPTIONS$|PASSWORD$|HASHED_PASSWORD$|PORT$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/** Installs the packed extension into the editor. */
export async function installExtension(vsix) {
  await step("extension in the editor", async () => {
    const settings = join(home, "data/User/settings.json");
    mkdirSync(join(home, "data/User"), { recursive: true });
    mkdirSync(join(home, "extensions"), { recursive: true });
    if (!existsSync(settings)) writeFileSync(settings, `${JSON.stringify(firstSettings, null, 2)}\n`);
    configure(undefined);
    await run(hostNode, [...common, "--install-extension", vsix, "--force"], { env: environment() });
  });
}

/** Says how one gets in. The file is new each time, so that nobody else can have it open or read it. */
function configure(password) {
  const file = join(home, "config.yaml");
  rmSync(file, { force: true });
  const auth = password === undefined ? "auth: none" : `auth: password\npassword: ${password}`;
  writeFileSync(file, `${auth}\ncert: false\n`, { mode: 0o600, flag: "wx" });
}

/**
 * Starts the editor on 127.0.0.1.
 *
 * @param {{ folder: string, port: number, locked: boolean }} options `port`: 0 takes a free one; `locked`: with a password
 * @returns {Promise<{ address: string, password?: string, ended: Promise<void>, stop(): Promise<void> }>}
 */
export async function startEditor({ folder, port, locked }) {
  const password = locked ? randomBytes(12).toString("hex") : undefined;
  configure(password);
  const options = ["--bind-addr", `127.0.0.1:${port}`, "--disable-workspace-trust"];
  const child = spawn(hostNode, [...common, ...options, "--disable-getting-started-override", folder], {
    env: environment(),
    stdio: ["ignore", "pipe", "pipe"],
    detached: true, // a group of its own, so that `stop` reaches the extension hosts, and Ctrl-C only us
  });
  const ended = new Promise((done) => child.once("close", () => done()));
  const stop = async () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch (error) {
      if (error.code !== "ESRCH") throw error;
    }
    await ended;
  };
  process.once("exit", () => void stop());

  let output = "";
  const address = await new Promise((found, failed) => {
    const read = (text) => {
      output += text;
      const match = /HTTP server listening on (http:\/\/[^\s/]+)/.exec(output);
      if (match !== null) found(match[1]);
    };
    child.stdout.setEncoding("utf8").on("data", read);
    child.stderr.setEncoding("utf8").on("data", read);
    child.once("error", failed);
    child.once("exit", () => {
      const taken = output.includes("EADDRINUSE");
      const next = taken ? "choose another one, or leave --port out" : "remove the folder .cache/editor and try again";
      failed(new SetupError(taken ? `Port ${port} is taken.` : `The editor ended:\n${output}`, next));
    });
  });
  return { address: `${address}/?folder=${encodeURIComponent(folder)}`, password, ended, stop };
}

/** Opens the address in the desktop's browser; says false where there is no desktop. */
export function openBrowser(address) {
  const desktop = process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY;
  if (desktop === undefined || !hasProgram("xdg-open")) return false;
  spawn("xdg-open", [address], { stdio: "ignore", detached: true }).unref();
  return true;
}
