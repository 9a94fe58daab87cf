/**
 * Het ontvangstbewijs: staat deze auditregel in het auditspoor? RFC 6962 voor de boom, C2SP tlog-proof, checkpoint en signed-note
 * voor de vorm.
 */
import { createPublicKey, verify } from "node:crypto";
import { eis } from "./fout.js";
import { canoniek, isObj, sha256, type Obj, type Waarde } from "./json.js";
import type { Profiel } from "./profiel.js";
import type { Sluis } from "./sluis.js";
import { volg } from "./spoor.js";

export interface Controlepunt {
  omvang: number;
  wortel: Buffer;
  tekst: string;
}

export function knoop(links: Uint8Array, rechts: Uint8Array): Buffer {
  return sha256(Uint8Array.of(1), links, rechts);
}

/** controlepunt controleert een ondertekend controlepunt met de sleutel uit log.vkey; de sleutel hoort bij de herkomst. */
export function controlepunt(p: Profiel, tekst: string): Controlepunt {
  const vals = "een controlepunt van het auditspoor klopt niet";
  const einde = tekst.indexOf("\n\n");
  const [herkomst, omvang, wortel, ...meer] = tekst.slice(0, einde).split("\n");
  eis(einde > 0 && herkomst === p.herkomst && /^(0|[1-9]\d{0,14})$/.test(omvang ?? "") && wortel && meer.length === 0, vals);
  const ondertekend = Buffer.from(tekst.slice(0, einde + 1));
  const regels = tekst.slice(einde + 2).split("\n").filter((r) => r.startsWith(`— ${p.herkomst} `)); // getuigen mogen er ook onder staan
  const goed = p.logsleutels.some((vkey) => {
    const [, naam, hash, sleutel] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
    const bytes = Buffer.from(sleutel ?? "", "base64");
    if (naam !== p.herkomst || bytes.length !== 33 || bytes[0] !== 1) return false; // 1: Ed25519
    const publiek = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: bytes.subarray(1).toString("base64url") }, format: "jwk" });
    return regels.some((regel) => {
      const handtekening = Buffer.from(regel.split(" ")[2] ?? "", "base64");
      return handtekening.length === 68 && handtekening.subarray(0, 4).toString("hex") === hash &&
        verify(null, ondertekend, publiek, handtekening.subarray(4));
    });
  });
  eis(goed, vals);
  return { omvang: Number(omvang), wortel: hash(wortel), tekst };
}

function hash(base64: string): Buffer {
  const bytes = Buffer.from(base64, "base64");
  eis(bytes.length === 32 && bytes.toString("base64") === base64, "een bewijs van het auditspoor heeft niet de juiste vorm");
  return bytes;
}

/** wortelVan rekent van een blad naar de wortel (RFC 9162, 2.1.3.2); undefined als het pad niet bij nummer en omvang past. */
function wortelVan(blad: Buffer, nr: number, omvang: number, pad: Buffer[]): Buffer | undefined {
  let [fn, sn, r] = [BigInt(nr), BigInt(omvang) - 1n, blad];
  if (fn > sn) return undefined;
  for (const buur of pad) {
    if (sn === 0n) return undefined;
    if (fn % 2n === 1n || fn === sn) {
      r = knoop(buur, r);
      while (fn % 2n === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else {
      r = knoop(r, buur);
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n ? r : undefined;
}

/** bewezen geeft de auditregel uit een `ontvangst` als die in het spoor staat. Waar hij over gaat, controleert wie dit aanroept. */
export async function bewezen(sluis: Sluis, ontvangst: Waarde | undefined): Promise<Obj> {
  const vals = "het ontvangstbewijs van de sluis klopt niet. Ga er niet van uit dat dit is vastgelegd; waarschuw de privacyfunctionaris";
  eis(isObj(ontvangst) && Object.keys(ontvangst).sort().join() === "auditregel,bewijs", vals);
  const { auditregel, bewijs } = ontvangst;
  eis(isObj(auditregel) && typeof bewijs === "string" && Number.isInteger(auditregel.nr) && bewijs.length < 10_000, vals);
  const scheiding = bewijs.indexOf("\n\n");
  const [soort, index, ...pad] = bewijs.slice(0, scheiding).split("\n");
  eis(scheiding > 0 && soort === "c2sp.org/tlog-proof@v1" && index === `index ${auditregel.nr}`, vals);
  // Het blad gaat over de RFC 8785-vorm van de regel zoals hij kwam: geen sleutel erbij of eraf.
  const blad = sha256(Uint8Array.of(0), Buffer.from(canoniek(auditregel)));
  const punt = controlepunt(sluis.profiel, bewijs.slice(scheiding + 2));
  eis(wortelVan(blad, Number(auditregel.nr), punt.omvang, pad.map(hash))?.equals(punt.wortel), vals);
  await volg(sluis, punt);
  return auditregel;
}

/** gaatOver zegt of een auditregel het aanbieden van precies deze envelop en lading is. */
export function gaatOver(regel: Obj, kop: Obj, envelop: string, lading: string): boolean {
  return regel.soort === "aangeboden" && regel.bericht === kop.id && regel.zaak === kop.zaak && regel.jws === envelop &&
    isObj(regel.lading) && regel.lading.digest === lading;
}
