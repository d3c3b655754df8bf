import { parseUri, type ConnectionErrorCode } from "node-libvirt";

interface Problem {
  readonly code: string;
  /** What to do next. */
  readonly mend: string;
}

const INSTALL = "apt install libvirt-daemon-system qemu-system-x86, then `systemctl start libvirtd`";

/** What it means to a user that a connection is not there. @param uri where it was to lead; undefined when it was there before. */
export function connectionProblem(code: ConnectionErrorCode, uri: string | undefined): Problem {
  switch (code) {
    case "permission":
    case "authentication":
      return {
        code: "permission-denied",
        mend: "Join the group that may use libvirt (`sudo usermod -aG libvirt $USER`, then log in again), or use qemu:///session.",
      };
    case "unreachable":
      return { code: "libvirt-unreachable", mend: whereUnreachable(uri) };
    case "timeout":
      return {
        code: "timeout",
        mend: "libvirt or a QEMU process hangs. Find the node that does not answer (`virsh domstate NAME`) and power it off.",
      };
    case "aborted":
      return { code: "cancelled", mend: "" };
    case "closed":
    case "protocol":
      return { code: "connection-lost", mend: "Run the command again: it goes on from where it was." };
    case "uri":
      return { code: "invalid-uri", mend: "See https://libvirt.org/uri.html for connection URIs." };
  }
}

/** Nothing is to be installed here for a host elsewhere, and a session's daemon belongs to its user. */
function whereUnreachable(uri: string | undefined): string {
  const { transport, host = "", path, user } = parseUri(uri ?? "qemu:///system");
  switch (transport) {
    case "ssh":
      return `See that \`ssh ${user === undefined ? "" : `${user}@`}${host}\` logs in without a question, and that libvirt runs there: ${INSTALL}.`;
    case "tcp":
    case "tls":
      return `See that ${host} is the right name, and that libvirt listens there for connections from elsewhere; qemu+ssh:// needs no set-up.`;
    default:
      return path === "/session"
        ? "Start a daemon of your own: `libvirtd --daemon`, after apt install libvirt-daemon qemu-system-x86."
        : `Install and start libvirt: ${INSTALL}. Without root: qemu:///session.`;
  }
}
