import { spawn } from "node:child_process";
import { constants, watch } from "node:fs";
import { access, mkdir, open, readFile, rm, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { ConnectionError } from "../errors.js";

/** The seconds after which an idle daemon ends are those of libvirt's own clients. */
const ARGUMENTS = ["--timeout=120", "--daemon"];

/**
 * Runs `work` while no other process of this user does so with the same directory: who starts a daemon must first look,
 * under this lock, whether somebody else has just started it.
 */
export async function withStartLock<T>(directory: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const lock = await acquire(path.join(directory, "node-libvirt-start.lock"), signal);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

/** Starts the first of these daemons that is installed, as the user's own; settles when its socket listens. */
export async function startSessionDaemon(programs: readonly string[], signal: AbortSignal): Promise<void> {
  for (const name of programs) {
    const daemon = await find(name);
    if (daemon !== undefined) return run(daemon, signal);
  }
  throw new ConnectionError(
    "unreachable",
    `no session daemon can be started: ${programs.join(" or ")} is not installed`,
  );
}

/** Where the program is. Looked up here: a folder of PATH that may not be searched would make `spawn` give up. */
async function find(program: string): Promise<string | undefined> {
  const folders = [...(process.env["PATH"] ?? "").split(path.delimiter), "/usr/sbin", "/sbin", "/usr/local/sbin"];
  for (const folder of folders.filter((one) => path.isAbsolute(one))) {
    const file = path.join(folder, program);
    try {
      await access(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/** Starts a daemon; `--daemon` lets it return when the socket listens. */
function run(daemon: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(daemon, ARGUMENTS, { stdio: ["ignore", "ignore", "pipe"], signal });
    let message = "";
    child.stderr.on("data", (chunk: Buffer) => (message = (message + chunk.toString()).slice(-2000)));
    child.once("error", (cause) => {
      if (signal.aborted) reject(new ConnectionError("aborted", `starting ${daemon} was cancelled`));
      else reject(new ConnectionError("unreachable", `${daemon} cannot be started: ${cause.message}`, { cause }));
    });
    // Not "close": the daemon keeps the other end of the pipe.
    child.once("exit", (code) => {
      child.stderr.destroy();
      if (code === 0) resolve();
      else reject(new ConnectionError("unreachable", `${daemon} ended with ${code ?? "a signal"}: ${message.trim()}`));
    });
  });
}

interface Lock {
  release(): Promise<void>;
}

async function acquire(file: string, signal: AbortSignal): Promise<Lock> {
  for (;;) {
    signal.throwIfAborted();
    let handle: FileHandle;
    try {
      handle = await open(file, "wx", 0o600);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      if (!(await removeIfStale(file))) await changed(file, signal);
      continue;
    }
    await handle.writeFile(String(process.pid));
    await handle.close();
    return { release: () => rm(file, { force: true }) };
  }
}

/** Whether the lock's holder has gone; its file is removed then. */
async function removeIfStale(file: string): Promise<boolean> {
  let holder: number;
  try {
    holder = Number(await readFile(file, "utf8"));
  } catch {
    return true;
  }
  // An empty file belongs to a process that is about to write its number.
  if (!Number.isInteger(holder) || holder <= 0) return false;
  try {
    process.kill(holder, 0);
    return false;
  } catch {
    await rm(file, { force: true });
    return true;
  }
}

/** Settles with the next change in the lock's directory. */
function changed(file: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const watcher = watch(path.dirname(file), { signal });
    watcher.once("change", () => {
      watcher.close();
      resolve();
    });
    watcher.once("error", reject);
    readFile(file).catch(() => {
      // Released between the attempt and the watch.
      watcher.close();
      resolve();
    });
  });
}
