import { DidChangeConfigurationNotification, type ClientCapabilities, type Connection } from "vscode-languageserver";
import { defaultSettings, readSettings, SECTION, type Settings } from "./settings.js";

/** The settings as they are now: asked of the client where it can be asked, else as it last sent them. */
export class LiveSettings {
  readonly #connection: Connection;
  readonly #asks: boolean;
  readonly #registers: boolean;
  #current = defaultSettings;

  constructor(connection: Connection, client: ClientCapabilities) {
    this.#connection = connection;
    this.#asks = client.workspace?.configuration === true;
    this.#registers = client.workspace?.didChangeConfiguration?.dynamicRegistration === true;
  }

  get current(): Settings {
    return this.#current;
  }

  /** Reads them for the first time, and asks to be told of changes. */
  async start(): Promise<void> {
    if (this.#asks) await this.#ask();
    if (this.#registers)
      await this.#connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
  }

  /** The client says that they have changed; `all` holds them where the client does not want to be asked. */
  async change(all: unknown): Promise<void> {
    if (this.#asks) await this.#ask();
    else this.#read(typeof all === "object" && all !== null && SECTION in all ? all[SECTION] : undefined);
  }

  async #ask(): Promise<void> {
    this.#read(await this.#connection.workspace.getConfiguration(SECTION));
  }

  #read(section: unknown): void {
    const { settings, problems } = readSettings(section);
    this.#current = settings;
    for (const problem of problems) this.#connection.console.warn(problem);
  }
}
