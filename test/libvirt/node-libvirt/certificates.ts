import { execFile } from "node:child_process";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Folders of certificates, made for one test. */
export interface Certificates {
  /** servercert.pem, serverkey.pem and cacert.pem. */
  readonly server: string;
  /** For `pkipath`: a client that the server knows, one whose certificate another authority signed, and one without. */
  readonly client: string;
  readonly stranger: string;
  readonly nobody: string;
  /** For `pkipath`: a client that trusts another authority than the server's. */
  readonly suspicious: string;
}

/** Makes an authority that signs a server for localhost and a client, and a second authority that signs a stranger. */
export async function makeCertificates(directory: string): Promise<Certificates> {
  const folder = async (name: string): Promise<string> => {
    const made = path.join(directory, name);
    await mkdir(made, { recursive: true });
    return made;
  };
  const own = await authority(await folder("authority"), "Test authority");
  const other = await authority(await folder("other-authority"), "Other authority");
  const server = await folder("server");
  const client = await folder("client");
  const stranger = await folder("stranger");
  const nobody = await folder("nobody");
  const suspicious = await folder("suspicious");
  await sign(own, server, "server", ["subjectAltName=DNS:localhost", "extendedKeyUsage=serverAuth"]);
  await sign(own, client, "client", ["extendedKeyUsage=clientAuth"]);
  await sign(other, stranger, "client", ["extendedKeyUsage=clientAuth"]);
  await sign(own, suspicious, "client", ["extendedKeyUsage=clientAuth"]);
  for (const to of [server, client, stranger, nobody]) await copyFile(own.certificate, path.join(to, "cacert.pem"));
  await copyFile(other.certificate, path.join(suspicious, "cacert.pem"));
  return { server, client, stranger, nobody, suspicious };
}

interface Authority {
  readonly certificate: string;
  readonly key: string;
}

async function authority(folder: string, name: string): Promise<Authority> {
  const [certificate, key] = [path.join(folder, "ca.pem"), path.join(folder, "ca-key.pem")];
  const extensions = ["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign"];
  await openssl(
    ["req", "-x509", "-nodes", "-days", "2", "-subj", `/CN=${name}`, "-out", certificate].concat(
      ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-keyout", key],
      extensions,
    ),
  );
  return { certificate, key };
}

async function sign(
  { certificate, key }: Authority,
  folder: string,
  name: string,
  extensions: string[],
): Promise<void> {
  const file = (suffix: string): string => path.join(folder, `${name}${suffix}`);
  await openssl(
    ["req", "-nodes", "-subj", `/CN=${name}`, "-out", file(".csr"), "-keyout", file("key.pem")].concat([
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
    ]),
  );
  await writeFile(file(".ext"), ["basicConstraints=CA:FALSE", "keyUsage=digitalSignature", ...extensions].join("\n"));
  await openssl(
    ["x509", "-req", "-days", "2", "-in", file(".csr"), "-out", file("cert.pem"), "-extfile", file(".ext")].concat([
      "-CA",
      certificate,
      "-CAkey",
      key,
      "-CAcreateserial",
    ]),
  );
}

async function openssl(args: readonly string[]): Promise<void> {
  await run("openssl", args);
}
