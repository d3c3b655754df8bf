import type { LabStatus, LabTraffic, Meter, PortRates } from "@labscape/lab";
import type { LinkTraffic } from "./link-badges.js";

/** Milliseconds from one reading to the next. */
const INTERVAL = 1000;
/** A reading is followed by a rest of so many times its length at least: on a host of very many NICs it takes long. */
const REST = 4;

/** A lab that somebody looks at. */
export interface WatchedLab {
  readonly lab: LabStatus;
  /** Identifies the lab's host, and makes what reads its counters. */
  readonly host: object;
  readonly meter: () => Meter | undefined;
}

export interface TrafficSetting {
  /** The labs that somebody looks at now. */
  readonly watched: () => readonly WatchedLab[];
  readonly inWords: () => Promise<(rates: PortRates) => LinkTraffic>;
  /** What passes has been measured, or is not measured any more. */
  readonly changed: () => void;
  readonly failed: (error: unknown) => void;
}

type Links = ReadonlyMap<string, LinkTraffic>;

/** While it is measured. */
interface Running {
  /** Of the rest between two readings. */
  timer: NodeJS.Timeout | undefined;
}

/** What passes the cables of the labs that somebody looks at, measured once a second; of others nothing is read. */
export class Traffic {
  readonly #setting: TrafficSetting;
  #meters = new Map<object, Meter>();
  /** By host, then by owner and name of the lab. */
  #found = new Map<object, ReadonlyMap<string, Links>>();
  #running: Running | undefined;

  constructor(setting: TrafficSetting) {
    this.#setting = setting;
  }

  /** What somebody looks at, or what runs, may have changed. */
  update(): void {
    if (this.#running === undefined && this.#counted().length > 0) {
      const running: Running = { timer: undefined };
      this.#running = running;
      void this.#measure(running);
    }
  }

  /** By the `src` of the lab's links. */
  of(host: object, { owner, name }: Pick<LabStatus, "owner" | "name">): Links {
    return this.#found.get(host)?.get(keyOf({ owner, name })) ?? new Map<string, LinkTraffic>();
  }

  dispose(): void {
    clearTimeout(this.#running?.timer);
    this.#running = undefined;
  }

  async #measure(running: Running): Promise<void> {
    const start = performance.now();
    const counted = this.#counted();
    try {
      await this.#read(counted);
    } catch (error) {
      // The host is not read for the moment: the connection may have ended.
      this.#found = new Map();
      this.#setting.failed(error);
    }
    if (this.#running !== running) return;
    this.#setting.changed();
    if (counted.length === 0) {
      this.#running = undefined;
      return;
    }
    const took = performance.now() - start;
    running.timer = setTimeout(() => void this.#measure(running), Math.max(INTERVAL - took, REST * took));
  }

  async #read(counted: readonly WatchedLab[]): Promise<void> {
    const inWords = await this.#setting.inWords();
    const meters = new Map<object, Meter>();
    const found = new Map<object, ReadonlyMap<string, Links>>();
    await Promise.all(
      [...new Map(counted.map((watched) => [watched.host, watched]))].map(async ([host, watched]) => {
        const meter = this.#meters.get(host) ?? watched.meter();
        if (meter === undefined) return;
        meters.set(host, meter);
        const labs = counted.filter((one) => one.host === host).map(({ lab }) => lab);
        found.set(host, byLab(await meter.read(labs), inWords));
      }),
    );
    // Meters of hosts that nobody looks at are forgotten: what passed meanwhile is not of now.
    this.#meters = meters;
    this.#found = found;
  }

  /** Those of which there is something to count. */
  #counted(): readonly WatchedLab[] {
    return this.#setting
      .watched()
      .filter(({ lab }) => lab.links.some(({ type }) => type !== "udp") && lab.nodes.some(isRunning));
  }
}

function isRunning({ state }: LabStatus["nodes"][number]): boolean {
  return state === "running";
}

function keyOf({ owner, name }: Pick<LabStatus, "owner" | "name">): string {
  return JSON.stringify([owner, name]);
}

function byLab(traffic: readonly LabTraffic[], inWords: (rates: PortRates) => LinkTraffic): ReadonlyMap<string, Links> {
  return new Map(
    traffic.map((lab) => [keyOf(lab), new Map([...lab.links].map(([end, rates]) => [end, inWords(rates)]))]),
  );
}
