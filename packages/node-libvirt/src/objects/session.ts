import type { Duplex, Readable, Writable } from "node:stream";
import type { Fields, Struct } from "../protocol/codec.js";
import { procedures, type Procedure } from "../protocol/procedures.js";
import type { RpcClient } from "../rpc/client.js";
import type { CallOptions } from "../rpc/pending.js";
import type { StreamSink, StreamWire } from "../rpc/wire.js";

export type { CallOptions };

type Procedures = typeof procedures;
export type ProcedureName = keyof Procedures;
export type Args<N extends ProcedureName> = Procedures[N] extends Procedure<infer A, Fields> ? Struct<A> : never;
export type Results<N extends ProcedureName> = Procedures[N] extends Procedure<Fields, infer R> ? Struct<R> : never;

/** Calls by name: what the object classes stand on. It outlives the connection, which can be replaced. */
export class Session {
  #rpc: RpcClient;

  constructor(rpc: RpcClient) {
    this.#rpc = rpc;
  }

  /** Makes the calls over another connection from now on. */
  attach(rpc: RpcClient): void {
    this.#rpc = rpc;
  }

  /** Whether the connection is there. */
  get open(): boolean {
    return this.#rpc.open;
  }

  call<N extends ProcedureName>(name: N, args: Args<N>, options?: CallOptions): Promise<Results<N>> {
    // The table pairs each name with its own arguments and results; TypeScript cannot carry that pairing through the index.
    const procedure: unknown = procedures[name];
    return this.#rpc.call(name, procedure as Procedure<Fields, Fields>, args, options) as Promise<Results<N>>;
  }

  async openStream<N extends ProcedureName, S extends StreamSink & (Duplex | Readable | Writable)>(
    name: N,
    args: Args<N>,
    make: (wire: StreamWire) => S,
    options?: CallOptions,
  ): Promise<{ readonly sink: S; readonly results: Results<N> }> {
    const procedure: unknown = procedures[name];
    const opened = await this.#rpc.openStream(name, procedure as Procedure<Fields, Fields>, args, make, options);
    return { sink: opened.sink, results: opened.results as Results<N> };
  }
}
