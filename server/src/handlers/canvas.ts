import type { Catalogue } from "@labscape/devices";
import {
  canvasModel,
  freePorts,
  paletteOf,
  type CanvasModel,
  type Location,
  type PaletteModel,
} from "@labscape/topology";
import { answer, type Feature } from "../context.js";
import {
  CanvasRequest,
  PaletteRequest,
  PortsRequest,
  type Canvas,
  type CanvasParams,
  type CanvasPlace,
  type PortsParams,
} from "../canvas-protocol.js";
import type { View } from "../workspace/view.js";

/** What a canvas shows and offers: the lab's picture, free ports, device models. */
export const canvas: Feature = {
  capabilities: () => ({ experimental: { labscapeCanvas: true } }),
  register(context) {
    const { connection } = context;
    connection.onRequest(
      CanvasRequest,
      answer<CanvasParams, Canvas | null>(context, "Canvas", null, (view) => describeCanvas(view)),
    );
    connection.onRequest(
      PortsRequest,
      answer<PortsParams, ReturnType<typeof freePorts>>(context, "Ports", [], (view, { node }) =>
        freePorts(view.analysis, node),
      ),
    );
    connection.onRequest(
      PaletteRequest,
      answer<CanvasParams, readonly PaletteModel[]>(context, "Palette", [], ({ analysis }) =>
        paletteOf(analysis.catalogue),
      ),
    );
  },
};

function describeCanvas({ analysis, document, lab, workspace }: View): Canvas {
  const model = canvasModel(analysis);
  const place = ({ file, range }: Location): CanvasPlace =>
    workspace.place(file, range, lab) ?? { uri: document.uri, range: document.range({ start: 0, end: 0 }) };
  return { ...placed(model, place), version: document.version ?? 0, catalogue: numberOf(analysis.catalogue) };
}

/** The same picture with its places as the protocol has them. */
function placed(model: CanvasModel, place: (at: Location) => CanvasPlace): CanvasModel<CanvasPlace> {
  const moved = <Item extends { readonly at: Location }>(item: Item) => ({ ...item, at: place(item.at) });
  return {
    ...model,
    nodes: model.nodes.map(moved),
    bridges: model.bridges.map(moved),
    links: model.links.map(moved),
    notes: model.notes.map(moved),
    groups: model.groups.map(({ name, at }) => (at === undefined ? { name } : { name, at: place(at) })),
  };
}

const numbers = new WeakMap<Catalogue, number>();
let catalogues = 0;

/** Tells catalogues apart for those who have only their numbers: models that are read anew make another catalogue. */
function numberOf(catalogue: Catalogue): number {
  const number = numbers.get(catalogue) ?? ++catalogues;
  numbers.set(catalogue, number);
  return number;
}
