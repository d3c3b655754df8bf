/**
 * A small extension for tests: the file system `memfs:`, with the files of its `files.json`. What is saved goes back to where
 * the extension comes from, when that is the test's own server.
 */
import * as vscode from "vscode";

interface File {
  readonly content: Uint8Array;
  readonly changed: number;
}

export async function activate({ extensionUri, subscriptions }: vscode.ExtensionContext): Promise<void> {
  const place = (name: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, name);
  const json = new TextDecoder().decode(await vscode.workspace.fs.readFile(place("files.json")));
  const texts = JSON.parse(json) as Readonly<Record<string, string>>;
  const encoder = new TextEncoder();
  const files = new Map<string, File>(
    Object.entries(texts).map(([path, text]) => [path, { content: encoder.encode(text), changed: 1 }]),
  );
  const changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();

  const fileAt = (uri: vscode.Uri): File => {
    const file = files.get(uri.path);
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  };
  const pathsBelow = ({ path }: vscode.Uri): readonly string[] => {
    const folder = path.endsWith("/") ? path : `${path}/`;
    return [...files.keys()].filter((file) => file.startsWith(folder)).map((file) => file.slice(folder.length));
  };
  const unsupported = (): never => {
    throw vscode.FileSystemError.NoPermissions("The tests need no such thing.");
  };

  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: changes.event,
    watch: () => new vscode.Disposable(() => undefined),
    stat(uri) {
      if (pathsBelow(uri).length > 0) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
      const { content, changed } = fileAt(uri);
      return { type: vscode.FileType.File, ctime: 0, mtime: changed, size: content.length };
    },
    readDirectory(uri) {
      const { Directory, File: Plain } = vscode.FileType;
      const names = pathsBelow(uri).map((path) => path.split("/"));
      return [...new Map(names.map(([name = "", ...rest]) => [name, rest.length > 0 ? Directory : Plain]))];
    },
    readFile: (uri) => fileAt(uri).content,
    async writeFile(uri, content) {
      const isNew = !files.has(uri.path);
      files.set(uri.path, { content, changed: (files.get(uri.path)?.changed ?? 0) + 1 });
      if (extensionUri.scheme === "http") {
        const body = new TextDecoder().decode(content);
        await fetch(place(`saved${uri.path}`).toString(true), { method: "PUT", body });
      }
      changes.fire([{ type: isNew ? vscode.FileChangeType.Created : vscode.FileChangeType.Changed, uri }]);
    },
    createDirectory: unsupported,
    delete: unsupported,
    rename: unsupported,
  };
  subscriptions.push(changes, vscode.workspace.registerFileSystemProvider("memfs", provider));
}
