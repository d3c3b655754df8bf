// Starting programs: argument arrays, never a shell.
import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { SetupError } from "./progress.mjs";

/** The checkout. */
export const root = resolve(import.meta.dirname, "../..");

/** Where what the scripts make and keep lies. Safe to delete. */
export const cache = join(root, ".cache");

/**
 * Runs a program to its end and resolves with what it printed. Rejects with the last of that when it fails.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, next?: string }} options `next`: what to do when it fails
 */
export async function run(program, args, { cwd = root, env = process.env, next } = {}) {
  const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text) => ((stdout += text), (output += text)));
  child.stderr.setEncoding("utf8").on("data", (text) => (output += text));
  const status = await ended(child);
  if (status !== 0) {
    const tail = output.trimEnd().split("\n").slice(-30).join("\n");
    throw new SetupError(`\`${[program, ...args].join(" ")}\` failed (${status}):\n${tail}`, next);
  }
  return stdout;
}

/** Runs a program that talks to the terminal itself; resolves with its exit status, or the signal that ended it. */
export function runLive(program, args, { cwd = root, env = process.env } = {}) {
  return ended(spawn(program, args, { cwd, env, stdio: "inherit" }));
}

function ended(child) {
  return new Promise((done) => {
    child.once("error", (error) => done(error.code ?? error.message));
    child.once("close", (status, signal) => done(status ?? signal));
  });
}

/** Whether a program is in PATH or in the directories of administrators' programs. */
export function hasProgram(name) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  return folders.some((folder) => folder !== "" && isExecutable(join(folder, name)));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export function isRoot() {
  return process.getuid?.() === 0;
}
