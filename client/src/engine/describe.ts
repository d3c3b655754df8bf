import { LineIndex, type Analysis } from "@labscape/topology";

/** A lab in short, as plain data. */
export function describeLab({ lab }: Analysis): object {
  return {
    name: lab.name,
    nodes: lab.nodes.map(({ name, model, groups }) => ({ name, model: model.name, title: model.title, groups })),
    links: lab.links.map(({ src, dst, state }) => ({
      from: `${src.node}::${src.portName}`,
      to: `${dst.node}::${dst.portName}`,
      state,
    })),
    bridges: lab.bridges.map(({ name, endpoints }) => ({
      name,
      ports: endpoints.map(({ node, portName }) => `${node}::${portName}`),
    })),
  };
}

/** The findings of a manifest with their places; lines and columns count from 1. */
export function describeFindings({ findings, sources }: Analysis): readonly object[] {
  const lines = new Map(sources.map(({ file, text }) => [file, new LineIndex(text)]));
  return findings.map(({ file, range, severity, code, message }) => {
    const start = lines.get(file)?.positionAt(range.start);
    return { file, line: (start?.line ?? 0) + 1, column: (start?.character ?? 0) + 1, severity, code, message };
  });
}
