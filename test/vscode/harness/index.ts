export { CanvasView } from "./canvas.js";
export { canRunVscode, root } from "./host.js";
export { openEditor, type EditorSession } from "./session.js";
export { TextBeside } from "./text.js";
export { Workbench } from "./workbench.js";
