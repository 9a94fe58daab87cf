/** Compacte JWS met ES256. De header is precies `alg`, `typ` en `kid`, of `alg`, `typ` en `x5c`: iets anders wordt geweigerd. */
import { CompactSign, compactVerify, type CryptoKey, type KeyObject } from "jose";
import { Fout, eis } from "./fout.js";
import { isObj, streng, type Obj } from "./json.js";
import type { Profiel } from "./profiel.js";

export type Typ =
  "sluis-token+jwt" | "partijkaart+jws" | "deelnemerkaart+jws" | "envelop+jws" | "bevestiging+jws" | "ondertekening+jws";

export async function teken(p: Profiel, typ: Typ, inhoud: string): Promise<string> {
  return new CompactSign(new TextEncoder().encode(inhoud)).setProtectedHeader({ alg: "ES256", typ, kid: p.kid }).sign(p.sleutel);
}

/** kop geeft de header, gecontroleerd op vorm. Over de handtekening zegt hij nog niets. */
export function kop(jws: string, typ: Typ, derde: "kid" | "x5c"): Obj {
  eis(/^[\w-]+\.[\w-]+\.[\w-]{86}$/.test(jws), "een ondertekend object heeft niet de juiste vorm");
  const header = streng(Buffer.from(jws.split(".")[0]!, "base64url"));
  eis(isObj(header) && Object.keys(header).sort().join() === ["alg", "typ", derde].sort().join() && header.alg === "ES256" && header.typ === typ,
    "een ondertekend object heeft niet de juiste header");
  return header;
}

/** beweerd geeft de inhoud zonder iets te controleren: alleen om de weg naar de sleutel te vinden. */
export function beweerd(jws: string): Obj {
  const inhoud = streng(Buffer.from(jws.split(".")[1] ?? "", "base64url"));
  eis(isObj(inhoud), "een ondertekend object heeft niet de juiste vorm");
  return inhoud;
}

/** inhoud controleert de handtekening en geeft dan pas wat er ondertekend is. Roep eerst kop aan. */
export async function inhoud(jws: string, sleutel: CryptoKey | KeyObject): Promise<Obj> {
  try {
    await compactVerify(jws, sleutel, { algorithms: ["ES256"] });
  } catch {
    throw new Fout("een handtekening klopt niet");
  }
  return beweerd(jws);
}
