import type { Duplex, Readable, Writable } from "node:stream";
import type { Fields, Struct } from "../protocol/codec.js";
import { procedures, type Procedure } from "../protocol/procedures.js";
import type { CallOptions, RpcClient, StreamSink, StreamWire } from "../rpc/client.js";

export type { CallOptions };

type Procedures = typeof procedures;
export type ProcedureName = keyof Procedures;
export type Args<N extends ProcedureName> = Procedures[N] extends Procedure<infer A, Fields> ? Struct<A> : never;
export type Results<N extends ProcedureName> = Procedures[N] extends Procedure<Fields, infer R> ? Struct<R> : never;

/** Calls by name: what the object classes stand on. */
export class Session {
  readonly #rpc: RpcClient;

  constructor(rpc: RpcClient) {
    this.#rpc = rpc;
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
  ): Promise<S> {
    const procedure: unknown = procedures[name];
    const { sink } = await this.#rpc.openStream(name, procedure as Procedure<Fields, Fields>, args, make, options);
    return sink;
  }
}
