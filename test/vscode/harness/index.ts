export { CanvasView } from "./canvas.js";
export { canRunVscode, root } from "./host.js";
export { openEditor, openVirtualEditor, openWebEditor, type EditorSession, type WebSession } from "./session.js";
export { TextBeside } from "./text.js";
export { Workbench } from "./workbench.js";
