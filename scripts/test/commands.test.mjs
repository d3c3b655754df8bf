import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const scripts = join(import.meta.dirname, "..");

function node(file, args, env = {}) {
  return spawnSync(process.execPath, [join(scripts, file), ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, CI: "", ...env },
  });
}

describe("npm start", () => {
  it("explains its options", () => {
    const { status, stdout } = node("start.mjs", ["--help"]);
    expect(status).toBe(0);
    for (const option of ["--yes", "--no-open", "--port", "--folder"]) expect(stdout).toContain(option);
  });

  it.each([["--port", "70000"], ["--port", "ssh"], ["--colour"]])("refuses %s %s and says where to look", (...args) => {
    const { status, stdout, stderr } = node("start.mjs", args);
    expect(status).toBe(1);
    expect(stderr).toContain("What to do: npm start -- --help");
    expect(stdout).toBe("");
  });
});

describe("npm test", () => {
  it("lists its suites", () => {
    const { status, stdout } = node("test.mjs", ["--help"]);
    expect(status).toBe(0);
    expect(stdout).toContain("types, lint, format, unit, libvirt, vscode");
  });

  it("refuses a suite that does not exist", () => {
    const { status, stderr } = node("test.mjs", ["unit", "unti"]);
    expect(status).toBe(1);
    expect(stderr).toContain("There is no suite unti.");
  });
});

describe("packages of the operating system", () => {
  const module = JSON.stringify(join(scripts, "setup/packages.mjs"));
  const ask = (yes) =>
    `const { ensurePackages } = await import(${module});
     const lacking = await ensurePackages(["compile two parts of the VS Code server"], { yes: ${yes} });
     console.log(JSON.stringify(lacking));`;
  const evaluate = (program) =>
    spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: "" },
    });

  it("says what is missing and what for, and installs nothing without being told to", () => {
    const { status, stdout } = evaluate(ask(false));
    expect(status).toBe(0);
    expect(stdout).toContain("to compile two parts of the VS Code server: make g++ python3");
    const [lacking] = JSON.parse(stdout.trim().split("\n").at(-1));
    expect(lacking.missing).toEqual(["make", "g++", "python3"]);
  });

  it("says how to go on where there is no apt", () => {
    const [lacking] = JSON.parse(evaluate(ask(true)).stdout.trim().split("\n").at(-1));
    expect(lacking.reason).toMatch(/no apt-get here/);
  });
});
