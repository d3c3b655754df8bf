/** Paths and URIs of a lab's files, as far as the language needs them; a file system is not asked. */

/** The folder of a file, with the slash at its end; empty for a name alone. Files are named by path or URI. */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
}

/**
 * A path that is written in a file, so that it leads to the same place from any other file.
 * @param file path, or URI of the scheme `file`.
 */
export function absolutePath(path: string, file: string): string {
  // The home folder is known only where the lab is deployed.
  if (path.startsWith("/") || path.startsWith("~/")) return path;
  const steps: string[] = [];
  for (const step of `${folderPath(file)}${path}`.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "." && step !== "") steps.push(step);
  }
  return `/${steps.join("/")}`;
}

function folderPath(file: string): string {
  const folder = folderOf(file);
  const path = /^file:\/\/[^/]*(\/.*)$/.exec(folder)?.[1];
  if (path === undefined) return folder;
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // Not percent-encoded as URIs are: the path as it stands.
  }
}

/** What to call a file beside another one: its path from that one's folder when it lies in there, else its name. */
export function shortName(file: string, beside: string): string {
  const folder = folderOf(beside);
  const name = file.startsWith(folder) ? file.slice(folder.length) : file.slice(folderOf(file).length);
  try {
    return beside.startsWith("file:") ? decodeURIComponent(name) : name;
  } catch {
    return name; // As in folderPath.
  }
}
