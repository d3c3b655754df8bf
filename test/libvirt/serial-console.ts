import { once } from "node:events";
import { createConnection, type Socket } from "node:net";

/** A test's end of a guest's serial port that is a unix socket: what the guest said so far, and commands in its shell. */
export class SerialConsole {
  /** Resolves when the other end closes, as QEMU does when the guest ends. */
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  #text = "";
  #commands = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding("utf8").on("data", (data: string) => (this.#text += data));
    this.closed = once(socket, "end").then(() => undefined);
  }

  /** Connects to the socket at `path`, which exists from the guest's start on. */
  static async connect(path: string): Promise<SerialConsole> {
    const socket = createConnection(path);
    await once(socket, "connect");
    return new SerialConsole(socket);
  }

  /**
   * Waits until the guest has said something that matches. Rejects with what it said instead when the guest ends or has not
   * said it after `timeout` milliseconds.
   */
  async waitFor(pattern: RegExp, timeout = 60_000): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(this.#text);
        if (found !== null) settle(() => resolve(found));
      };
      const fail = (): void =>
        settle(() => reject(new Error(`no ${String(pattern)} from the guest, but:\n${this.#text}`)));
      const timer = setTimeout(fail, timeout);
      const settle = (outcome: () => void): void => {
        clearTimeout(timer);
        this.#socket.off("data", look).off("end", fail);
        outcome();
      };
      this.#socket.on("data", look).on("end", fail);
      look();
    });
  }

  /** Runs a command in the guest's shell; resolves with its output and rejects when its status is not 0. */
  async run(command: string): Promise<string> {
    // The marks are put together by the shell, so that the echo of the typed line does not hold them.
    const number = ++this.#commands;
    this.#socket.write(`echo "<"${number}; ${command}; echo "$?>"${number}\n`);
    const [, output = "", status] = await this.waitFor(new RegExp(`<${number}\\r?\\n([^]*?)(\\d+)>${number}\\r?\\n`));
    const text = output.replaceAll("\r\n", "\n");
    if (status !== "0") throw new Error(`${command} ended with ${status ?? "?"}:\n${text}`);
    return text;
  }

  close(): void {
    this.#socket.destroy();
  }
}
