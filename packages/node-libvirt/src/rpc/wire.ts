/** What takes the packets of a stream; see `stream.ts`. */
export interface StreamSink {
  /** Name of the procedure that opened it. */
  readonly procedure: string;
  data(payload: Buffer): void;
  /** So many zero bytes, which were not sent; only where holes were asked for. */
  hole(length: bigint): void;
  /** The peer confirmed the end. */
  finished(): void;
  failed(error: Error): void;
}

/** What a stream may do with the wire. */
export interface StreamWire {
  data(payload: Buffer, done: (error?: Error | null) => void): void;
  /** So many zero bytes, which need not be sent; only where the stream was opened for that. */
  hole(length: bigint, done: (error?: Error | null) => void): void;
  /** Says that nothing more comes; the peer confirms. */
  finish(): void;
  /** Ends the stream without waiting. */
  abort(): void;
  /** No more packets of this stream are wanted. */
  forget(): void;
  /** Stops reading from the peer altogether: libvirt has no flow control for a single stream. */
  pause(): void;
  resume(): void;
}
