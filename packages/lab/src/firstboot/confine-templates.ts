import nunjucks from "nunjucks";

/**
 * Keeps templates from running code on this machine.
 *
 * A lab that somebody else wrote may bring templates of its own (`ztp_config`). The engine lets them look up any property,
 * and from any function's `constructor` they would reach JavaScript itself. Member look-ups are confined to own properties
 * that hold data, which is all that a template's context is made of; calls of what is not a function of the template
 * language then have nothing to begin with.
 */
export function confineTemplates(): void {
  const runtime: object = nunjucks.runtime;
  // The library's own compatibility mode replaces the same function in the same way.
  Object.assign(runtime, { memberLookup: ownData });
}

function ownData(object: unknown, key: unknown): unknown {
  if (typeof key !== "string" && typeof key !== "number") return undefined;
  if (typeof object === "string" || (typeof object === "object" && object !== null)) {
    const value: unknown = Object.getOwnPropertyDescriptor(Object(object), key)?.value;
    return typeof value === "function" ? undefined : value;
  }
  return undefined;
}
