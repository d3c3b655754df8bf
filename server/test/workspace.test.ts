import { WorkspaceSymbolRequest } from "vscode-languageserver-protocol";
import { afterEach, describe, expect, it } from "vitest";
import { MemoryFiles } from "./memory-files.js";
import { startSession, type Session, type SessionOptions } from "./session.js";

const folder = "file:///labs";
const two = `${folder}/two.lab.toml`;
const other = `${folder}/other.lab.toml`;
const lab = (name: string, node = "a"): string => `name = "${name}"
nodes = [{ name = "${node}", model = "tiny_linux" }]
`;

let session: Session;

afterEach(() => session.end());

async function start(files: MemoryFiles, options: SessionOptions = {}): Promise<void> {
  session = await startSession({}, { setting: { files }, folders: [folder], ...options });
}

/** The codes of the newest findings of a file, once they hold what is wanted. */
async function findings(uri: string, wanted: (codes: readonly unknown[]) => boolean): Promise<readonly unknown[]> {
  const codesOf = ({ diagnostics }: { diagnostics: readonly { code?: string | number }[] }): unknown[] =>
    diagnostics.map(({ code }) => code);
  const published = await session.diagnostics.next((each) => each.uri === uri && wanted(codesOf(each)));
  return codesOf(published);
}

const has =
  (code: string) =>
  (codes: readonly unknown[]): boolean =>
    codes.includes(code);

describe("two labs of one name", () => {
  it("are found whether the other is open or not, with the place of the other name", async () => {
    await start(new MemoryFiles(folder, `#- other.lab.toml\n${lab("two")}`));
    await session.open(two, lab("two"));
    await findings(two, has("lab-name-taken"));
    const found = session.diagnostics.all.at(-1)?.diagnostics.find(({ code }) => code === "lab-name-taken");
    expect(found).toMatchObject({
      range: { start: { line: 0, character: 8 }, end: { line: 0, character: 11 } },
      relatedInformation: [{ location: { uri: other, range: { start: { line: 0, character: 8 } } } }],
    });
  });

  it("an open document wins over the disk: renamed there, the finding goes; closed unsaved, it comes back", async () => {
    await start(new MemoryFiles(folder, `#- other.lab.toml\n${lab("two")}`));
    await session.open(two, lab("two"));
    await findings(two, has("lab-name-taken"));
    await session.open(other, lab("three"));
    session.diagnostics.forget();
    await findings(two, (codes) => !has("lab-name-taken")(codes));
    session.diagnostics.forget();
    await session.close(other);
    await findings(two, has("lab-name-taken"));
  });

  it("goes when the other manifest is deleted", async () => {
    const files = new MemoryFiles(folder, `#- other.lab.toml\n${lab("two")}`);
    await start(files);
    await session.open(two, lab("two"));
    await findings(two, has("lab-name-taken"));
    session.diagnostics.forget();
    files.files.delete(other);
    await session.changedOnDisk(other);
    await findings(two, (codes) => !has("lab-name-taken")(codes));
  });
});

describe("the index", () => {
  const names = async (query: string): Promise<string[]> => {
    const found = await session.client.sendRequest(WorkspaceSymbolRequest.type, { query });
    return (found ?? []).map(({ name, location }) => `${name} ${location.uri.slice(folder.length + 1)}`).sort();
  };

  it("gives the labs and nodes of all manifests, open or not; other files are left out", async () => {
    const fixture = `#- other.lab.toml\n${lab("three", "edge")}#- sub/manifest.toml\n[package]\nname = "edge"\n`;
    await start(new MemoryFiles(folder, fixture));
    await session.open(two, lab("two", "spine"));
    await session.diagnostics.next();
    await settled();
    expect(await names("")).toEqual([
      "edge other.lab.toml",
      "spine two.lab.toml",
      "three other.lab.toml",
      "two two.lab.toml",
    ]);
    expect(await names("sPn")).toEqual(["spine two.lab.toml"]);
  });

  it("is bounded by the setting, which may change, and says what it leaves out", async () => {
    const fixture = ["x1", "x2", "x3"].map((name) => `#- ${name}.lab.toml\n${lab(name)}`).join("");
    let files = 2;
    await start(new MemoryFiles(folder, fixture), {
      capabilities: { workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } } },
      settings: () => ({ index: { files } }),
    });
    await session.log.next(({ message }) => message.includes("labscape.index.files"));
    expect(await names("x")).toEqual(["x1 x1.lab.toml", "x2 x2.lab.toml"]);
    files = 3;
    await session.registered.next(({ method }) => method === "workspace/didChangeConfiguration");
    await session.client.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await expect.poll(() => names("x")).toHaveLength(3);
    files = 0;
    await session.client.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await expect.poll(() => names("x")).toEqual([]);
  });

  it("holds what lies in the workspace, and what is open", async () => {
    const files = new MemoryFiles(folder, `#- x.lab.toml\n${lab("x")}`);
    const elsewhere = "file:///elsewhere/y.lab.toml";
    files.files.set(elsewhere, lab("y"));
    await start(files);
    await session.open(elsewhere, lab("y"));
    await expect.poll(async () => (await names("")).map((each) => each.split(" ")[0])).toEqual(["a", "a", "x", "y"]);
    await session.close(elsewhere);
    await expect.poll(async () => (await names("")).map((each) => each.split(" ")[0])).toEqual(["a", "x"]);
  });

  it("tells of its progress when it takes long, and only then", async () => {
    const many = Array.from({ length: 60 }, (_, i) => `#- x${i}.lab.toml\n${lab(`x${i}`)}`).join("");
    await start(new MemoryFiles(folder, many), { capabilities: { window: { workDoneProgress: true } } });
    await session.progress.next();
    await session.end();
    await start(new MemoryFiles(folder, `#- x.lab.toml\n${lab("x")}`), {
      capabilities: { window: { workDoneProgress: true } },
    });
    await expect.poll(() => names("x")).toEqual(["x x.lab.toml"]);
    expect(session.progress.all).toEqual([]);
  });

  /** The index of a small workspace is made when a manifest without a name is diagnosed, as that waits for it. */
  async function settled(): Promise<void> {
    await session.open(`${folder}/unnamed.lab.toml`, "nodes = []\n");
    await session.diagnostics.next(({ uri }) => uri.endsWith("unnamed.lab.toml"));
    await session.close(`${folder}/unnamed.lab.toml`);
  }
});

describe("watching", () => {
  it("asks for the TOML files of the workspace, and for each other file that an open manifest names", async () => {
    await start(new MemoryFiles(folder, ""), {
      capabilities: {
        workspace: { didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true } },
      },
    });
    const watchers = (wanted: string): Promise<unknown> =>
      session.registered.next((each) => JSON.stringify(each).includes(wanted));
    await watchers("**/*.toml");
    const text = lab("two").replace("tiny_linux", 'tiny_linux", startup_scripts = ["../boot/[setup].sh"], user = "x');
    await session.open(two, text);
    expect(await watchers("file:///boot")).toMatchObject({
      method: "workspace/didChangeWatchedFiles",
      registerOptions: {
        watchers: [
          { globPattern: "**/*.toml" },
          { globPattern: { baseUri: "file:///boot", pattern: "[[]setup[]].sh" } },
        ],
      },
    });
    await session.unregistered.next();
  });

  it("a file that a manifest misses is no more missed when it is there", async () => {
    const files = new MemoryFiles(folder, "");
    await start(files);
    await session.open(two, lab("two").replace("tiny_linux", 'tiny_linux", startup_scripts = ["setup.sh"], user = "x'));
    await findings(two, has("file-not-found"));
    session.diagnostics.forget();
    files.files.set(`${folder}/setup.sh`, "echo");
    await session.changedOnDisk(`${folder}/setup.sh`);
    await findings(two, (codes) => !has("file-not-found")(codes));
  });
});
