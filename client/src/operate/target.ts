import type { Host } from "@labscape/lab";
import type { ResolvedLab } from "@labscape/topology";
import * as vscode from "vscode";
import { isLabItem, nodesOf, type LabItem } from "../explorer/tree.js";
import { manifestUri } from "../labs/labs.js";
import { modelFolders } from "../model-folders.js";
import type { Workshop } from "../workshop.js";

/** A lab on its host, and the nodes of it that a command is about. */
export interface LabTarget {
  readonly host: Host;
  /** Name of the lab. */
  readonly lab: string;
  /** Names; empty: the lab as a whole. */
  readonly nodes: readonly string[];
  /** What the lab should be. Absent where there is no manifest any more. */
  readonly manifest: { readonly uri: vscode.Uri; readonly lab: ResolvedLab } | undefined;
}

/** A cable of a lab on its host. */
export interface LinkTarget {
  readonly host: Host;
  /** Name of the lab. */
  readonly lab: string;
  /** One end: "node::port". */
  readonly endpoint: string;
}

/** The cable that an item of the explorer stands for. */
export function linkOfItem(item: LabItem): LinkTarget | undefined {
  if (item.kind !== "port" && item.kind !== "link") return undefined;
  return { host: item.host, lab: item.lab.name, endpoint: item.link.src };
}

/** The lab that an item of the explorer stands for, with the nodes among those that are selected. */
export async function targetOfItem(workshop: Workshop, item: LabItem, selected: unknown): Promise<LabTarget> {
  const items = (Array.isArray(selected) ? selected : []).filter(isLabItem);
  const { host, lab } = item;
  const nodes = nodesOf(item, items);
  const uri = manifestUri(lab);
  if (uri === undefined || !(await exists(uri))) return { host, lab: lab.name, nodes, manifest: undefined };
  const resolved = await resolve(workshop, uri);
  // The file may have become another lab since.
  const manifest = resolved.name === lab.name ? { uri, lab: resolved } : undefined;
  return { host, lab: lab.name, nodes, manifest };
}

/**
 * The lab that a manifest describes.
 *
 * @param about the name of a node, or several in a list; anything else: the lab as a whole
 * @throws LabError when its host cannot be reached
 */
export async function targetOfManifest(workshop: Workshop, uri: vscode.Uri, about: unknown): Promise<LabTarget> {
  const lab = await resolve(workshop, uri);
  const host = await workshop.hosts.of(uri, lab.host.uri);
  await workshop.labs.follow(uri.toString(), host, lab.name);
  return { host, lab: lab.name, nodes: namesIn(about), manifest: { uri, lab } };
}

function namesIn(about: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(about) ? about : [about];
  return list.filter((name) => typeof name === "string");
}

async function resolve({ engine }: Workshop, uri: vscode.Uri): Promise<ResolvedLab> {
  const { readManifest } = await engine();
  const document = await vscode.workspace.openTextDocument(uri);
  return (await readManifest(uri.fsPath, document.getText(), modelFolders())).lab;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return false;
    throw error;
  }
}
