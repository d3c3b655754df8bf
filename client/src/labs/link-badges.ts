import type { LinkStatus } from "@labscape/lab";
import type { LinkBadge, LinkRates } from "./badge.js";

/** What passes a link, as text, as its `src` sees it. */
export interface LinkTraffic {
  readonly sent: string;
  readonly received: string;
  /** The same with packets. */
  readonly sentInFull: string;
  readonly receivedInFull: string;
  /** 0 where nothing passes. */
  readonly load: number;
}

export interface LinkWords {
  readonly up: string;
  readonly down: string;
  /** Why what passes a link of a type is not known. */
  readonly notCounted: (type: LinkStatus["type"]) => string;
  readonly from: (rate: string, end: string) => string;
}

/**
 * What is known of the cables of a picture by what runs.
 *
 * @param cables one end of each, "node::port", by what the picture calls the cable
 * @param traffic by the `src` of a link that runs
 */
export function linkBadges(
  cables: Iterable<readonly [id: string, src: string]>,
  running: readonly LinkStatus[],
  traffic: ReadonlyMap<string, LinkTraffic>,
  words: LinkWords,
): Readonly<Record<string, LinkBadge>> {
  const byEnd = new Map(running.flatMap((link) => [link.src, link.dst].map((end) => [end, link] as const)));
  const badges: Record<string, LinkBadge> = {};
  for (const [id, src] of cables) {
    const link = byEnd.get(src);
    if (link === undefined) continue;
    const passing = link.state === "up" ? traffic.get(link.src) : undefined;
    const rates = passing === undefined ? undefined : ratesFrom(passing, link.src === src);
    badges[id] = {
      state: link.state,
      label: labelOf(link, passing, words),
      ...(rates === undefined ? {} : { rates }),
    };
  }
  return badges;
}

/** @param same whether the picture's cable begins where the link does */
function ratesFrom({ sent, received, load }: LinkTraffic, same: boolean): LinkRates | undefined {
  if (load === 0) return undefined;
  return same ? { forth: sent, back: received, load } : { forth: received, back: sent, load };
}

function labelOf({ src, dst, type, state }: LinkStatus, passing: LinkTraffic | undefined, words: LinkWords): string {
  if (state === "down") return words.down;
  if (passing !== undefined) {
    return [words.up, words.from(passing.sentInFull, src), words.from(passing.receivedInFull, dst)].join(", ");
  }
  return type === "udp" ? [words.up, words.notCounted(type)].join(", ") : words.up;
}
