import { describe, expect, it } from "vitest";
import { ScramClient } from "../src/auth/scram.js";

// The example of RFC 7677, section 3.
const NONCE = "rOprNGfwEbeRWgbNEkqO";
const SERVER_FIRST = `r=${NONCE}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`;
const client = (): ScramClient => new ScramClient("sha256", "user", "pencil", NONCE);

describe("SCRAM", () => {
  it("says what the RFC's example says, and knows the server by its signature", async () => {
    const scram = client();
    expect(scram.first()).toBe(`n,,n=user,r=${NONCE}`);
    expect(await scram.proof(SERVER_FIRST)).toBe(
      `c=biws,r=${NONCE}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=`,
    );
    expect(() => scram.verify("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")).not.toThrow();
  });

  it.each([["v=AAAATRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="], ["v="], [""], ["e=other-error"]])(
    "does not trust a server that ends with %j",
    async (last) => {
      const scram = client();
      await scram.proof(SERVER_FIRST);
      expect(() => scram.verify(last)).toThrow(/SCRAM/);
    },
  );

  it.each([
    ["another nonce", SERVER_FIRST.replace("rOpr", "ROpr")],
    ["our nonce without its own", `r=${NONCE},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`],
    ["too few rounds", SERVER_FIRST.replace("4096", "1")],
    ["too many rounds", SERVER_FIRST.replace("4096", "999999999999")],
    ["no salt", SERVER_FIRST.replace(/s=[^,]*/, "s=")],
    ["nothing", ""],
  ])("does not answer a server that sends %s", async (_what, first) => {
    await expect(client().proof(first)).rejects.toMatchObject({ code: "authentication" });
  });

  it("quotes what separates fields in a user's name", () => {
    expect(new ScramClient("sha256", "a=b,c", "x", "n").first()).toBe("n,,n=a=3Db=2Cc,r=n");
  });
});
