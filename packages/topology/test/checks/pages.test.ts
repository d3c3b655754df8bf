import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { checkCodes, readModelFiles, type Providers } from "@labscape/topology";
import { analyzeFiles, splitFiles } from "../support/files.js";
import { pagesIndex } from "../support/pages.js";

const folder = new URL("../../../../docs/checks/", import.meta.url);
const files = readdirSync(folder).filter((file) => file !== "README.md");
const severities = { error: "Error", warning: "Warning", information: "Information", hint: "Hint" } as const;

/** The world of the examples: what their pages say of it. */
const providers: Providers = {
  labsNamed: (name) => (name === "taken" ? [{ file: "/labs/other.lab.toml", range: { start: 8, end: 13 } }] : []),
  fileState: (path) => (/^(\.\/)?missing/.test(path) ? "absent" : path.startsWith("empty") ? "empty" : "present"),
  imageVersions: (model) => ({ nvidia_cumulus: ["5.9.1"], juniper_vrouter: [], tiny_linux: ["6.1", "half"] })[model],
  imageFiles: (model, version) =>
    model === "tiny_linux"
      ? [{ name: "vmlinuz", size: 1 }, ...(version === "half" ? [] : [{ name: "initrd", size: 1 }])]
      : undefined,
  diskSize: (path) => (path === "./ten.qcow2" ? 10 * 1024 ** 3 : undefined),
  host: () => ({ memory: 16_384, cpuCount: 8, diskSize: 100 * 1024 ** 3, bridges: ["br0"] }),
};

/** An example is a manifest, or one or more model files, each under a comment with its name. */
function findingsOf(example: string) {
  const files = example.split(/^(?=# \.labscape\/models\/)/m).filter((text) => text.startsWith("# .labscape/models/"));
  const folder = files.map((text) => ({ file: text.slice(2, text.indexOf("\n")), text }));
  if (folder.length > 0)
    return [...readModelFiles([folder], providers).files.values()].flatMap(({ findings }) => findings);
  return analyzeFiles(example, providers).analysis.findings;
}

test("every check has a page, and every page is of a check", () => {
  expect(files.sort()).toEqual(
    Object.keys(checkCodes)
      .map((code) => `${code}.md`)
      .sort(),
  );
});

test("the index is made from the checks", async () => {
  await expect(pagesIndex()).toMatchFileSnapshot(fileURLToPath(new URL("README.md", folder)));
});

describe.each(Object.entries(checkCodes))("%s", (code, { severity, summary }) => {
  const page = readFileSync(new URL(`${code}.md`, folder), "utf8");
  const [wrong, right] = [...page.matchAll(/^```toml\n(.*?)^```$/gms)].map(([, example]) => example ?? "");

  test("the page starts with the code, the severity and what is wrong", () => {
    expect(page.startsWith(`# ${code}\n\n${severities[severity]}: ${summary}\n`)).toBe(true);
  });

  test("the wrong example gives the finding", () => {
    expect(findingsOf(wrong ?? "").map((finding) => finding.code)).toContain(code);
  });

  test("the right example gives no such finding, and no error", () => {
    const found = findingsOf(right ?? "").filter((finding) => finding.code === code || finding.severity === "error");
    expect(found).toEqual([]);
    expect(right).toBeTruthy();
  });

  test("the finding says in a sentence or two what to do, on one line", () => {
    for (const finding of findingsOf(wrong ?? "").filter((each) => each.code === code)) {
      expect(finding.message).toMatch(/^[^\n]{10,400}$/);
      const covered = (splitFiles(wrong ?? "").get(finding.file) ?? "").slice(finding.range.start, finding.range.end);
      expect(covered).not.toContain("\n");
    }
  });
});
