/**
 * URIs of files, as texts. Editors encode the same URI in different ways (`c%3A` or `C:`, `@` or `%40`); everything inside
 * the server goes by the canonical form, and only answers to the client use the spelling that the client used.
 */

interface Parts {
  readonly scheme: string;
  readonly authority: string;
  /** Still encoded. */
  readonly path: string;
}

/** The one spelling of a URI: each part of the path decoded, then encoded; a drive's letter in lower case. */
export function canonicalUri(uri: string): string {
  const parts = split(uri);
  if (parts === undefined) return uri;
  const path = parts.path.split("/").map((part) => encode(decode(part)));
  if (parts.scheme === "file" && /^[A-Za-z]%3A$/.test(path[1] ?? ""))
    path[1] = path[1]?.toLowerCase().replace("%3a", "%3A") ?? "";
  return `${parts.scheme}:${parts.authority}${path.join("/")}`;
}

/** The last part of a URI's path, decoded. */
export function fileNameOf(uri: string): string {
  const path = split(uri)?.path ?? uri;
  return decode(path.slice(path.lastIndexOf("/") + 1));
}

/**
 * Where a path that is written in a file leads to.
 * @param home URI of the home folder `~`, where the server has one.
 * @returns undefined where that cannot be known: the file has no place yet (an untitled document), or the path starts at
 *   a home folder that nobody knows here.
 */
export function resolvePath(path: string, from: string, home?: string): string | undefined {
  const parts = split(from);
  if (parts?.path.startsWith("/") !== true || path === "~") return undefined;
  if (path.startsWith("~/")) return home === undefined ? undefined : resolvePath(path.slice(2), `${home}/`);
  const absolute = path.startsWith("/");
  const steps = absolute ? [] : parts.path.split("/").slice(1, -1).map(decode);
  for (const step of path.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "" && step !== ".") steps.push(step);
  }
  return canonicalUri(`${parts.scheme}:${parts.authority}/${steps.map(encode).join("/")}`);
}

/** The path from the folder of one file to another, as a manifest would write it; undefined between different places. */
export function relativePath(from: string, to: string): string | undefined {
  const [a, b] = [split(from), split(to)];
  if (a === undefined || a.scheme !== b?.scheme || a.authority !== b.authority) return undefined;
  const folder = a.path.split("/").slice(0, -1).map(decode);
  const steps = b.path.split("/").map(decode);
  let common = 0;
  while (common < folder.length && common < steps.length - 1 && folder[common] === steps[common]) common++;
  return [...folder.slice(common).map(() => ".."), ...steps.slice(common)].join("/");
}

/** The path to a file as a manifest would write it in the place of another one: from the home folder where that was. */
export function pathLike(before: string, from: string, to: string, home?: string): string | undefined {
  const atHome = before.startsWith("~/") && home !== undefined ? relativePath(`${home}/`, to) : undefined;
  return atHome === undefined || atHome.startsWith("../") ? relativePath(from, to) : `~/${atHome}`;
}

/** The URI of what lay at or below `from` once that has become `to`; undefined for what lies elsewhere. */
export function movedUri(uri: string, from: string, to: string): string | undefined {
  if (uri === from) return to;
  return uri.startsWith(`${from}/`) ? to + uri.slice(from.length) : undefined;
}

/** The folder of a file, without a slash at its end. */
export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf("/"));
}

function split(uri: string): Parts | undefined {
  const [, scheme, authority = "", path = ""] = /^([A-Za-z][\w+.-]*):(\/\/[^/?#]*)?([^?#]*)/.exec(uri) ?? [];
  return scheme === undefined ? undefined : { scheme: scheme.toLowerCase(), authority, path };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // Not percent-encoded as URIs are: as it stands.
  }
}

function encode(part: string): string {
  return encodeURIComponent(part).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
