import type { Analysis } from "@labscape/topology";
import { answer, type Feature, type ServerContext } from "../context.js";
import {
  DescribeRequest,
  type DescribeParams,
  type LabDescription,
  type LabFinding,
  type LabOutline,
} from "../lab-protocol.js";
import type { View } from "../workspace/view.js";

/** A lab in short with its findings, for whoever reads text rather than pictures. */
export const describe: Feature = {
  capabilities: () => ({ experimental: { labscapeDescribe: true } }),
  register(context) {
    context.connection.onRequest(
      DescribeRequest,
      answer<DescribeParams, LabDescription | null>(context, "Description", null, (view) => describeLab(context, view)),
    );
  },
};

function describeLab({ settings }: ServerContext, { lab: whole, workspace }: View): LabDescription {
  const { lab, findings } = whole.analysis;
  return {
    lab: outline(lab),
    findings: findings.flatMap(({ file, range, severity: own, code, message }): readonly LabFinding[] => {
      const severity = settings.current.severities.get(code) ?? own;
      const place = workspace.place(file, range, whole);
      if (severity === "off" || place === undefined) return [];
      const { line, character } = place.range.start;
      return [{ uri: place.uri, line: line + 1, column: character + 1, severity, code, message }];
    }),
  };
}

function outline({ name, nodes, links, bridges }: Analysis["lab"]): LabOutline {
  return {
    name,
    nodes: nodes.map(({ name, model, groups }) => ({ name, model: model.name, title: model.title, groups })),
    links: links.map(({ src, dst, state }) => ({ from: endpoint(src), to: endpoint(dst), state })),
    bridges: bridges.map(({ name, endpoints }) => ({ name, ports: endpoints.map(endpoint) })),
  };
}

function endpoint({ node, portName }: { readonly node: string; readonly portName: string }): string {
  return `${node}::${portName}`;
}
