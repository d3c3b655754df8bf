import type { Catalogue } from "@labscape/devices";
import { readModelFiles } from "@labscape/topology";

/** A device of two tiny guests: `ctl` has management and first boot and sees all data ports, `fwd` carries them. */
export const twinModel = `name = "twin"
extends = "tiny_linux"
title = "Twin"

[ports]
default_count = 2
max_count = 4

[[members]]
name = "ctl"
nics = ["management", "internal:fabric", "mirror"]

[[members]]
name = "fwd"
hardware = { memory = 104 }
image = "fwd.qcow2"
nics = ["internal:fabric", "data"]
`;

export function twinCatalogue(): Catalogue {
  const { catalogue, files } = readModelFiles([[{ file: "/models/twin.toml", text: twinModel }]]);
  const found = [...files.values()].flatMap(({ findings }) => findings);
  if (found.length > 0) throw new Error(found.map(({ message }) => message).join("\n"));
  return catalogue;
}
