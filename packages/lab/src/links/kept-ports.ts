import { portNames } from "@labscape/devices";
import type { LabNode, LabPort, ResolvedLab } from "@labscape/topology";
import { wireDeviceName, type LabIdentity } from "../identity/index.js";
import { endpointText } from "./wiring.js";

/**
 * The lab with the ports that its nodes got for wires and need no longer: a NIC less would restart them. Nodes whose number
 * of ports is in the manifest get that number.
 * @param taps names of the taps that the lab's domains have.
 */
export function keepPorts(lab: ResolvedLab, identity: LabIdentity, taps: ReadonlySet<string>): ResolvedLab {
  if (taps.size === 0) return lab;
  return { ...lab, nodes: lab.nodes.map((node) => ({ ...node, ports: [...node.ports, ...further(node)] })) };

  function further({ name: node, model, ports, dataInterfaceCount }: LabNode): readonly LabPort[] {
    if (dataInterfaceCount !== undefined) return [];
    const names = portNames(model);
    const last = names.findLastIndex((portName) =>
      taps.has(wireDeviceName(identity, endpointText({ node, portName }))),
    );
    return names.map((name, index) => ({ index, name })).slice(ports.length, last + 1);
  }
}
