import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server as HttpServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { text } from "node:stream/consumers";
import { hostCode } from "./host.js";
import { memoryFilesExtension } from "./memory-files-extension.js";
import { quiet, type Settings } from "./server.js";

const HOST = "127.0.0.1";
const WORKBENCH = "/out/vs/code/browser/workbench/workbench";

const TYPES: Readonly<Record<string, string>> = {
  ".cjs": "text/javascript",
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

export interface WebServerOptions {
  /** Folder of the unpacked extension. */
  readonly extension: string;
  /** Texts by their paths in the file system `memfs:`. */
  readonly files: Readonly<Record<string, string>>;
  /** Path of the folder that the window opens there. */
  readonly folder: string;
  readonly settings?: Settings;
}

/** Nothing but files over HTTP: the window that is made of them has no machine below it, as on vscode.dev. */
export interface WebServer {
  readonly url: URL;
  /** Texts that were saved in the window, by path. */
  readonly saved: ReadonlyMap<string, string>;
  stop(): Promise<void>;
}

export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const memoryFiles = await memoryFilesExtension(options.files);
  const saved = new Map<string, string>();

  /** Undefined: there is no such thing. */
  async function answer(request: IncomingMessage, origin: URL): Promise<string | Buffer | undefined> {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", origin).pathname));
    const below = (folder: string): string | undefined =>
      path.startsWith(folder) ? path.slice(folder.length) : undefined;
    if (path === "/") return page(options, origin);
    if (path === `${WORKBENCH}.js`) return workbenchScript();
    const memory = below("/extension/memory-files/");
    if (memory?.startsWith("saved/") === true) {
      saved.set(memory.slice("saved".length), await text(request));
      return "";
    }
    if (memory !== undefined) return memoryFiles[memory];
    // The browser's parts of built-in extensions are in another build of VS Code: here they do nothing.
    if (/^\/extensions\/.*\/browser\/.*\.js$/.test(path)) return "";
    const own = below("/extension/labscape/");
    return readFile(own === undefined ? join(hostCode, path) : join(options.extension, own)).catch(() => undefined);
  }

  const http = createServer((request, response) => {
    answer(request, addressOf(http)).then(
      (body) => {
        const path = new URL(request.url ?? "/", addressOf(http)).pathname;
        const type = path === "/" ? "text/html" : (TYPES[extname(path)] ?? "application/octet-stream");
        response.writeHead(body === undefined ? 404 : 200, { "content-type": type }).end(body);
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => http.listen(0, HOST, resolve));
  return {
    url: addressOf(http),
    saved,
    stop: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

function addressOf(http: HttpServer): URL {
  const address = http.address();
  if (address === null || typeof address === "string") throw new Error("The server does not listen on a port");
  return new URL(`http://${HOST}:${address.port}/`);
}

/** The window's page, with what a site that serves VS Code decides. */
async function page({ folder, settings = {} }: WebServerOptions, origin: URL): Promise<string> {
  const extension = (name: string) => ({ scheme: "http", authority: origin.host, path: `/extension/${name}` });
  const configuration = {
    folderUri: { scheme: "memfs", path: folder },
    additionalBuiltinExtensions: [extension("memory-files"), extension("labscape")],
    configurationDefaults: { ...quiet, ...settings },
    productConfiguration: {
      nameShort: "Code",
      nameLong: "Code",
      version: "1.139.1",
      webviewContentExternalBaseUrlTemplate: `${origin.href}out/vs/workbench/contrib/webview/browser/pre/`,
    },
    enableWorkspaceTrust: false,
    // Asked for by this build alone.
    userDataPath: "/user-data",
    isEnabledFileDownloads: true,
    isEnabledFileUploads: true,
    isEnabledCoderGettingStarted: false,
  };
  const values: Readonly<Record<string, string>> = {
    WORKBENCH_WEB_CONFIGURATION: JSON.stringify(configuration),
    WORKBENCH_WEB_BASE_URL: origin.href.replace(/\/$/, ""),
    WORKBENCH_NLS_FALLBACK_URL: "/out/nls.messages.js",
    WORKBENCH_NLS_URL: "/out/nls.messages.js",
  };
  const template = await readFile(join(hostCode, `${WORKBENCH}.html`), "utf8");
  return template.replaceAll(/{{(\w+)}}/g, (_, name: string) =>
    (values[name] ?? "").replaceAll("&", "&amp;").replaceAll('"', "&quot;"),
  );
}

/**
 * The build at hand takes whoever serves it for a remote machine, and keeps the user's data there; the original does neither.
 *
 * @throws Error when the places are not found: another version is installed
 */
async function workbenchScript(): Promise<string> {
  const script = await readFile(join(hostCode, `${WORKBENCH}.js`), "utf8");
  const replaced = (text: string, place: RegExp, by: string): string => {
    if (!place.test(text)) throw new Error(`${String(place)} is not in the workbench's script`);
    return text.replace(place, by);
  };
  const local = replaced(script, /remoteAuthority:location\.host/, "remoteAuthority:void 0");
  return replaced(local, /(file\(this\.userDataPath\)\.with\({scheme:\w+\.)vscodeRemote/, "$1vscodeUserData");
}
