import { Affect, type Connection, ErrorCode, isNotFound, LibvirtError, MetadataType } from "node-libvirt";
import { STATE_NAMESPACE } from "../identity/index.js";
import { toXml } from "../xml.js";
import type { SurveyedDomain } from "./survey.js";

/** Records in the running domain that its node became ready. It is forgotten when the domain stops. */
export async function markReady(connection: Connection, uuid: string): Promise<void> {
  const domain = await connection.domainLookupByUuid(uuid);
  const element = toXml("node", { "@ready": new Date().toISOString() });
  await domain.setMetadata(MetadataType.ELEMENT, element, "labscape-state", STATE_NAMESPACE, Affect.LIVE);
}

/** UUIDs of those of these running domains that are recorded as ready. One round trip. */
export async function readyDomains(
  domains: readonly Pick<SurveyedDomain, "handle" | "uuid">[],
): Promise<ReadonlySet<string>> {
  const marks = await Promise.all(
    domains.map(async ({ handle, uuid }) => {
      try {
        await handle.getMetadata(MetadataType.ELEMENT, STATE_NAMESPACE, Affect.LIVE);
        return [uuid];
      } catch (error) {
        // No record, or the domain stopped or went away meanwhile: not ready either way.
        if (isNotFound(error) || (error instanceof LibvirtError && error.code === ErrorCode.OPERATION_INVALID))
          return [];
        throw error;
      }
    }),
  );
  return new Set(marks.flat());
}
