import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Log, Region } from "sarif";
import { afterEach, beforeEach, expect, it } from "vitest";
import { builtinCatalogue } from "@labscape/devices";
import { analyze, checkCodes } from "@labscape/topology";
import { fileText } from "../src/output/findings.js";
import { sarifLog } from "../src/output/sarif.js";
import { run } from "./run.js";

const text = `name = "päir"
nodes = [{ name = "a", model = "tiny_linx" }, { name = "a", model = "tiny_linux" }]
ztp_server = {}
`;

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), "labscape sarif-"));
});
afterEach(() => rm(cwd, { recursive: true }));

/** The characters of a region, as a reader of the log finds them. */
function charactersOf({ startLine, startColumn, endLine, endColumn }: Region): string {
  const lines = text.split("\n");
  expect(startLine).toBe(endLine);
  return (lines[(startLine ?? 0) - 1] ?? "").slice((startColumn ?? 0) - 1, (endColumn ?? 0) - 1);
}

it("is a log as the published schema's types have it", () => {
  const { findings } = analyze(text, { file: "/labs/a.lab.toml", catalogue: builtinCatalogue });
  // The compiler checks the shape against the types that are made from the schema of SARIF 2.1.0.
  const log: Log = sarifLog(
    findings.map((finding) => ({ finding, textOf: () => fileText(text) })),
    [],
    "/labs",
  );
  expect(log.version).toBe("2.1.0");
});

it("names rules, levels, places and mends that hold together", async () => {
  await writeFile(path.join(cwd, "a b.lab.toml"), text);
  const { code, stdout } = await run(["validate", "--format", "sarif"], { cwd });
  expect(code).toBe(1);
  const log = JSON.parse(stdout) as Log;
  const [one] = log.runs;
  expect(one?.tool.driver.rules?.map(({ id }) => id)).toEqual(Object.keys(checkCodes));
  expect(one?.invocations?.[0]?.executionSuccessful).toBe(true);
  const root = one?.originalUriBaseIds?.["%SRCROOT%"]?.uri ?? "";
  expect(fileURLToPath(root)).toBe(`${cwd}${path.sep}`);
  const results = one?.results ?? [];
  for (const result of results) {
    const index = result.ruleIndex ?? -1;
    expect(one?.tool.driver.rules?.[index]?.id).toBe(result.ruleId);
    const location = result.locations?.[0]?.physicalLocation?.artifactLocation;
    expect(location).toEqual({ uri: "a%20b.lab.toml", uriBaseId: "%SRCROOT%" });
    expect(new URL(location?.uri ?? "", root).href).toBe(pathToFileURL(path.join(cwd, "a b.lab.toml")).href);
  }
  const byCode = new Map(results.map((result) => [result.ruleId, result]));
  expect(byCode.get("unsupported-key")?.level).toBe("warning");
  expect(byCode.get("unconnected-node")?.level ?? "note").toBe("note");
  const unknown = byCode.get("unknown-model");
  expect(charactersOf(unknown?.locations?.[0]?.physicalLocation?.region ?? {})).toBe("tiny_linx");
  const replacement = unknown?.fixes?.[0]?.artifactChanges[0]?.replacements[0];
  expect(charactersOf(replacement?.deletedRegion ?? {})).toBe("tiny_linx");
  expect(replacement?.insertedContent?.text).toBe("tiny_linux");
  const related = byCode.get("duplicate-node")?.relatedLocations?.[0];
  expect(charactersOf(related?.physicalLocation?.region ?? {})).toBe("a");
  // Columns count UTF-16 code units.
  expect(charactersOf(byCode.get("invalid-name")?.locations?.[0]?.physicalLocation?.region ?? {})).toBe("päir");
});

it("tells of files that cannot be read", async () => {
  const { code, stdout } = await run(["validate", "none.lab.toml", "--format", "sarif"], { cwd });
  expect(code).toBe(1);
  const log = JSON.parse(stdout) as Log;
  const invocation = log.runs[0]?.invocations?.[0];
  expect(invocation?.executionSuccessful).toBe(false);
  expect(invocation?.toolExecutionNotifications?.[0]?.descriptor?.id).toBe("file-not-found");
});
