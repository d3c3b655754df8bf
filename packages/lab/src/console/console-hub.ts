import type { Duplex } from "node:stream";
import {
  ConsoleFlag,
  ErrorCode,
  LibvirtError,
  LifecycleEvent,
  type Connection,
  type Domain,
  type Subscription,
} from "node-libvirt";
import { LabError } from "../errors.js";
import { readLogTail, serialConsoles, type SerialConsole } from "./console-log.js";
import { ConsoleViewer, type ConsoleState, type ViewedConsole, type ViewerOptions } from "./console-viewer.js";
import { History, HISTORY_SIZE, missedOutput } from "./history.js";

export interface AttachOptions extends ViewerOptions {
  /** Takes the console from another program that has it. */
  readonly takeOver?: boolean;
}

/** libvirt's id of a domain that is off. */
const OFF = -1;

/**
 * One serial console of a domain, for any number of viewers: libvirt gives its stream to one client only. The stream is open
 * while there are viewers, and is opened again when the domain starts again. What was said before it was opened comes from
 * the domain's log file, so that viewers miss nothing since power-on.
 */
export class ConsoleHub {
  readonly #connection: Connection;
  readonly #uuid: string;
  readonly #index: number;
  readonly #viewers = new Set<ConsoleViewer>();
  /** What this run of the domain said. */
  readonly #history = new History();
  #run = OFF;
  #state: ConsoleState = "stopped";
  #stream: Duplex | undefined;
  #lifecycle: Subscription | undefined;
  /** All that opens or closes the stream, one after the other. */
  #queue: Promise<void> = Promise.resolve();

  readonly #viewed: ViewedConsole = {
    history: () => this.#history.bytes(),
    type: (data, done) => this.#type(data, done),
    takeOver: () => this.#enqueue(() => this.#open(true)),
    leave: (viewer) => this.#leave(viewer),
  };

  /** @param index of the domain's serial ports, from 0. */
  constructor(connection: Connection, uuid: string, index = 0) {
    this.#connection = connection;
    this.#uuid = uuid;
    this.#index = index;
  }

  /**
   * Adds a viewer, which begins with the last 256 KiB since power-on. A domain that is off can be viewed too: its console
   * comes with its start. When the connection ends, viewers are destroyed with LabError `connection-lost`.
   *
   * @throws LabError `console-busy` when another program has the console and `takeOver` is not set; `no-console` for a
   *   domain without such a serial port. Other errors of libvirt are thrown as they are.
   */
  async attach(options: AttachOptions = {}): Promise<ConsoleViewer> {
    const viewer = new ConsoleViewer(this.#viewed, options);
    this.#viewers.add(viewer);
    try {
      await this.#enqueue(() => this.#open(options.takeOver ?? false));
    } catch (error) {
      viewer.destroy();
      throw error;
    }
    viewer.begin(this.#state, this.#history.bytes());
    return viewer;
  }

  async #open(takeOver: boolean): Promise<void> {
    if (this.#viewers.size === 0) return;
    const domain = await this.#connection.domainLookupByUuid(this.#uuid);
    // Before the domain's state is looked at, so that no start is missed.
    this.#lifecycle ??= await this.#connection.subscribe(
      "domain-lifecycle",
      ({ event }) => this.#onLifecycle(event),
      domain,
    );
    const { id } = await this.#connection.domainLookupByUuid(this.#uuid);
    if (id !== this.#run) {
      this.#closeStream();
      this.#history.clear();
      this.#run = id;
    }
    if (id === OFF) {
      this.#changeState("stopped");
      return;
    }
    if (this.#stream !== undefined) return;
    const console = (await serialConsoles(domain))[this.#index];
    if (console === undefined) {
      throw new LabError(
        "no-console",
        `${domain.name} has no serial console${this.#index === 0 ? "" : ` number ${this.#index}`}`,
        "Look at its screen instead: virt-viewer, or virsh screenshot.",
      );
    }
    await this.#openStream(domain, console, takeOver);
  }

  async #openStream(domain: Domain, console: SerialConsole, takeOver: boolean): Promise<void> {
    let stream: Duplex;
    try {
      stream = await domain.openConsole(console.alias, takeOver ? ConsoleFlag.FORCE : 0);
    } catch (error) {
      // The domain has ended meanwhile.
      if (hasCode(error, ErrorCode.OPERATION_INVALID)) {
        this.#changeState("stopped");
        return;
      }
      if (hasCode(error, ErrorCode.OPERATION_FAILED)) throw busy(domain, error);
      throw error;
    }
    const early: Buffer[] = [];
    let isLive = false;
    stream.on("data", (chunk: Buffer) => {
      if (isLive) this.#show(chunk);
      else early.push(chunk);
    });
    let failure: Error | undefined;
    stream.on("error", (error) => (failure = error));
    stream.on("close", () => {
      if (this.#stream === stream) this.#onStreamEnd(failure);
    });
    this.#stream = stream;
    let log: Buffer;
    try {
      log =
        console.log === undefined ? Buffer.alloc(0) : await readLogTail(this.#connection, console.log, HISTORY_SIZE);
    } catch (error) {
      if (this.#stream === stream) this.#closeStream();
      throw error;
    }
    this.#show(missedOutput(log, this.#history.bytes(), Buffer.concat(early)));
    isLive = true;
    if (this.#stream === stream) this.#changeState("attached");
  }

  #show(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#history.add(chunk);
    for (const viewer of this.#viewers) viewer.show(chunk);
  }

  #type(data: Buffer, done: () => void): void {
    // Why a write fails is told by the stream's end.
    if (this.#stream === undefined) done();
    else this.#stream.write(data, () => done());
  }

  #onStreamEnd(failure: Error | undefined): void {
    this.#stream = undefined;
    if (failure === undefined) this.#changeState("stopped");
    // That is how libvirt ends the stream of who loses the console.
    else if (hasCode(failure, ErrorCode.RPC)) this.#changeState("taken-over");
    else this.#fail(failure);
  }

  #onLifecycle(event: number): void {
    if (event === LifecycleEvent.STOPPED && this.#stream === undefined) this.#changeState("stopped");
    if (event !== LifecycleEvent.STARTED) return;
    this.#enqueue(() => this.#open(false)).catch((error: unknown) => {
      if (error instanceof LabError && error.code === "console-busy") this.#changeState("taken-over");
      else this.#fail(error);
    });
  }

  #changeState(state: ConsoleState): void {
    this.#state = state;
    for (const viewer of this.#viewers) viewer.changeState(state);
  }

  #fail(cause: unknown): void {
    const why = cause instanceof Error ? cause.message : String(cause);
    for (const viewer of this.#viewers) {
      viewer.destroy(new LabError("connection-lost", `the console was lost: ${why}`, "Open it again.", { cause }));
    }
  }

  #leave(viewer: ConsoleViewer): void {
    if (!this.#viewers.delete(viewer) || this.#viewers.size > 0) return;
    this.#enqueue(async () => {
      if (this.#viewers.size > 0) return;
      this.#closeStream();
      this.#history.clear();
      const subscription = this.#lifecycle;
      this.#lifecycle = undefined;
      await subscription?.unsubscribe();
    }).catch(() => undefined); // Unsubscribing fails where the connection has ended, and all subscriptions with it.
  }

  #closeStream(): void {
    const stream = this.#stream;
    this.#stream = undefined;
    stream?.destroy();
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

function busy(domain: Domain, cause: unknown): LabError {
  return new LabError(
    "console-busy",
    `another program has the console of ${domain.name} open`,
    "Close it there, or take the console over.",
    { cause },
  );
}

function hasCode(error: unknown, code: number): error is LibvirtError {
  return error instanceof LibvirtError && error.code === code;
}
