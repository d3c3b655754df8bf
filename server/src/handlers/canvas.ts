import { canvasModel, freePorts, type CanvasModel, type Location } from "@labscape/topology";
import { answer, type Feature } from "../context.js";
import {
  CanvasRequest,
  PaletteRequest,
  PortsRequest,
  type Canvas,
  type CanvasParams,
  type CanvasPlace,
  type PaletteModel,
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
      answer<CanvasParams, readonly PaletteModel[]>(context, "Palette", [], (view) => describePalette(view)),
    );
  },
};

function describeCanvas({ analysis, document, lab, workspace }: View): Canvas {
  const model = canvasModel(analysis);
  const place = ({ file, range }: Location): CanvasPlace =>
    workspace.place(file, range, lab) ?? { uri: document.uri, range: document.range({ start: 0, end: 0 }) };
  return { ...placed(model, place), version: document.version ?? 0 };
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

function describePalette({ analysis: { catalogue } }: View): readonly PaletteModel[] {
  return catalogue.models.map(({ name, title, vendor, role, description, hardware: { memory, cpuCount } }) => {
    return { name, title, vendor, role, description, memory, cpuCount };
  });
}
