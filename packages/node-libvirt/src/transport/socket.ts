import type { Socket } from "node:net";
import { ConnectionError } from "../errors.js";

/**
 * Waits until a socket is connected; destroys it when it cannot be, or when the signal fires first.
 * Errors: ConnectionError "aborted", and what `explain` makes of the socket's own.
 *
 * @param event what the socket says when it is ready: "connect", or "secureConnect" for TLS
 */
export function connected<S extends Socket>(
  socket: S,
  event: "connect" | "secureConnect",
  place: string,
  signal: AbortSignal,
  explain: (cause: NodeJS.ErrnoException) => ConnectionError,
): Promise<S> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      signal.removeEventListener("abort", onAbort);
      socket.off(event, onReady);
      socket.off("error", onError);
    };
    const onAbort = (): void => {
      done();
      // Whatever the socket still says of its end is about what nobody waits for any more.
      socket.on("error", () => undefined);
      socket.destroy();
      reject(cancelled(place));
    };
    const onReady = (): void => {
      done();
      resolve(socket);
    };
    const onError = (cause: NodeJS.ErrnoException): void => {
      done();
      reject(explain(cause));
    };
    socket.once(event, onReady);
    socket.once("error", onError);
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}

export function cancelled(place: string): ConnectionError {
  return new ConnectionError("aborted", `connecting to ${place} was cancelled`);
}
