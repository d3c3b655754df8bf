import { Option } from "commander";

/** Options that many commands have: each is called and explained the same everywhere. */

export function connectOption(): Option {
  return new Option("-c, --connect <uri>", "libvirt URI, for instance qemu:///session");
}

export function labOption(): Option {
  return new Option("-l, --lab <name>", "name of the lab; works without its manifest");
}

/** @param what is printed. */
export function jsonOption(what = "print JSON"): Option {
  return new Option("--json", what);
}

/** For commands that tell what they do while they do it. */
export function jsonEventsOption(): Option {
  return jsonOption("print one JSON event a line");
}
