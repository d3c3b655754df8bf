import type { Locator } from "playwright-core";
import type { EditorSession } from "./session.js";

/** A file's text in an editor, beside which something else shows the same file. */
export class TextBeside {
  readonly #session: EditorSession;
  readonly #file: string;

  constructor(session: EditorSession, file: string) {
    this.#session = session;
    this.#file = file;
  }

  /** The lines that the editor shows and that hold a text. */
  line(text: string): Locator {
    return this.#session.workbench.editor(this.#file).locator(".view-line").filter({ hasText: text });
  }

  /** Gives the text the keyboard's focus, by a click on a line that holds something. */
  async focus(text: string): Promise<void> {
    const { workbench } = this.#session;
    await this.line(text).first().click();
    await workbench.editor(this.#file).and(workbench.page.locator(".focused")).waitFor();
  }

  /** Takes steps back from the text's side until the file is as it was. */
  async undoTo(before: string, click: string): Promise<void> {
    await this.focus(click);
    for (
      let text = await this.#session.saved(this.#file);
      text !== before;
      text = await this.#session.saved(this.#file)
    )
      await this.#session.workbench.undo(this.#file);
  }
}
