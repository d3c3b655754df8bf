import { answer, type Feature } from "../context.js";
import { describeDiagram, DiagramRequest, type Diagram } from "../protocol.js";

/** The picture of a manifest, for the preview. */
export const diagram: Feature = {
  capabilities: () => ({ experimental: { labscapeDiagram: true } }),
  register(context) {
    context.connection.onRequest(
      DiagramRequest,
      answer<{ textDocument: { uri: string } }, Diagram | null>(context, "Diagram", null, describeDiagram),
    );
  },
};
