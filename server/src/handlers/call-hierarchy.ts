import {
  incomingLinks,
  outgoingLinks,
  prepareCallHierarchy,
  type HierarchyItem,
  type Location as LabLocation,
} from "@labscape/topology";
import {
  SymbolKind,
  type CallHierarchyIncomingCall,
  type CallHierarchyIncomingCallsParams,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type CallHierarchyOutgoingCallsParams,
  type CallHierarchyPrepareParams,
  type Range,
} from "vscode-languageserver";
import { answer, guard, type Feature, type ServerContext } from "../context.js";
import { canonicalUri } from "../uri.js";
import type { Lab } from "../workspace/lab.js";
import type { Workspace } from "../workspace/workspace.js";

const KINDS = { node: SymbolKind.Class, bridge: SymbolKind.Module } as const;

/** The links into a node and out of it, as calls: a walk along the cables of a lab. */
export const callHierarchy: Feature = {
  capabilities: () => ({ callHierarchyProvider: true }),
  register(context) {
    const { connection, workspace } = context;
    connection.languages.callHierarchy.onPrepare(
      answer<CallHierarchyPrepareParams, CallHierarchyItem[] | null>(
        context,
        "Call hierarchy",
        null,
        (view, params) => {
          const items = prepareCallHierarchy(view.analysis, view.offsetAt(params.position));
          return items.flatMap((item) => toItem(workspace, view.lab, item) ?? []);
        },
      ),
    );
    connection.languages.callHierarchy.onIncomingCalls(
      guard<CallHierarchyIncomingCallsParams, CallHierarchyIncomingCall[]>(
        context,
        "Incoming links",
        [],
        async (params) => {
          const asked = await find(context, params.item);
          if (asked === undefined) return [];
          return incomingLinks(asked.lab.analysis, asked).flatMap(({ item, at }) => {
            const from = toItem(workspace, asked.lab, item);
            return from === undefined ? [] : [{ from, fromRanges: rangesIn(workspace, asked.lab, item.at.file, at) }];
          });
        },
      ),
    );
    connection.languages.callHierarchy.onOutgoingCalls(
      guard<CallHierarchyOutgoingCallsParams, CallHierarchyOutgoingCall[]>(
        context,
        "Outgoing links",
        [],
        async (params) => {
          const asked = await find(context, params.item);
          if (asked === undefined) return [];
          const file = canonicalUri(params.item.uri);
          return outgoingLinks(asked.lab.analysis, asked).flatMap(({ item, at }) => {
            const to = toItem(workspace, asked.lab, item);
            return to === undefined ? [] : [{ to, fromRanges: rangesIn(workspace, asked.lab, file, at) }];
          });
        },
      ),
    );
  },
};

/** What an item carries to be found again: the lab's manifest. */
interface ItemData {
  readonly lab: string;
  readonly kind: HierarchyItem["kind"];
}

function toItem(workspace: Workspace, lab: Lab, item: HierarchyItem): CallHierarchyItem | undefined {
  const whole = workspace.place(item.at.file, item.at.range, lab);
  const name = workspace.place(item.nameAt.file, item.nameAt.range, lab);
  if (whole === undefined || name === undefined) return undefined;
  const data: ItemData = { lab: lab.document.file, kind: item.kind };
  return {
    name: item.name,
    kind: KINDS[item.kind],
    detail: item.detail,
    uri: whole.uri,
    range: whole.range,
    selectionRange: name.range,
    data,
  };
}

/** The lab as it is now, and which node or bridge of it was asked about; undefined when the lab is gone. */
async function find(
  { workspace }: ServerContext,
  { name, data }: CallHierarchyItem,
): Promise<{ readonly lab: Lab; readonly kind: HierarchyItem["kind"]; readonly name: string } | undefined> {
  const known: unknown = data;
  if (typeof known !== "object" || known === null || !("lab" in known) || !("kind" in known)) return undefined;
  const { lab: file, kind } = known;
  if (typeof file !== "string" || (kind !== "node" && kind !== "bridge")) return undefined;
  const document = await workspace.load(file);
  return document === null ? undefined : { lab: await workspace.lab(document), kind, name };
}

/** The protocol wants these ranges within one file; a link written elsewhere has none there. */
function rangesIn(workspace: Workspace, lab: Lab, file: string, places: readonly LabLocation[]): Range[] {
  return places.flatMap((at) => (at.file === file ? (workspace.place(at.file, at.range, lab)?.range ?? []) : []));
}
