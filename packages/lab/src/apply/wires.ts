import { Affect, MetadataType, type Connection } from "node-libvirt";
import { LabError } from "../errors.js";
import { askHooks } from "../hooks/index.js";
import { RESOURCE_NAMESPACE } from "../identity/index.js";
import type { Operation } from "../plan/index.js";
import { findDomain } from "./domains.js";

/**
 * Plugs wires over between domains that run. Their links are down meanwhile, as when a person does it; what updates the
 * domains afterwards brings them up. Domains that have stopped are left out: theirs are joined when they start.
 *
 * @throws LabError `wires-not-joined`.
 */
export async function replugWires(
  connection: Connection,
  { domains, taps }: Extract<Operation, { readonly kind: "replug-wires" }>,
): Promise<void> {
  const found = await Promise.all(
    domains.map(async (part) => {
      const domain = await findDomain(connection, part.uuid);
      return domain !== undefined && (await domain.isActive()) ? [{ ...part, domain }] : [];
    }),
  );
  const running = found.flat();
  const record = (affect: number, text: (part: (typeof running)[number]) => string): Promise<unknown> =>
    Promise.all(
      running.map(async (part) =>
        part.domain.setMetadata(MetadataType.ELEMENT, text(part), "labscape", RESOURCE_NAMESPACE, affect),
      ),
    );
  // All of them before anything is unplugged: whatever happens from here on, the next plan does it again.
  await record(Affect.CONFIG, ({ pending }) => pending);
  await Promise.all(
    running.flatMap(({ domain, unplugged }) => unplugged.map((nic) => domain.updateDevice(nic, Affect.LIVE))),
  );
  await record(Affect.LIVE, ({ resource }) => resource);
  const answer = await askHooks(connection, taps);
  if (answer?.failed.length === 0) return;
  throw new LabError(
    "wires-not-joined",
    answer === undefined
      ? "Labscape's hook on the hypervisor, which plugs wires over, does not answer any more"
      : `the hypervisor's kernel or its \`tc\` cannot join the taps ${answer.failed.join(", ")}`,
    answer === undefined
      ? "Run there: sudo labscape init. Then run this command again."
      : 'Use type = "udp" for these links, which passes every frame too.',
  );
}
