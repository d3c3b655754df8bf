import { packetsText, rateText, type LinkStatus, type PortRates, type Rate } from "@labscape/lab";

export type MeasuredLink = LinkStatus & { readonly rates?: PortRates };

/** Headings of what goes from the first end to the second, and back. */
export const RATES = ["-->", "<--"] as const;

export const NOT_COUNTED =
  "Links of type udp are not counted: nothing on the host sees their frames one by one. Those of type wire and bridge are.";

/** Both ways; "-" where nothing is known. */
export function ratesText({ rates }: MeasuredLink): readonly string[] {
  return rates === undefined ? ["-", "-"] : [both(rates.tx), both(rates.rx)];
}

function both(rate: Rate): string {
  return `${rateText(rate)}, ${packetsText(rate)}`;
}
