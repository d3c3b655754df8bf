export { serve, type ServerSetting } from "./server.js";
export { diskProviders } from "./files.js";
export { AnalyzedNotification, DiagramRequest, type Analyzed, type Diagram, type DiagramNode } from "./protocol.js";
