import type { ServerContext } from "../context.js";
import { diagnose, type Diagnosis } from "./diagnose.js";
import type { DiagnosticsSupport } from "./support.js";

/**
 * Diagnoses documents soon after something about them has changed. Of several changes that arrive together only the last
 * is looked at; what has changed again while it was looked at is looked at again, and nothing is said about the old state.
 */
export class Schedule {
  readonly #context: ServerContext;
  readonly #support: DiagnosticsSupport;
  readonly #onDiagnosed: (diagnosis: Diagnosis, known: boolean) => void;
  /** Whether the client knows of the change by itself. */
  readonly #pending = new Map<string, boolean>();

  constructor(
    context: ServerContext,
    support: DiagnosticsSupport,
    onDiagnosed: (diagnosis: Diagnosis, known: boolean) => void,
  ) {
    this.#context = context;
    this.#support = support;
    this.#onDiagnosed = onDiagnosed;
  }

  /** @param known whether the client knows by itself: it has changed this very document. */
  refresh(file: string, known: boolean): void {
    const waiting = this.#pending.get(file);
    this.#pending.set(file, known && waiting !== false);
    if (waiting !== undefined) return;
    this.#run(file).catch((error: unknown) => {
      this.#pending.delete(file);
      this.#context.failed(`Analysis of ${file}`, error);
    });
  }

  async #run(file: string): Promise<void> {
    const { workspace, pause, ending } = this.#context;
    await pause();
    const known = this.#pending.get(file) ?? false;
    this.#pending.delete(file);
    const document = workspace.opened(file);
    if (document === undefined || ending.aborted) return;
    const diagnosis = await diagnose(this.#context, document);
    if (diagnosis.isCurrent()) {
      await this.#support.report(diagnosis, known);
      this.#onDiagnosed(diagnosis, known);
    } else if (workspace.opened(file) !== undefined) this.refresh(file, known);
  }
}
