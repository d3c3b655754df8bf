import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { hostEntry, hostNode } from "./host.js";

const run = promisify(execFile);

export type Settings = Readonly<Record<string, unknown>>;

/** Everything in the window that is not ours is switched off: chat, gallery, welcome pages, animations. */
export const quiet: Settings = {
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "workbench.enableExperiments": false,
  "workbench.settings.enableNaturalLanguageSearch": false,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  // The theme is the one of the browser: a test changes it there without a hand on the window.
  "window.autoDetectColorScheme": true,
  "workbench.preferredDarkColorTheme": "Dark Modern",
  "workbench.preferredLightColorTheme": "Light Modern",
  "workbench.reduceMotion": "on",
  "window.commandCenter": false,
  "chat.disableAIFeatures": true,
  "chat.agentHost.enabled": false,
  "terminal.integrated.gpuAcceleration": "off",
  "terminal.integrated.enablePersistentSessions": false,
  "editor.accessibilitySupport": "off",
  "editor.cursorBlinking": "solid",
  "editor.minimap.enabled": false,
  "git.enabled": false,
  "remote.autoForwardPorts": false,
  "files.autoSave": "off",
  "files.simpleDialog.enable": true,
  "window.titleBarStyle": "custom",
};

export interface ServerOptions {
  readonly settings?: Settings;
  /** Packages of extensions to install first. */
  readonly extensions?: readonly string[];
  /** Further extensions as their files: text by path, by the name of a folder. */
  readonly unpacked?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** A VS Code server on a free loopback port, in directories of its own. */
export interface Server {
  readonly url: URL;
  readonly directory: string;
  /** Ends the server and all that it started, and removes its directories. Safe to call twice. */
  stop(): Promise<void>;
}

/** Resolves when the server listens. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const directory = await mkdtemp(join(tmpdir(), "lsv-")); // short: socket paths below it have 107 bytes at most
  // QEMU runs as another user and must reach what the extension puts into its temporary directory.
  await chmod(directory, 0o755);
  for (const folder of ["tmp", "extensions", "data/User"]) await mkdir(join(directory, folder), { recursive: true });
  await chmod(join(directory, "tmp"), 0o1777);
  await writeFile(join(directory, "config.yaml"), "auth: none\ncert: false\n");

  const settings = { ...quiet, ...options.settings };
  await writeFile(join(directory, "data/User/settings.json"), JSON.stringify(settings, null, 2));

  for (const [name, files] of Object.entries(options.unpacked ?? {})) {
    await mkdir(join(directory, "extensions", name));
    for (const [file, text] of Object.entries(files)) await writeFile(join(directory, "extensions", name, file), text);
  }

  const environment = hostEnvironment(directory, options.env ?? {});
  const common = [
    ["--config", join(directory, "config.yaml")],
    ["--user-data-dir", join(directory, "data")],
    ["--extensions-dir", join(directory, "extensions")],
    ["--disable-telemetry", "--disable-update-check"],
  ].flat();
  for (const extension of options.extensions ?? []) {
    await run(hostNode, [hostEntry, ...common, "--install-extension", extension, "--force"], { env: environment });
  }

  const child = spawn(
    hostNode,
    [hostEntry, ...common, "--auth", "none", "--bind-addr", "127.0.0.1:0"].concat(
      "--disable-workspace-trust",
      "--disable-getting-started-override",
      "--disable-proxy",
      "--ignore-last-opened",
    ),
    { env: environment, stdio: ["ignore", "pipe", "pipe"], detached: true },
  );
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const killGroup = (): void => signalGroup(child, "SIGKILL");
  process.once("exit", killGroup);

  const stop = async (): Promise<void> => {
    process.off("exit", killGroup);
    // Extension host, watchers and language servers are in the server's process group.
    killGroup();
    await ended;
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    return { url: await listening(child), directory, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function hostEnvironment(directory: string, extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_|VITEST|ELECTRON_|CODE_SERVER_|NODE_|PASSWORD$|HASHED_PASSWORD$|PORT$|TEST$|DEV$)/;
  const inherited = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return {
    ...Object.fromEntries(inherited),
    EXTENSIONS_GALLERY: '{"serviceUrl":""}', // no look-ups at a gallery
    XDG_DATA_HOME: join(directory, "xdg-data"),
    TMPDIR: join(directory, "tmp"),
    ...extra,
  };
}

/** The address in the server's line about listening. */
function listening(child: ChildProcess): Promise<URL> {
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const address = /HTTP server listening on (http:\/\/\S+)/.exec(output)?.[1];
      if (address !== undefined) resolve(new URL(address));
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`The VS Code server ended early:\n${output}`)));
  });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    const gone = error instanceof Error && "code" in error && error.code === "ESRCH";
    if (!gone) throw error;
  }
}
