import { access, constants, readFile, stat, statfs } from "node:fs/promises";
import path from "node:path";

/** What the doctor asks this machine. */
export interface Machine {
  /** Whether a program is on the path. */
  has(program: string): Promise<boolean>;
  /** Whether this user may do so with a file. */
  may(file: string, what: "read" | "write" | "readwrite"): Promise<boolean>;
  /** Permission bits of a file; undefined where there is none. */
  mode(file: string): Promise<number | undefined>;
  /** Undefined where it cannot be read. */
  read(file: string): Promise<string | undefined>;
  /** Bytes free for users on the file system of the nearest directory that exists; undefined where that cannot be known. */
  free(directory: string): Promise<number | undefined>;
}

export function thisMachine(searchPath = process.env["PATH"] ?? ""): Machine {
  // Administrators' programs are found also where the path of an ordinary user leaves them out.
  const folders = [...searchPath.split(path.delimiter), "/usr/sbin", "/sbin"].filter((folder) => folder !== "");
  const may: Machine["may"] = async (file, what) => {
    const wanted = { read: constants.R_OK, write: constants.W_OK, readwrite: constants.R_OK | constants.W_OK };
    return access(file, wanted[what]).then(
      () => true,
      () => false,
    );
  };
  return {
    may,
    async has(program) {
      for (const folder of folders) {
        const found = await access(path.join(folder, program), constants.X_OK).then(
          () => true,
          () => false,
        );
        if (found) return true;
      }
      return false;
    },
    mode: (file) =>
      stat(file).then(
        (found) => found.mode & 0o777,
        () => undefined,
      ),
    read: (file) => readFile(file, "utf8").catch(() => undefined),
    async free(directory) {
      for (let folder = path.resolve(directory); ; folder = path.dirname(folder)) {
        const found = await statfs(folder).catch(() => undefined);
        if (found !== undefined) return found.bavail * found.bsize;
        if (folder === path.dirname(folder)) return undefined;
      }
    },
  };
}
