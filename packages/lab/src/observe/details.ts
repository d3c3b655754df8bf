import type { Connection } from "node-libvirt";
import { LabError } from "../errors.js";
import type { LabIdentity } from "../identity/index.js";
import type { LabDetails, NetworkStatus } from "../status.js";
import { observeLab, type ObservedNetwork } from "./lab.js";
import { readStatus } from "./status.js";
import { surveyHost } from "./survey.js";

/** @throws LabError `lab-not-deployed`. */
export async function readDetails(
  connection: Connection,
  uri: string,
  identity: LabIdentity,
  secrets: boolean,
): Promise<LabDetails> {
  const { owner, lab } = identity;
  const [labs, observed] = await Promise.all([
    readStatus(connection, uri, lab),
    surveyHost(connection).then((survey) => observeLab(connection, survey, identity)),
  ]);
  const status = labs.find((one) => one.owner === owner) ?? {
    name: lab,
    owner,
    uri,
    manifest: "",
    nodes: [],
    links: [],
  };
  const { pool, networks, secret } = observed;
  if (status.nodes.length === 0 && pool === undefined && networks.length === 0) {
    throw new LabError("lab-not-deployed", `nothing of the lab ${lab} is on this host`, "Deploy it: labscape up");
  }
  return {
    ...status,
    ...(pool === undefined ? {} : { pool: { name: pool.name, path: pool.path, active: pool.active } }),
    networks: networks.map(networkStatus),
    ...(secrets && secret !== undefined ? { password: secret.password } : {}),
  };
}

function networkStatus({ name, active, metadata }: ObservedNetwork): NetworkStatus {
  const role = metadata.role === "bridge" || metadata.role === "link" ? metadata.role : "management";
  return { name, role, subnet: metadata.address, active };
}
