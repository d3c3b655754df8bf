import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { Connection, PoolCreateFlag, VolumeTransferFlag, type StoragePool, type StorageVolume } from "node-libvirt";
import { canRunHypervisor } from "../hypervisor.js";
import { useHypervisor } from "../use-hypervisor.js";

const reason = await canRunHypervisor();
const MIB = 1024 * 1024;
const SIZE = 1024 * MIB;

describe.skipIf(reason !== undefined)(`a volume of 1 GiB${reason === undefined ? "" : ` (${reason})`}`, () => {
  let connection: Connection;
  let pool: StoragePool;

  useHypervisor((started) => ({ connection } = started));
  beforeAll(async () => {
    pool = await connection.storagePoolDefineXml(
      "<pool type='dir'><name>round</name><target><path>/var/lib/libvirt/round</path></target></pool>",
    );
    await pool.create(PoolCreateFlag.WITH_BUILD);
  });

  const create = (name: string): Promise<StorageVolume> =>
    pool.volCreateXml(
      `<volume><name>${name}</name><capacity>${SIZE}</capacity><allocation>0</allocation><target><format type='raw'/></target></volume>`,
    );

  it("comes back as it was sent, while other calls go on", async () => {
    const volume = await create("full");
    const sent = createHash("sha256");
    const upload = pipeline(
      pieces(() => true, sent),
      await volume.upload(),
    );
    expect(await connection.listAllDomains()).toEqual([]);
    await upload;
    expect(await volume.getInfo()).toMatchObject({ capacity: BigInt(SIZE) });
    const received = createHash("sha256");
    await pipeline(await volume.download(), received);
    expect(received.digest("hex")).toBe(sent.digest("hex"));
    await volume.delete();
  });

  it("keeps its holes, which are not sent", async () => {
    const volume = await create("sparse");
    const sent = createHash("sha256");
    const { SPARSE_STREAM } = VolumeTransferFlag;
    await pipeline(
      pieces((mib) => mib % 100 === 7, sent),
      await volume.upload(0n, 0n, SPARSE_STREAM),
    );
    const { allocation } = await volume.getInfo();
    expect(allocation).toBeLessThan(20n * BigInt(MIB));
    const received = createHash("sha256");
    let bytes = 0;
    const download = await volume.download(0n, 0n, SPARSE_STREAM);
    download.on("data", (chunk: Buffer) => (bytes += chunk.length));
    await pipeline(download, received);
    expect(bytes).toBe(SIZE);
    expect(received.digest("hex")).toBe(sent.digest("hex"));
  });

  it("gives a part of itself", async () => {
    const volume = await connection.storageVolLookupByPath("/var/lib/libvirt/round/sparse");
    const parts: Buffer[] = [];
    for await (const chunk of await volume.download(BigInt(7 * MIB - 5), 10n)) parts.push(chunk as Buffer);
    const part = Buffer.concat(parts);
    expect(part).toHaveLength(10);
    expect(part.subarray(0, 5)).toEqual(Buffer.alloc(5));
    expect(part.subarray(5)).not.toEqual(Buffer.alloc(5));
  });
});

/** 1 GiB in pieces of 1 MiB, each different from the others where `filled` says so, else zeros; `digest` gets all of it. */
function pieces(filled: (mib: number) => boolean, digest: ReturnType<typeof createHash>): Readable {
  const noise = randomBytes(MIB);
  const zeros = Buffer.alloc(MIB);
  let mib = 0;
  return new Readable({
    highWaterMark: MIB,
    read() {
      if (mib * MIB === SIZE) return void this.push(null);
      const piece = filled(mib) ? Buffer.from(noise) : zeros;
      if (piece !== zeros) piece.writeUInt32BE(mib + 1, 0);
      mib += 1;
      digest.update(piece);
      this.push(piece);
    },
  });
}
