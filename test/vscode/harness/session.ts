import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inject } from "vitest";
import { launchBrowser, openWindow, type Window } from "./browser.js";
import { unpackExtension } from "./extension.js";
import { memoryFilesExtension } from "./memory-files-extension.js";
import { startServer, type Server, type Settings } from "./server.js";
import { startWebServer } from "./web-server.js";
import { Workbench } from "./workbench.js";

export interface SessionOptions {
  /** Files of the workspace: text by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly settings?: Settings;
  /** Of the server and all that it starts, terminals too. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A VS Code window on a folder of its own, with the packaged extension installed as a user would. */
export interface EditorSession {
  readonly workbench: Workbench;
  readonly window: Window;
  readonly server: Server;
  readonly folder: string;
  /** Saves the active editor, which shows the named file, and gives the file's text. */
  saved(name: string): Promise<string>;
  /** Opens one more window on the same folder, as from another machine: it shares the files, and nothing that windows remember. */
  anotherWindow(): Promise<Workbench>;
  close(): Promise<void>;
}

export async function openEditor(options: SessionOptions): Promise<EditorSession> {
  const folder = await mkdtemp(join(tmpdir(), "labs-"));
  for (const [path, text] of Object.entries(options.files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const server = await startServer({
    extensions: [inject("extension")],
    settings: options.settings ?? {},
    env: options.env ?? {},
  });
  const browser = await launchBrowser();
  const window = await openWindow(browser);
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const workbench = await Workbench.open(window.page, server, folder);
    const saved = async (name: string): Promise<string> => {
      await workbench.save(name);
      return readFile(join(folder, name), "utf8");
    };
    const anotherWindow = async (): Promise<Workbench> =>
      Workbench.open((await openWindow(browser)).page, server, folder);
    return { workbench, window, server, folder, saved, anotherWindow, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A window on a folder that only an extension's file system has, with the extension on the server's machine. */
export async function openVirtualEditor({
  files,
  settings = {},
}: SessionOptions): Promise<Pick<EditorSession, "workbench" | "window" | "close">> {
  const folder = "/labs";
  const server = await startServer({
    extensions: [inject("extension")],
    unpacked: { "labscape-tests.memory-files-1.0.0": await memoryFilesExtension(belowFolder(folder, files)) },
    settings,
  });
  const browser = await launchBrowser();
  const window = await openWindow(browser);
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
  };
  try {
    const url = new URL(server.url);
    url.searchParams.set("folder", `memfs:${folder}`);
    return { workbench: await Workbench.openAt(window.page, url, folder), window, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function belowFolder(folder: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
}

/** A VS Code window without a machine below it, on a folder that only an extension's file system has. */
export type WebSession = Omit<EditorSession, "server" | "anotherWindow">;

export async function openWebEditor({ files, settings }: SessionOptions): Promise<WebSession> {
  const directory = await mkdtemp(join(tmpdir(), "lsw-"));
  const folder = "/labs";
  const server = await startWebServer({
    extension: await unpackExtension(directory),
    files: belowFolder(folder, files),
    folder,
    ...(settings === undefined ? {} : { settings }),
  });
  const browser = await launchBrowser();
  const window = await openWindow(browser);
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const workbench = await Workbench.openAt(window.page, server.url, folder);
    const saved = async (name: string): Promise<string> => {
      await workbench.save(name);
      return server.saved.get(`${folder}/${name}`) ?? files[name] ?? "";
    };
    return { workbench, window, folder, saved, close };
  } catch (error) {
    await close();
    throw error;
  }
}
