export { serve, type ServerSetting } from "./server.js";
export type { ModelFolder, ModelReader } from "./models.js";
export type { FileAccess } from "./workspace/file-access.js";
export {
  DescribeRequest,
  NewLabRequest,
  TemplatesRequest,
  type LabDescription,
  type LabFinding,
  type LabOutline,
  type NewLab,
  type Template,
} from "./lab-protocol.js";
export { ReadFileRequest, ReadFolderRequest } from "./workspace/client-files.js";
export {
  AnalyzedNotification,
  DiagramRequest,
  ModelFoldersNotification,
  PartsNotification,
  type Analyzed,
  type Diagram,
  type DiagramNode,
  type ModelFolders,
  type Parts,
} from "./protocol.js";
