export { sshArguments } from "./command.js";
export { sshConfig } from "./config.js";
export { knownHostsFile, sshName, type SshNode } from "./destination.js";
export { sshNodes } from "./nodes.js";
