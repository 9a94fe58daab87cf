/** Objecten die een partij met haar certificaat ondertekent: partijkaart en ondertekening van een convenant. */
import { X509Certificate } from "node:crypto";
import { eis } from "./fout.js";
import { digest, type Obj } from "./json.js";
import { inhoud, kop, type Typ } from "./jws.js";
import type { Profiel } from "./profiel.js";

export interface VanPartij {
  inhoud: Obj;
  oin: string;
  /** Digest van de publieke sleutel (SubjectPublicKeyInfo): die legt het convenant vast. */
  kaartsleutel: string;
}

/** P-256, RFC 5480: alles van een SubjectPublicKeyInfo voor het punt zelf. */
const p256 = Buffer.from("3059301306072a8648ce3d020106082a8648ce3d03010703420004", "hex");
/** De extensie keyUsage (2.5.29.15) in DER, tot en met het aantal ongebruikte bits; daarna komen de bits. */
const keyUsage = /0603551d0f(?:0101ff)?04040302..(..)/;

/**
 * vanPartij controleert zo'n object: de keten naar uw ankers, een P-256-sleutel die bedoeld is om mee te tekenen, en de handtekening.
 * Node kan geen keten bouwen; deze loopt hem stap voor stap na, zoals x5c hem geeft. Dat is genoeg omdat de sleutel ook nog in het
 * convenant moet staan. Gebruik in productie een volledige controle volgens RFC 5280, met CRL's.
 */
export async function vanPartij(p: Profiel, jws: string, typ: Typ): Promise<VanPartij> {
  const x5c = kop(jws, typ, "x5c").x5c;
  eis(Array.isArray(x5c) && x5c.length >= 1 && x5c.length <= 4 && x5c.every((c) => typeof c === "string"), "een keten heeft niet de juiste vorm");
  const keten = (x5c as string[]).map((c) => new X509Certificate(Buffer.from(c, "base64")));
  const blad = keten[0]!;
  const spki = blad.publicKey.export({ type: "spki", format: "der" });
  const bits = keyUsage.exec(blad.raw.toString("hex"))?.[1] ?? "00";
  eis(!blad.ca && spki.subarray(0, p256.length).equals(p256) && (parseInt(bits, 16) & 0x80) !== 0, "een certificaat is niet bedoeld om mee te ondertekenen");
  controleerKeten(keten, p.kaartankers.map((pem) => new X509Certificate(pem)));
  const oins = [...blad.subject.matchAll(/^serialNumber=(.*)$/gm)].map((m) => m[1]!);
  eis(oins.length === 1 && /^\d{20}$/.test(oins[0]!), "een certificaat heeft geen OIN");
  return { inhoud: await inhoud(jws, blad.publicKey), oin: oins[0]!, kaartsleutel: digest(spki) };
}

function controleerKeten(keten: X509Certificate[], ankers: X509Certificate[]): void {
  const nu = Date.now();
  for (const [i, een] of keten.entries()) {
    eis(Date.parse(een.validFrom) <= nu && nu <= Date.parse(een.validTo), "een certificaat is nu niet geldig");
    eis(i === 0 || een.ca, "een keten gaat over een certificaat dat geen certificaten mag uitgeven");
    const uitgever = keten[i + 1];
    const uitgevers = uitgever ? [uitgever] : ankers.filter((a) => a.ca && Date.parse(a.validFrom) <= nu && nu <= Date.parse(a.validTo));
    eis(uitgevers.some((u) => een.checkIssued(u) && een.verify(u.publicKey)), "een certificaat leidt niet naar een anker van uw profiel");
  }
}
